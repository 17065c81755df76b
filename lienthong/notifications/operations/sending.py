"""The outbox: what is due leaves, what fails is tried again, nothing leaves twice by our own doing.

A delivery is taken (``sending``, in a transaction of its own), sent, and marked. A worker killed before it sends loses
nothing: after ``LEASE`` another takes the row. Killed between sending and marking, the message goes out once more with
the same Message-ID, by which the receiver's mailbox knows it again: at least once, and seen once.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.notifications import letters
from lienthong.notifications.gateways import OffError, gateway_for
from lienthong.notifications.hours import next_decent, next_opening
from lienthong.notifications.models import Delivery, Preference
from lienthong.notifications.policies import can_administer
from lienthong.organisation.actor import Actor

logger = logging.getLogger("lienthong.outbox")

LEASE = dt.timedelta(minutes=10)
BATCH = 20
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
"""How long to wait after each failure; after the last one somebody must look at it."""


def deliver_due(*, clock: Callable[[], dt.datetime], most: int = 500) -> int:
    """Send what is due, up to ``most`` messages; return how many left. Two workers never take the same one."""
    sent = seen = 0
    while seen < most:
        looked_at, taken = _take(at=clock())
        if not looked_at:
            break
        seen += looked_at
        sent += sum(_send(delivery, clock=clock) for delivery in taken)
    return sent


def deliver_one(pk: int, *, clock: Callable[[], dt.datetime]) -> bool:
    """Send one message that may not wait for the next minute (a one-time code); tell whether it left."""
    _, taken = _take(at=clock(), pk=pk)
    return bool(taken) and _send(taken[0], clock=clock)


@transaction.atomic
def resend(delivery: Delivery, *, actor: Actor, at: dt.datetime) -> None:
    """Put a message that failed, or is no longer on its way, into the outbox again.

    Refuses what waits or was sent, and what is about a matter settled since.
    """
    if not can_administer(actor):
        raise Forbidden("Chỉ quản trị thông báo được gửi lại. Hãy báo quản trị hệ thống.")
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("notice").get(pk=delivery.pk)
    if delivery.is_secret:
        raise Refusal("Mã dùng một lần không gửi lại được. Người nhận bấm “Gửi mã khác” trên trang đăng nhập.")
    if delivery.state not in {Delivery.State.FAILED, Delivery.State.CANCELLED, Delivery.State.OFF}:
        raise Refusal(f"Thư này đang ở trạng thái “{delivery.get_state_display()}” nên không cần gửi lại.")
    if delivery.notice and delivery.notice.cleared_at:
        raise Refusal("Việc được báo đã xong, nên không gửi lại thư này nữa.")
    delivery.state, delivery.not_before, delivery.attempts, delivery.error = Delivery.State.WAITING, at, 0, ""
    delivery.save(update_fields=["state", "not_before", "attempts", "error"])
    record(Subject("delivery", delivery.pk), "delivery.resent", actor=actor, at=at)


@transaction.atomic
def _take(*, at: dt.datetime, pk: int | None = None) -> tuple[int, list[Delivery]]:
    """Take the next messages, urgent ones first (or one), and put off until decent hours what must wait for them."""
    due = (
        Delivery.objects.due(at, lease=LEASE)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("notice__post", "officer__notification_preference")
        .order_by("-urgent", "not_before", "pk")
    )
    deliveries = list(due[:BATCH] if pk is None else due.filter(pk=pk))
    taken = []
    for delivery in deliveries:
        opening = _opening(delivery, at)
        if opening > at:
            delivery.state, delivery.not_before, delivery.claimed_at = Delivery.State.WAITING, opening, None
        elif delivery.notice and delivery.notice.cleared_at:
            delivery.state, delivery.claimed_at = Delivery.State.CANCELLED, None
        else:
            delivery.state, delivery.claimed_at, delivery.attempts = Delivery.State.SENDING, at, delivery.attempts + 1
            taken.append(delivery)
        delivery.save(update_fields=["state", "not_before", "claimed_at", "attempts"])
    return len(deliveries), taken


def _opening(delivery: Delivery, at: dt.datetime) -> dt.datetime:
    """When a message may leave: at once when urgent, or asked for at any time; else when the officer's unit works.

    Somebody outside is written to in the hours of ``data/notice_hours.toml``.
    """
    if delivery.urgent:
        return at
    if delivery.officer_id is None:
        return next_decent(delivery.channel, at)
    if delivery.notice is None:
        return at
    preference: Preference | None = getattr(delivery.officer, "notification_preference", None)
    if preference and not preference.quiet:
        return at
    return next_opening(delivery.notice.post.unit_id, at)


def _send(delivery: Delivery, *, clock: Callable[[], dt.datetime]) -> bool:
    """Send one taken message and write down how it went; whatever goes wrong outside must not stop the others."""
    try:
        letters.write(delivery)
        gateway_for(delivery.channel).send(delivery)
    except OffError as error:
        delivery.state, delivery.claimed_at, delivery.error = Delivery.State.OFF, None, str(error)[:500]
        _keep(delivery, "state", "claimed_at", "error")
        return False
    except Exception as error:  # noqa: BLE001 - a gateway may raise anything; it is kept and shown
        logger.warning("%s not sent (try %s): %s", delivery, delivery.attempts, error)
        _put_off(delivery, error, at=clock())
        return False
    delivery.state, delivery.sent_at, delivery.error = Delivery.State.SENT, clock(), ""
    _keep(delivery, "state", "sent_at", "error", "heading")
    return True


def _keep(delivery: Delivery, *fields: str) -> None:
    """Save what became of a message; what was secret in it is wiped when it is not tried again."""
    if delivery.is_secret and delivery.state != Delivery.State.WAITING:
        delivery.text = delivery.html = Delivery.WIPED
    delivery.save(update_fields=[*fields, "text", "html"])


def _put_off(delivery: Delivery, error: Exception, *, at: dt.datetime) -> None:
    if delivery.attempts > len(PAUSES):
        delivery.state = Delivery.State.FAILED
    else:
        delivery.state, delivery.not_before = Delivery.State.WAITING, at + PAUSES[delivery.attempts - 1]
    delivery.claimed_at, delivery.error = None, f"{type(error).__name__}: {error}"[:500]
    _keep(delivery, "state", "not_before", "claimed_at", "error")
