"""What an administrator does about messages that a partner refused, and about a partner who was away."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.exchange import partners, retelling
from lienthong.exchange.models import MISSING, Link, Message
from lienthong.exchange.policies import can_administer
from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor

NOT_YOURS = "Chỉ người quản trị trao đổi dữ liệu được làm việc này. Hãy báo quản trị hệ thống."


@transaction.atomic
def send_again(message: Message, *, actor: Actor, at: dt.datetime) -> None:
    """Put a message that was refused into the outbox again, with names and codes as they are now; its status stays.

    Refuses who may not, and what was not refused.
    """
    row = _refused(message, actor)
    partner, facts = partners.named(row.partner), retelling.facts_of(row.subject)
    if partner is not None and facts is not None:
        row.body = partner.renew(row.kind, row.body, facts)
    row.state, row.not_before, row.attempts = Message.State.WAITING, at, 0
    row.save(update_fields=["state", "not_before", "attempts", "body"])
    record(row.own, "exchange_message.resent", actor=actor, at=at, thread=row.subject)


@transaction.atomic
def drop(message: Message, *, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Give a refused message up, so that later ones about the same subject go on. Refuses as above, and no reason."""
    row = _refused(message, actor)
    said = reason.strip()[:500]
    if not said:
        raise Refusal("Ghi lý do bỏ qua thông điệp này.", field="reason")
    row.state = Message.State.DROPPED
    row.save(update_fields=["state"])
    record(row.own, "exchange_message.dropped", actor=actor, at=at, thread=row.subject, particulars={"reason": said})


@transaction.atomic
def send_missing_again(*, actor: Actor | None, at: dt.datetime) -> int:
    """Put all messages that lacked something back into the outbox; returns how many.

    The worker takes names and codes anew. ``actor`` is None where a deed elsewhere may have brought what was missing.
    """
    if actor is not None and not can_administer(actor):
        raise Forbidden(NOT_YOURS)
    lacking = Message.objects.failed().filter(code=MISSING).order_by("pk").select_for_update()
    rows = list(lacking.values_list("pk", "partner"))
    back = {"state": Message.State.WAITING, "not_before": at, "attempts": 0}
    Message.objects.filter(pk__in=[pk for pk, _ in rows]).update(**back)
    for link in Link.objects.filter(partner__in={partner for _, partner in rows}):
        told = {"count": sum(partner == link.partner for _, partner in rows)}
        record(Subject("exchange_link", link.pk), "exchange_link.mended", actor=actor, at=at, particulars=told)
    return len(rows)


@transaction.atomic
def try_now(partner: str, *, actor: Actor | None, at: dt.datetime) -> None:
    """Ask a partner who was away again at the next minute. ``actor`` is None on the command line."""
    if actor is not None and not can_administer(actor):
        raise Forbidden(NOT_YOURS)
    link = Link.objects.select_for_update().filter(partner=partner).first()
    if link is None or link.not_before is None:
        return
    link.not_before = at
    link.save(update_fields=["not_before"])
    Message.objects.filter(partner=partner, state=Message.State.WAITING, attempts=0, not_before__gt=at).update(
        not_before=at
    )
    record(Subject("exchange_link", link.pk), "exchange_link.tried", actor=actor, at=at)


def _refused(message: Message, actor: Actor) -> Message:
    if not can_administer(actor):
        raise Forbidden(NOT_YOURS)
    row = Message.objects.select_for_update().get(pk=message.pk)
    if not row.may_be_sent_again:
        raise Refusal(f"Thông điệp này đang ở trạng thái “{row.get_state_display()}” nên không cần gửi lại.")
    return row
