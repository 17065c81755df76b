"""What the apps below learn of cases when the house starts."""

from __future__ import annotations

from django.urls import reverse

from lienthong.calendars import recompute
from lienthong.cases import (
    arrivals,
    benchmarks,
    due_notices,
    filing,
    holdings,
    issued_results,
    letters,
    linked_notices,
    linked_sentences,
    notices,
    rule_sentences,
    sentences,
    settled,
    stranding,
    subjects,
    sync,
)
from lienthong.cases.models import Case
from lienthong.cases.operations import linking
from lienthong.cases.printing import BOOK
from lienthong.cases.queries.lists import held_by
from lienthong.cases.queries.talk import unanswered
from lienthong.exports import books
from lienthong.kernel import rights
from lienthong.notifications import kinds as notice_kinds
from lienthong.search import sources
from lienthong.tasks import desk
from lienthong.ui import menu, worklists
from lienthong.workfiles.policies import KEEP

RIGHTS = {
    "cases.receive": "Tiếp nhận hồ sơ và trả kết quả một cửa",
    "cases.handle": "Giải quyết hồ sơ một cửa",
    "cases.regulate": "Đặt quy tắc nơi nhận, giờ cuối nhận hồ sơ",
    "cases.rehouse": "Chuyển hồ sơ nằm ở nơi không còn người nhận",
}


def declare() -> None:
    """Declare subjects, sentences, rights, what posts hold, and who follows the calendar."""
    subjects.declare_all()
    benchmarks.declare_benchmarks()
    sentences.declare_sentences()
    holdings.declare_all()
    settled.declare()
    issued_results.declare()
    linking.declare()
    linked_sentences.declare_sentences()
    linked_notices.declare()
    due_notices.declare()
    rule_sentences.declare()
    stranding.declare()
    letters.declare()
    sync.declare()
    arrivals.declare()
    filing.declare()
    books.declare(BOOK)
    notice_kinds.declare(notices.COMPLAINED, "Phản ánh, kiến nghị về hồ sơ", by_email=True)
    notice_kinds.declare(notices.RESULT, "Kết quả hồ sơ đã thu hồi hoặc thay thế")
    notice_kinds.declare(notices.TALKED, "Người nộp hồ sơ nhắn tin")
    notice_kinds.declare(notices.ANSWERED, "Có ý kiến về hồ sơ một cửa")
    recompute.declare("case", subjects.follow_calendar)
    sources.declare("case", subjects.entries, states={str(code): name for code, name in Case.Status.choices})
    for right, meaning in RIGHTS.items():
        rights.declare(right, meaning)
    desk.declare(desk.Corner("cases", "Hồ sơ một cửa", "cases.handle", held_by, _mine))
    desk.declare(desk.Corner("case_talk", "Tin nhắn của người nộp", "cases.handle", unanswered, _talk))
    worklists.declare(
        worklists.WorkList("cases", "cases:list", ("tab", "status", "procedure", "channel", "unit", "since", "until"))
    )
    _declare_menu()


def _mine() -> str:
    return f"{reverse('cases:list')}?tab=mine"


def _talk() -> str:
    return f"{reverse('cases:list')}?tab=talk"


def _declare_menu() -> None:
    entry = menu.MenuEntry
    menu.declare(entry(key="cases", label="Hồ sơ một cửa", icon="folders", url_name="cases:list", order=35))
    menu.declare(
        entry(
            key="case_reception",
            label="Tiếp nhận hồ sơ",
            icon="file-plus",
            url_name="cases:choose",
            right="cases.receive",
            order=10,
            parent="cases",
        )
    )
    menu.declare(
        entry(
            key="case_statistics",
            label="Thống kê hồ sơ",
            icon="report-analytics",
            url_name="cases:statistics",
            right="reports.read",
            order=40,
            parent="cases",
        )
    )
    menu.declare(
        entry(
            key="case_stranded",
            label="Hồ sơ chưa có nơi nhận",
            icon="alert-triangle",
            url_name="cases:stranded",
            right=stranding.RIGHT,
            order=50,
            parent="cases",
        )
    )
    menu.declare(
        entry(
            key="case_rules",
            label="Quy tắc tiếp nhận",
            icon="clipboard-list",
            url_name="cases:rules",
            right="cases.regulate",
            order=60,
            parent="cases",
        )
    )
    menu.declare(
        entry(
            key="case_unfiled",
            label="Đã xong, chưa lưu",
            icon="folder-plus",
            url_name="cases:unfiled",
            right=KEEP,
            order=35,
            parent="cases",
        )
    )
    for right, key in (("cases.receive", "case_book"), ("reports.read", "case_book_read")):
        menu.declare(
            entry(
                key=key,
                label="Sổ theo dõi hồ sơ",
                icon="book-2",
                url_name="cases:books",
                right=right,
                order=30,
                parent="cases",
            )
        )
    menu.declare_new(
        menu.NewEntry(
            key="case",
            label="Tiếp nhận hồ sơ một cửa",
            icon="folder-plus",
            url_name="cases:choose",
            right="cases.receive",
            order=5,
        )
    )
