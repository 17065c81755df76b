"""From hand to hand: forwarding, instructing, filing away, returning, reopening, voiding."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.documents import policies
from lienthong.documents.deliveries import Registered, tell_refused, tell_registered
from lienthong.documents.models import Forwarding, IncomingDocument, Instruction, Intake, StandingRule
from lienthong.documents.notices import ask_for_instruction, asked_no_more
from lienthong.documents.operations.readers import enter, locked, open_to
from lienthong.documents.operations.waiting import begin, finish
from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.numbering import operations as numbering
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post
from lienthong.organisation.roles import roles
from lienthong.tasks.models import Task

State = IncomingDocument.State


@transaction.atomic
def forward(document: IncomingDocument, to: Post, *, note: str = "", actor: Actor, at: dt.datetime) -> Forwarding:
    """Put a document before a leader of the agency for instruction. Refuses a post that may not instruct."""
    document = locked(document)
    if not policies.can_forward(actor, document):
        raise Forbidden("Bạn không được chuyển văn bản này, hoặc văn bản đã xử lý xong.")
    if to.unit.agency_id != actor.post.unit.agency_id or "incoming.instruct" not in roles()[to.role].rights:
        raise Refusal(f"{to.officer} không phải người cho ý kiến của cơ quan này.", field="to")
    forwarding = Forwarding.objects.create(
        document=document, giver=actor.post, taker=to, taker_unit=to.unit, note=note.strip()[:500], at=at
    )
    document.holder_post = to
    document.save(update_fields=["holder_post"])
    if document.state == State.REGISTERED:
        enter(document, State.FORWARDED)
    finish(document, at=at)
    begin(document, at=at)
    open_to(document, [to.unit.audience, to.audience])
    asked_no_more(document, at=at)
    ask_for_instruction(document, to, note=forwarding.note, at=at)
    event = {"to": str(to), "to_post": to.pk, "note": forwarding.note}
    record(document.subject, "incoming.forwarded", actor=actor, at=at, particulars=event)
    return forwarding


@transaction.atomic
def write_instruction(
    document: IncomingDocument, *, text: str, rule: StandingRule | None = None, actor: Actor, at: dt.datetime
) -> Instruction:
    """Write a leader's instruction on a document (the tasks that it gives follow in ``operations.assignment``)."""
    document = locked(document)
    if not policies.can_instruct(actor, document):
        raise Forbidden("Bạn không được cho ý kiến vào văn bản này, hoặc văn bản đã xử lý xong.")
    if not text.strip():
        raise Refusal("Hãy ghi ý kiến chỉ đạo.", field="text")
    asked_no_more(document, at=at)
    finish(document, at=at)
    instruction = Instruction.objects.create(
        document=document, post=actor.post, officer=actor.officer, text=text.strip(), rule=rule, at=at
    )
    event = {"text": instruction.text, "rule": rule.name if rule else ""}
    record(document.subject, "incoming.instructed", actor=actor, at=at, particulars=event)
    return instruction


@transaction.atomic
def file_away(document: IncomingDocument, *, reason: str = "", actor: Actor, at: dt.datetime) -> None:
    """Keep a document for information: nothing is to be done. Refuses while tasks on it are open."""
    document = locked(document)
    if not policies.can_close(actor, document):
        raise Forbidden("Bạn không được lưu văn bản này, hoặc văn bản đã xử lý xong.")
    if _open_tasks(document):
        raise Refusal("Văn bản còn việc đang làm. Hãy chờ xong hoặc hủy các việc đó trước.")
    document.settled_at = at
    document.save(update_fields=["settled_at"])
    asked_no_more(document, at=at)
    enter(document, State.FILED)
    finish(document, at=at)
    record(document.subject, "incoming.filed", actor=actor, at=at, particulars={"reason": reason.strip()})


@transaction.atomic
def send_back(document: IncomingDocument, *, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Return a document that was sent to the wrong place; its number stays. Refuses without a reason."""
    document = locked(document)
    if not policies.can_return(actor, document):
        raise Forbidden("Chỉ văn thư trả lại được, khi văn bản chưa giao việc.")
    if not reason.strip():
        raise Refusal("Hãy ghi lý do trả lại.", field="reason")
    asked_no_more(document, at=at)
    enter(document, State.RETURNED)
    finish(document, at=at)
    record(document.subject, "incoming.returned", actor=actor, at=at, particulars={"reason": reason.strip()})
    intake = Intake.objects.filter(document=document).exclude(sender_kind="").first()
    tell_refused(intake.sender if intake else None, reason.strip(), at)


@transaction.atomic
def reopen(document: IncomingDocument, *, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Take up again what was filed, settled or returned; a sender on the system hears that it stands again.

    Refuses without a reason, and what its sender recalled.
    """
    document = locked(document)
    if not policies.can_reopen(actor, document):
        raise Forbidden("Bạn không được mở lại văn bản này.")
    if not reason.strip():
        raise Refusal("Hãy ghi lý do mở lại.", field="reason")
    was_returned = document.state == State.RETURNED
    document.settled_at = None
    document.save(update_fields=["settled_at"])
    enter(document, State.FORWARDED if document.holder_post_id else State.REGISTERED)
    begin(document, at=at)
    record(document.subject, "incoming.reopened", actor=actor, at=at, particulars={"reason": reason.strip()})
    intake = Intake.objects.filter(document=document).exclude(sender_kind="").first() if was_returned else None
    if intake and document.arrival_number is not None and document.arrival_date is not None:
        what = Registered(document.pk, document.arrival_number, document.arrival_date)
        tell_registered(intake.sender, what, at)


@transaction.atomic
def void(document: IncomingDocument, *, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Void a registration made by mistake: the number stays in the book with the reason and is never used again."""
    document = locked(document)
    if not policies.can_void(actor, document):
        raise Forbidden("Chỉ văn thư hủy số được, khi văn bản chưa giao việc.")
    if document.arrival_number is None:
        raise Refusal("Văn bản chưa có số đến.")
    numbering.void(
        document.book.series, period=document.year, number=document.arrival_number, reason=reason, actor=actor, at=at
    )
    asked_no_more(document, at=at)
    enter(document, State.VOID)
    finish(document, at=at)
    record(document.subject, "incoming.voided", actor=actor, at=at, particulars={"reason": reason.strip()})


def _open_tasks(document: IncomingDocument) -> bool:
    return Task.objects.of(document.subject).open().exists()
