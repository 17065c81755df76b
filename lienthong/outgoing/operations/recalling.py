"""Taking back what was issued (NĐ 30/2020 Điều 18; Phụ lục VI, III.8)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.documents.models import IncomingDocument
from lienthong.documents.operations.answer import forget_issued_answer
from lienthong.documents.operations.delivery import take_back
from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.kernel.vietnamese import nfc
from lienthong.organisation.actor import Actor
from lienthong.outgoing import hooks, policies
from lienthong.outgoing.models import Dispatch, DraftSource, OutgoingDocument, Recall
from lienthong.outgoing.operations.standing import mark
from lienthong.tasks.models import Task
from lienthong.tasks.operations import reopen_by_document

State = OutgoingDocument.State


@transaction.atomic
def recall(document: OutgoingDocument, *, reason: str, source: str = "", actor: Actor, at: dt.datetime) -> Recall:
    """Recall a document: what still lies at a counter is taken off, who registered it is asked to destroy it.

    The sender's copy stays as it is. Refuses who may not, and without a reason.
    """
    document = OutgoingDocument.objects.select_for_update(of=("self",)).select_related("draft").get(pk=document.pk)
    if not policies.can_recall(actor, document):
        raise Forbidden("Chỉ lãnh đạo cơ quan thu hồi được văn bản đang có hiệu lực của cơ quan.")
    said = nfc(reason).strip()
    if not said or len(said) > 1000:
        raise Refusal("Hãy ghi lý do thu hồi (không quá 1.000 chữ).", field="reason")
    made = Recall.objects.create(
        document=document, reason=said, source=nfc(source).strip()[:200], post=actor.post, at=at
    )
    mark(document, State.RECALLED)
    with_them = (Dispatch.State.SENT, Dispatch.State.RECEIVED, Dispatch.State.REGISTERED)
    sent = document.dispatches.select_for_update(of=("self",)).filter(intake_id__isnull=False, state__in=with_them)
    at_once = asked = 0
    for dispatch in sent.order_by("pk"):
        if take_back(Subject("dispatch", dispatch.pk), reason=said, at=at):
            dispatch.state = Dispatch.State.WITHDRAWN
            dispatch.save(update_fields=["state"])
            at_once += 1
        else:
            asked += 1
    document.dispatches.filter(state=Dispatch.State.WAITING).update(state=Dispatch.State.WITHDRAWN)
    _undo_what_it_settled(document, said, actor=actor, at=at)
    event = {"reason": said, "source": made.source, "taken_back": at_once, "asked": asked}
    record(document.subject, "outgoing.recalled", actor=actor, at=at, particulars=event, thread=document.draft.subject)
    return made


def _undo_what_it_settled(document: OutgoingDocument, reason: str, *, actor: Actor, at: dt.datetime) -> None:
    """Take the symbol off what the document answered, and let the tasks go on that it reported."""
    sources = list(document.draft.sources.order_by("pk"))
    hooks.tell(
        document.draft, "recalled", sources=sources, document=document, actor=actor, at=at, reason=reason
    )  # fmt: skip
    for source in sources:
        if source.relation == DraftSource.Relation.ANSWERS and source.subject_kind == "incoming":
            answered = IncomingDocument.objects.get(pk=source.subject_id)
            forget_issued_answer(answered, symbol=document.symbol, by=document.subject, at=at)
        elif source.relation == DraftSource.Relation.CLOSES and source.subject_kind == "task":
            task = Task.objects.get(pk=source.subject_id)
            name = document.symbol
            reopen_by_document(task, document.subject, name=name, reason=reason, actor=actor, at=at)
