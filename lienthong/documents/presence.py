"""What the apps below learn of documents when the house starts."""

from __future__ import annotations

from lienthong.calendars import recompute
from lienthong.documents import benchmarks, holdings, notices, sentences
from lienthong.documents import subjects as here
from lienthong.documents.models import IncomingDocument
from lienthong.documents.operations import following, indexing, waiting
from lienthong.documents.printing import BOOKS
from lienthong.exports import books
from lienthong.kernel import rights, subjects
from lienthong.kernel.subjects import SubjectKind
from lienthong.notifications import digest
from lienthong.notifications import kinds as notice_kinds
from lienthong.search import sources
from lienthong.tasks import desk, threads
from lienthong.tasks.threads import ThreadKind
from lienthong.ui import menu, worklists

RIGHTS = {
    "incoming.register": "Vào sổ văn bản đến",
    "incoming.amend": "Sửa, hủy số, trả lại văn bản đến",
    "incoming.forward": "Chuyển văn bản đến",
    "incoming.instruct": "Cho ý kiến, bút phê văn bản đến",
    "incoming.print_books": "Xem và in sổ văn bản",
    "books.open": "Mở sổ văn bản cho các cơ quan",
}


def declare() -> None:
    """Declare subjects, threads, notices, corners of the desk, sentences, rights, benchmarks and the menu."""
    sentences.declare_sentences()
    benchmarks.declare_benchmarks()
    subjects.declare(SubjectKind("incoming", "Văn bản đến", here.describe, here.is_visible))
    subjects.declare(SubjectKind("intake", "Văn bản chờ vào sổ", here.describe_intakes, here.sees_intake))
    subjects.declare(SubjectKind("wait", "Hạn chuyển, cho ý kiến", here.describe_waits, here.sees_wait))
    recompute.declare("wait", waiting.follow_calendar)
    sources.declare("incoming", indexing.entries, states=dict(IncomingDocument.State.choices))
    notice_kinds.declare(notices.FORWARDED, "Văn bản chờ ý kiến")
    notice_kinds.declare(notices.DELIVERED, "Văn bản đến trên hệ thống")
    notice_kinds.declare(notices.RECALLED, "Văn bản bị thu hồi")
    notice_kinds.declare(notices.LATE, "Văn bản quá hạn chuyển, cho ý kiến")
    digest.declare("Văn bản chờ ý kiến", notices.documents_of_the_day, order=20)
    for right in ("incoming.instruct", "incoming.register"):
        desk.declare(
            desk.Corner(f"late.{right}", "Văn bản quá hạn", right, here.late_documents, here.late_address, is_late=True)
        )
    desk.declare(
        desk.Corner(
            "instruction", "Chờ ý kiến", "incoming.instruct", here.waiting_for_instruction, here.waiting_address
        )
    )
    desk.declare(
        desk.Corner("intake", "Chờ vào sổ", "incoming.register", here.waiting_at_the_counter, here.counter_address)
    )
    desk.declare(
        desk.Corner("registered", "Chưa chuyển", "incoming.forward", here.registered_only, here.registered_address)
    )
    threads.declare(ThreadKind("incoming", following.admit, following.follow, following.admit_many))
    for book in BOOKS:
        books.declare(book)
    for right, meaning in RIGHTS.items():
        rights.declare(right, meaning)
    worklists.declare(
        worklists.WorkList("incoming", "documents:incoming", ("state", "urgent", "waiting", "late", "since", "until"))
    )
    holdings.declare_all()
    _declare_menu()


def _declare_menu() -> None:
    entry = menu.MenuEntry
    menu.declare(entry(key="documents", label="Văn bản đến", icon="inbox", url_name="documents:incoming", order=20))
    menu.declare(
        entry(
            key="intake",
            label="Chờ vào sổ",
            icon="file-import",
            url_name="documents:intake",
            right="incoming.register",
            order=10,
            parent="documents",
            counted=here.waiting_at_the_counter,
        )
    )
    menu.declare(
        entry(
            key="books",
            label="Sổ văn bản",
            icon="book-2",
            url_name="documents:books",
            right="incoming.print_books",
            order=20,
            parent="documents",
        )
    )
    menu.declare(
        entry(
            key="routing",
            label="Mẫu bút phê, quy tắc",
            icon="route",
            url_name="documents:settings",
            right="incoming.instruct",
            order=30,
            parent="documents",
        )
    )
    menu.declare(
        entry(
            key="book_opening",
            label="Mở sổ văn bản",
            icon="book-2",
            url_name="documents:book_opening",
            right="books.open",
            order=40,
            place="foot",
        )
    )
    menu.declare_new(
        menu.NewEntry(
            key="incoming",
            label="Vào sổ văn bản đến",
            icon="file-plus",
            url_name="documents:registration",
            right="incoming.register",
            order=10,
        )
    )
