"""What comes from another agency of the system: it lies at the counter with its exact metadata, nothing is retyped."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from lienthong.documents import policies
from lienthong.documents.deliveries import tell_destroyed
from lienthong.documents.models import IncomingDocument, Intake
from lienthong.documents.notices import asked_no_more, delivered, recalled
from lienthong.documents.operations.readers import enter, locked
from lienthong.documents.operations.waiting import finish
from lienthong.files.models import StoredFile
from lienthong.files.operations import attach, detach
from lienthong.files.queries import attachments
from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit

State = IncomingDocument.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What one agency hands to another on the system; ``sender`` is told what becomes of it (``deliveries``)."""

    sender: Subject
    by: Post
    file: StoredFile
    symbol: str
    issuer: str
    issuer_superior: str
    document_date: dt.date
    document_type: str
    abstract: str
    signer: str
    signer_title: str
    urgency: str


@transaction.atomic
def deliver(agency: Unit, delivery: Delivery, *, at: dt.datetime) -> Intake:
    """Lay a delivery at the counter of an agency; the same sender's subject again returns what lies there."""
    sender = delivery.sender
    intake, is_new = Intake.objects.get_or_create(
        sender_kind=sender.kind,
        sender_id=sender.pk,
        defaults={
            "agency": agency,
            "file": delivery.file,
            "state": Intake.State.READY,
            "proposals": _proposals(delivery),
            "created_by": delivery.by,
            "created_at": at,
        },
    )
    if is_new:
        attach(delivery.file, intake.subject, actor=None, at=at, tell=False)
        event = {"symbol": delivery.symbol, "issuer": delivery.issuer}
        record(intake.subject, "intake.delivered", actor=None, at=at, particulars=event, is_new=True)
        delivered(intake, f"{delivery.symbol} của {delivery.issuer}: {delivery.abstract}", at=at)
    return intake


@transaction.atomic
def deliver_again(sender: Subject, *, what: str, at: dt.datetime) -> None:
    """Lay at the counter once more what its receiver sent back from there; ``what`` names it in the notice.

    Refuses what was registered before it was sent back (its receiver takes it up again), and what is not back.
    """
    intake = Intake.objects.select_for_update(of=("self",)).get(sender_kind=sender.kind, sender_id=sender.pk)
    if intake.state == Intake.State.REGISTERED:
        raise Refusal("Nơi nhận đã vào sổ rồi mới trả lại. Hãy nhờ văn thư nơi nhận mở lại văn bản đó.")
    if intake.state != Intake.State.DISCARDED or intake.file is None:
        raise Refusal("Văn bản này không còn ở tình trạng bị trả lại. Hãy tải lại trang.")
    intake.state = Intake.State.READY
    intake.save(update_fields=["state"])
    record(intake.subject, "intake.delivered_again", actor=None, at=at, particulars={"what": what})
    delivered(intake, what, at=at)


@transaction.atomic
def take_back(sender: Subject, *, reason: str, at: dt.datetime) -> bool:
    """Take a recalled delivery off the counter; where it is registered already, ask the receiver to destroy it.

    Returns whether it was taken off at once.
    """
    intake = Intake.objects.select_for_update(of=("self",)).get(sender_kind=sender.kind, sender_id=sender.pk)
    if intake.state in (Intake.State.READING, Intake.State.READY):
        intake.state = Intake.State.WITHDRAWN
        intake.save(update_fields=["state"])
        record(intake.subject, "intake.withdrawn", actor=None, at=at, particulars={"reason": reason})
        return True
    if intake.document is None:
        return True
    document = locked(intake.document)
    document.recalled_at = at
    document.save(update_fields=["recalled_at"])
    asked_no_more(document, at=at)
    finish(document, at=at)
    record(document.subject, "incoming.recalled", actor=None, at=at, particulars={"reason": reason})
    recalled(document, reason, at=at)
    return False


@transaction.atomic
def confirm_destroyed(document: IncomingDocument, *, actor: Actor, at: dt.datetime) -> None:
    """Destroy one's copy of a recalled document and tell the sender (NĐ 30/2020 Phụ lục VI); the registration stays.

    Refuses who is no clerk of the agency, and what nobody recalled or was destroyed already.
    """
    document = locked(document)
    if not policies.can_destroy_recalled(actor, document):
        raise Forbidden("Chỉ văn thư hủy được bản của văn bản mà nơi gửi đã thu hồi.")
    for attachment in attachments(document.subject):
        detach(attachment, actor=actor, at=at)
    asked_no_more(document, at=at)
    enter(document, State.RETURNED)
    record(document.subject, "incoming.recalled_copy_destroyed", actor=actor, at=at)
    intake = Intake.objects.filter(document=document).exclude(sender_kind="").first()
    tell_destroyed(intake.sender if intake else None, at)


def _proposals(delivery: Delivery) -> dict[str, object]:
    """Return the sender's own metadata in the shape of proposals: certain, so that the counter only confirms them."""
    fields = {
        "symbol": delivery.symbol,
        "issuer": delivery.issuer,
        "issuer_superior": delivery.issuer_superior,
        "document_date": delivery.document_date.isoformat(),
        "document_type": delivery.document_type,
        "abstract": delivery.abstract,
        "signer": delivery.signer,
        "signer_title": delivery.signer_title,
        "urgency": IncomingDocument.Urgency(delivery.urgency).label,
        "channel": IncomingDocument.Channel.EXCHANGE.value,
    }
    certain = {"confidence": 1.0, "how": "nơi gửi ghi", "before": "", "after": ""}
    return {
        "fields": {name: {"value": value, "quote": value} | certain for name, value in fields.items() if value},
        "deadlines": [],
        "due": None,
    }
