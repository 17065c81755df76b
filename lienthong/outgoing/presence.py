"""What the apps below learn of this one when the house starts."""

from __future__ import annotations

from lienthong.documents import deliveries
from lienthong.documents.deliveries import DeliveryKind
from lienthong.kernel import benchmarks, rights, subjects
from lienthong.kernel.subjects import SubjectKind
from lienthong.notifications import kinds as notice_kinds
from lienthong.outgoing import notices, sentences
from lienthong.outgoing import subjects as here
from lienthong.outgoing.operations import dispatching

RIGHTS = {
    "drafts.write": "Soạn thảo văn bản",
    "outgoing.issue": "Cấp số, phát hành văn bản đi",
    "outgoing.recall": "Thu hồi văn bản đi",
    "outgoing.print_books": "Xem và in sổ văn bản đi",
}


def declare() -> None:
    """Declare subjects, rights, sentences and notices."""
    sentences.declare_sentences()
    benchmarks.declare("issue", "lienthong.outgoing.benchmarks.prepare", "lienthong.outgoing.benchmarks.measure")
    subjects.declare(SubjectKind("draft", "Dự thảo", here.describe_drafts, here.sees_draft))
    subjects.declare(SubjectKind("outgoing", "Văn bản đi", here.describe_documents, here.sees_document))
    deliveries.declare(DeliveryKind("dispatch", dispatching.registered, dispatching.refused, dispatching.destroyed))
    for right, meaning in RIGHTS.items():
        rights.declare(right, meaning)
    for kind, meaning in notices.KINDS.items():
        notice_kinds.declare(kind, meaning)
