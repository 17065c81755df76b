"""What the apps below learn of this one when the house starts."""

from __future__ import annotations

from lienthong.documents import deliveries
from lienthong.documents.deliveries import DeliveryKind
from lienthong.exports import books
from lienthong.kernel import benchmarks, rights, subjects
from lienthong.kernel.subjects import SubjectKind
from lienthong.notifications import digest
from lienthong.notifications import kinds as notice_kinds
from lienthong.outgoing import holdings, notices, sentences
from lienthong.outgoing import subjects as here
from lienthong.outgoing.models import Draft, OutgoingDocument
from lienthong.outgoing.operations import dispatching
from lienthong.outgoing.printing import BOOKS
from lienthong.outgoing.queries import lists
from lienthong.search import sources
from lienthong.tasks import answers, desk
from lienthong.ui import menu, worklists

RIGHTS = {
    "drafts.write": "Soạn thảo văn bản",
    "drafts.sign": "Ký văn bản",
    "outgoing.issue": "Cấp số, phát hành văn bản đi",
    "outgoing.recall": "Thu hồi văn bản đi",
    "outgoing.print_books": "Xem và in sổ văn bản đi",
}
CORNERS = (
    ("draft.review", "Chờ tôi xem", "drafts.write", lists.to_review, here.review_address),
    ("draft.signing", "Chờ tôi ký", "drafts.sign", lists.to_sign, here.signing_address),
    ("draft.issue", "Chờ phát hành", "outgoing.issue", lists.to_issue, here.issue_address),
)
WORK_LISTS = (
    worklists.WorkList("outgoing", "outgoing:documents", ("state", "since", "until")),
    worklists.WorkList("internal", "outgoing:internal", ("state", "unread", "since", "until")),
    worklists.WorkList("drafts", "outgoing:drafts", ("for", "state")),
)
MENU = (
    menu.MenuEntry(key="outgoing", label="Văn bản đi", icon="send", url_name="outgoing:documents", order=22),
    menu.MenuEntry(
        key="drafts",
        label="Dự thảo",
        icon="pencil",
        url_name="outgoing:drafts",
        right="drafts.write",
        order=10,
        parent="outgoing",
    ),
    menu.MenuEntry(
        key="pending",
        label="Chờ phát hành",
        icon="rubber-stamp",
        url_name="outgoing:pending",
        right="outgoing.issue",
        order=20,
        parent="outgoing",
        counted=lists.to_issue,
    ),
    menu.MenuEntry(
        key="internal", label="Nội bộ", icon="building", url_name="outgoing:internal", order=30, parent="outgoing"
    ),
    menu.MenuEntry(
        key="outgoing_books",
        label="Sổ văn bản đi",
        icon="book-2",
        url_name="outgoing:books",
        right="outgoing.print_books",
        order=40,
        parent="outgoing",
    ),
    menu.MenuEntry(
        key="outgoing_book_opening",
        label="Mở sổ văn bản đi",
        icon="book-2",
        url_name="outgoing:book_opening",
        right="books.open",
        order=41,
        place="foot",
    ),
)


def declare() -> None:
    """Declare subjects, rights, sentences, notices, books, what is found, corners of the desk and the menu."""
    holdings.declare_all()
    sentences.declare_sentences()
    benchmarks.declare("render", "lienthong.formatting.benchmarks.prepare", "lienthong.formatting.benchmarks.measure")
    benchmarks.declare("issue", "lienthong.outgoing.benchmarks.prepare", "lienthong.outgoing.benchmarks.measure")
    subjects.declare(SubjectKind("draft", "Dự thảo", here.describe_drafts, here.sees_draft))
    subjects.declare(SubjectKind("outgoing", "Văn bản đi", here.describe_documents, here.sees_document))
    deliveries.declare(DeliveryKind("dispatch", dispatching.registered, dispatching.refused, dispatching.destroyed))
    for right, meaning in RIGHTS.items():
        rights.declare(right, meaning)
    for kind, meaning in notices.KINDS.items():
        notice_kinds.declare(kind, meaning)
    digest.declare("Dự thảo chờ xem, chờ ký", notices.drafts_of_the_day, order=25)
    for book in BOOKS:
        books.declare(book)
    sources.declare("draft", here.draft_entries, states=dict(Draft.State.choices))
    sources.declare("outgoing", here.document_entries, states=dict(OutgoingDocument.State.choices))
    for key, label, right, count, address in CORNERS:
        desk.declare(desk.Corner(key, label, right, count, address))
    for work_list in WORK_LISTS:
        worklists.declare(work_list)
    for entry in MENU:
        menu.declare(entry)
    answers.declare(answers.Answer("draft", "Soạn văn bản trả lời", "pencil", here.answer_address, here.may_answer))
    menu.declare_new(
        menu.NewEntry(
            key="draft", label="Soạn văn bản", icon="pencil", url_name="outgoing:new", right="drafts.write", order=15
        )
    )
