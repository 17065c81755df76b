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
    menus,
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
from lienthong.ui import worklists

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
    menus.declare()


def _mine() -> str:
    return f"{reverse('cases:list')}?tab=mine"


def _talk() -> str:
    return f"{reverse('cases:list')}?tab=talk"
