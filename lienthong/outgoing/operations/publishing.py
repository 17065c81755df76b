"""After the number: the PDF is made and frozen, deliveries go out, what was asked for is answered and finished.

Every step looks first whether it was taken, so the whole may run again after any interruption.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.documents.models import IncomingDocument
from lienthong.documents.operations.answer import note_issued_answer
from lienthong.documents.operations.delivery import Delivery, deliver
from lienthong.files.operations import attach, receive
from lienthong.formatting.setting import set_pages
from lienthong.journal.operations import record
from lienthong.kernel.subjects import Subject
from lienthong.outgoing import hooks, notices
from lienthong.outgoing.models import Dispatch, DraftSource, OutgoingDocument, Recipient
from lienthong.outgoing.operations.standing import mark
from lienthong.outgoing.pages import pages_of_document
from lienthong.search.operations import add_body, remove
from lienthong.tasks.models import Task
from lienthong.tasks.operations import finish_by_document

State = OutgoingDocument.State
Way = Recipient.Way


def publish(document: OutgoingDocument, *, at: dt.datetime) -> OutgoingDocument:
    """Take every step that was not taken yet, each in a transaction of its own; running it again changes nothing."""
    document = _make_pdf(document, at=at)
    _give_result(document, at=at)
    _answer(document, at=at)
    _finish_tasks(document, at=at)
    for dispatch in document.dispatches.filter(state=Dispatch.State.WAITING).select_related("recipient__unit"):
        _send(document, dispatch, at=at)
    return _published(document, at=at)


def _locked(document: OutgoingDocument) -> OutgoingDocument:
    return (
        OutgoingDocument.objects.select_for_update(of=("self",))
        .select_related(
            "agency", "unit", "draft__document_type", "signature__version", "document_type", "issued_by", "pdf__blob"
        )
        .get(pk=document.pk)
    )


@transaction.atomic
def _make_pdf(document: OutgoingDocument, *, at: dt.datetime) -> OutgoingDocument:
    document = _locked(document)
    if document.pdf_id is not None:
        return document
    pdf = set_pages(pages_of_document(document), created=document.issued_at)
    name = f"{document.symbol.replace('/', '-')}.pdf"
    document.pdf = receive([pdf], name=name, actor=None, at=at)
    document.pages = document.pdf.blob.pages
    document.save(update_fields=["pdf", "pages"])
    attach(document.pdf, document.subject, label="Văn bản", actor=None, at=at, tell=False)
    add_body(document.subject, document.signature.version.body)
    remove(document.draft.subject)
    notices.settled(document.draft, at=at)
    return document


@transaction.atomic
@transaction.atomic
def _give_result(document: OutgoingDocument, *, at: dt.datetime) -> None:
    """Hand the frozen copy to that whose result it is, unless it is recalled or replaced already."""
    document = _locked(document)
    if document.state not in (State.RECALLED, State.REPLACED):
        hooks.tell(document.draft, "published", document=document, actor=None, at=at)


@transaction.atomic
def _answer(document: OutgoingDocument, *, at: dt.datetime) -> None:
    """Note the symbol on what the document answers (column 6 of the follow-up book), unless it is recalled already."""
    if _locked(document).state == State.RECALLED:
        return
    for source in document.draft.sources.filter(relation=DraftSource.Relation.ANSWERS, subject_kind="incoming"):
        incoming = IncomingDocument.objects.get(pk=source.subject_id)
        note_issued_answer(incoming, symbol=document.symbol, by=document.subject, at=at)


@transaction.atomic
def _finish_tasks(document: OutgoingDocument, *, at: dt.datetime) -> None:
    """Report the tasks that the document closes, unless it is recalled already."""
    if _locked(document).state == State.RECALLED:
        return
    for source in document.draft.sources.filter(relation=DraftSource.Relation.CLOSES, subject_kind="task"):
        task = Task.objects.get(pk=source.subject_id)
        finish_by_document(
            task, document.subject, text=f"Đã phát hành {document.symbol}", author=document.draft.author, at=at
        )


@transaction.atomic
def _send(document: OutgoingDocument, dispatch: Dispatch, *, at: dt.datetime) -> None:
    """Send one line of the list: on the system, inside, into the file. What goes by post waits for the clerk."""
    dispatch = Dispatch.objects.select_for_update(of=("self",)).select_related("recipient__unit").get(pk=dispatch.pk)
    recipient = dispatch.recipient
    if dispatch.state != Dispatch.State.WAITING or document.pdf is None:
        return
    if recipient.way == Way.SYSTEM and recipient.unit is not None:
        intake = deliver(
            recipient.unit,
            Delivery(
                sender=Subject("dispatch", dispatch.pk),
                by=document.issued_by,
                file=document.pdf,
                symbol=document.symbol,
                issuer=document.agency.name,
                issuer_superior=document.superior,
                document_date=document.issue_date,
                document_type=document.document_type.name,
                abstract=document.abstract,
                signer=document.signer,
                signer_title=document.signer_title,
                urgency=document.urgency,
            ),
            at=at,
        )
        dispatch.intake_id = intake.pk
    elif recipient.way == Way.INSIDE:
        notices.sent_inside(document, recipient, at=at)
    elif recipient.way == Way.FILE:
        dispatch.state = Dispatch.State.KEPT
        dispatch.save(update_fields=["state"])
        return
    else:
        return
    dispatch.state, dispatch.sent_at = Dispatch.State.SENT, at
    dispatch.save(update_fields=["state", "sent_at", "intake_id"])


@transaction.atomic
def _published(document: OutgoingDocument, *, at: dt.datetime) -> OutgoingDocument:
    document = _locked(document)
    if document.published_at is not None:
        return document
    document.published_at = at
    document.save(update_fields=["published_at"])
    if document.state == State.ISSUED:
        mark(document, State.PUBLISHED)
    outside = document.dispatches.filter(state=Dispatch.State.WAITING).count()
    sent = document.dispatches.exclude(state__in=(Dispatch.State.WAITING, Dispatch.State.KEPT)).count()
    event = {"sent": sent, "waiting": outside}
    record(document.subject, "outgoing.published", actor=None, at=at, particulars=event, thread=document.draft.subject)
    return document
