"""What becomes of each sending: noted by the clerk for post and e-mail, told by the receiver on the system."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.documents.deliveries import Registered
from lienthong.documents.operations.delivery import deliver_again, take_back
from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.periods import holds
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.outgoing import notices, policies
from lienthong.outgoing.models import Dispatch, OutgoingDocument, OutgoingReader, Recipient

State = Dispatch.State
BY_HAND = (Recipient.Way.POST, Recipient.Way.EMAIL, Recipient.Way.HAND)


@transaction.atomic
def note_sent(dispatch: Dispatch, *, tracking: str = "", actor: Actor, at: dt.datetime) -> Dispatch:
    """Note that something went by post, by e-mail or by hand. Refuses who is no clerk, and what was sent already."""
    dispatch = _locked(dispatch.pk)
    if not policies.can_dispatch(actor, dispatch.document):
        raise Forbidden("Chỉ văn thư của cơ quan ghi nhận gửi văn bản.")
    if dispatch.recipient.way not in BY_HAND:
        raise Refusal(f"“{dispatch.recipient.line}” nhận trên hệ thống, không ghi nhận gửi tay được.")
    if dispatch.state not in (State.WAITING, State.RETURNED, State.FAILED):
        raise Refusal(f"Đã ghi nhận gửi “{dispatch.recipient.line}” trước đó.")
    dispatch.state, dispatch.sent_at, dispatch.sent_by = State.SENT, at, actor.post
    dispatch.tracking = tracking.strip()[:60]
    dispatch.save(update_fields=["state", "sent_at", "sent_by", "tracking"])
    _tell(dispatch, "outgoing.sent", actor, at, tracking=dispatch.tracking)
    return dispatch


@transaction.atomic
def send_again(dispatch: Dispatch, *, actor: Actor, at: dt.datetime) -> Dispatch:
    """Send once more, on the system, what its receiver sent back from the counter.

    Refuses who is no clerk, what is recalled or replaced, what is not back, and a receiver that is no more.
    """
    dispatch = _locked(dispatch.pk)
    document, unit = dispatch.document, dispatch.recipient.unit
    if not policies.can_dispatch(actor, document):
        raise Forbidden("Chỉ văn thư của cơ quan gửi lại văn bản.")
    if document.state not in (OutgoingDocument.State.PUBLISHED, OutgoingDocument.State.CORRECTED):
        raise Refusal("Văn bản này đã thu hồi hoặc đã được thay thế nên không gửi lại.")
    if dispatch.state != State.RETURNED or dispatch.recipient.way != Recipient.Way.SYSTEM or unit is None:
        raise Refusal(f"“{dispatch.recipient.line}” không ở tình trạng trả lại. Hãy tải lại trang.")
    if not holds(unit.valid_from, unit.valid_to, local_date(at)):
        raise Refusal(f"{unit} không còn hoạt động. Hãy gửi đơn vị kế thừa bằng văn bản mới.")
    what = f"{document.symbol} của {document.agency.name}: {document.abstract}"
    deliver_again(Subject("dispatch", dispatch.pk), what=what, at=at)
    dispatch.state, dispatch.sent_at, dispatch.sent_by = State.SENT, at, actor.post
    dispatch.reason, dispatch.received_at = "", None
    dispatch.save(update_fields=["state", "sent_at", "sent_by", "reason", "received_at"])
    _tell(dispatch, "outgoing.sent_again", actor, at)
    return dispatch


@transaction.atomic
def note_returned(dispatch: Dispatch, *, reason: str, actor: Actor, at: dt.datetime) -> Dispatch:
    """Note that something came back undelivered. Refuses without a reason, and what was not sent."""
    dispatch = _locked(dispatch.pk)
    if not policies.can_dispatch(actor, dispatch.document):
        raise Forbidden("Chỉ văn thư của cơ quan ghi nhận văn bản bị trả lại.")
    if dispatch.state != State.SENT or not reason.strip():
        raise Refusal("Hãy ghi lý do bị trả lại của văn bản đã gửi.", field="reason")
    dispatch.state, dispatch.reason, dispatch.received_at = State.RETURNED, reason.strip()[:500], at
    dispatch.save(update_fields=["state", "reason", "received_at"])
    _tell(dispatch, "outgoing.came_back", actor, at, reason=dispatch.reason)
    return dispatch


@transaction.atomic
def mark_read(reader: OutgoingReader, *, actor: Actor, at: dt.datetime) -> None:
    """Mark that an addressee inside opened the document, once: the sender sees it."""
    if not reader.is_addressee or reader.read_at is not None or actor.is_substitute:
        return
    OutgoingReader.objects.filter(pk=reader.pk, read_at=None).update(read_at=at, read_by=actor.post)


def registered(pk: int, what: Registered, at: dt.datetime) -> None:
    """Hear from the receiver that a delivery stands in its book, perhaps again after it had been sent back.

    What was recalled meanwhile is asked back at once.
    """
    dispatch = _locked(pk)
    dispatch.state, dispatch.received_at, dispatch.reason = State.REGISTERED, at, ""
    dispatch.incoming_id, dispatch.arrival_number, dispatch.arrival_date = what.document, what.number, what.date
    dispatch.save(update_fields=["state", "received_at", "reason", "incoming_id", "arrival_number", "arrival_date"])
    _tell(dispatch, "outgoing.registered", None, at, number=str(what.number))
    if dispatch.document.state == OutgoingDocument.State.RECALLED:
        take_back(Subject("dispatch", dispatch.pk), reason=dispatch.document.recall.reason, at=at)


def refused(pk: int, reason: str, at: dt.datetime) -> None:
    """Hear from the receiver that a delivery was sent back, and tell the clerks and the author."""
    dispatch = _locked(pk)
    dispatch.state, dispatch.reason, dispatch.received_at = State.RETURNED, reason[:500], at
    dispatch.save(update_fields=["state", "reason", "received_at"])
    _tell(dispatch, "outgoing.came_back", None, at, reason=dispatch.reason)
    notices.came_back_from(dispatch, at=at)


def destroyed(pk: int, at: dt.datetime) -> None:
    """Hear from the receiver that the copy of a recalled document was destroyed, and tell who recalled it."""
    dispatch = _locked(pk)
    dispatch.state, dispatch.received_at = State.WITHDRAWN, at
    dispatch.save(update_fields=["state", "received_at"])
    _tell(dispatch, "outgoing.copy_destroyed", None, at)
    notices.copy_destroyed(dispatch, at=at)


def _locked(pk: int) -> Dispatch:
    rows = Dispatch.objects.select_for_update(of=("self",)).select_related(
        "recipient__unit", "document__draft", "document__agency"
    )
    return rows.get(pk=pk)


def _tell(dispatch: Dispatch, kind: str, actor: Actor | None, at: dt.datetime, **particulars: str) -> None:
    document = dispatch.document
    event = {"to": dispatch.recipient.line, **particulars}
    record(document.subject, kind, actor=actor, at=at, particulars=event, thread=document.draft.subject)
