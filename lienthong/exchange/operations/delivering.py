"""The outbox: what is due leaves in its order, what fails is tried again, nothing leaves twice by our own doing.

A message is taken (``sending``, in a transaction of its own), sent, and marked. A worker killed before it sends loses
nothing: after ``LEASE`` another takes the row. Killed between sending and marking, the message goes out once more under
the same key, by which the partner knows it again. What a partner refuses (``failed``) waits for an administrator and
holds up only later messages about the same subject. What is missing in a message is looked for once more in the facts
of today before it is refused on our side: a code that was entered meanwhile mends all that wait for it. A partner
who is away is no fault of any message: all wait, the partner is asked again after 1, 2, 5, 15 and then every 30
minutes, however long it takes.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable

from django.db import transaction
from django.db.models import F

from lienthong.exchange import partners, retelling
from lienthong.exchange.models import MISSING, Link, Message
from lienthong.exchange.partners.contract import Adapter, Letter, RejectedError, UnreachableError

logger = logging.getLogger("lienthong.exchange")

LEASE = dt.timedelta(minutes=10)
BATCH = 20
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
"""How long to wait after each failure of one message; after the last one somebody must look at it."""
AWAY = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30))
"""How long to leave a partner alone who is away; the last one again and again."""
Now = Callable[[], dt.datetime]


def deliver_due(*, clock: Now, most: int = 1000) -> int:
    """Send what is due to every connected partner, up to ``most`` messages each; return how many were taken there."""
    return sum(_deliver(partner, clock=clock, most=most) for partner in partners.in_use())


def _deliver(partner: Adapter, *, clock: Now, most: int) -> int:
    link, _ = Link.objects.get_or_create(partner=partner.code)
    if link.not_before is not None and link.not_before > clock():
        return 0
    sent = seen = 0
    while seen < most:
        before = sent
        taken = _take(partner.code, at=clock())
        if not taken:
            break
        seen += len(taken)
        for place, message in enumerate(taken):
            try:
                sent += _send(partner, message, clock=clock)
            except UnreachableError as error:
                _give_back(message, taken[place + 1 :], error, link, at=clock())
                return sent
        if sent > before:
            _is_up(link, at=clock())
    return sent


@transaction.atomic
def _take(partner: str, *, at: dt.datetime) -> list[Message]:
    """Take the next messages: of each subject the first, so that none overtakes another."""
    due = Message.objects.due(partner, at, lease=LEASE).select_for_update(skip_locked=True, of=("self",))
    taken = list(due.order_by("not_before", "pk")[:BATCH])
    Message.objects.filter(pk__in=[one.pk for one in taken]).update(
        state=Message.State.SENDING, claimed_at=at, attempts=F("attempts") + 1
    )
    for one in taken:
        one.state, one.claimed_at, one.attempts = Message.State.SENDING, at, one.attempts + 1
    return taken


def _send(partner: Adapter, message: Message, *, clock: Now) -> bool:
    """Send one taken message and write down how it went; raises only where the partner is away."""
    missing = _missing(partner, message)
    if missing:
        return _fail(message, MISSING, " ".join(missing))
    try:
        partner.send(Letter(message.kind, message.body, str(message.key)))
    except UnreachableError:
        raise
    except RejectedError as error:
        return _fail(message, error.code, error.sentence)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong outside must not stop the others; kept and shown
        logger.warning("%s not delivered (try %s): %s", message, message.attempts, error)
        return _put_off(message, f"{error}" or type(error).__name__, at=clock())
    message.state, message.delivered_at, message.code, message.error = Message.State.DELIVERED, clock(), "", ""
    message.save(update_fields=["state", "delivered_at", "code", "error"])
    return True


def _missing(partner: Adapter, message: Message) -> list[str]:
    """Return what a message lacks, after its lasting fields were taken anew where it lacks anything."""
    missing = partner.faults(message.kind, message.body)
    facts = retelling.facts_of(message.subject) if missing else None
    if facts is not None:
        message.body = partner.renew(message.kind, message.body, facts)
        message.save(update_fields=["body"])
        missing = partner.faults(message.kind, message.body)
    return missing


def _fail(message: Message, code: str, sentence: str) -> bool:
    message.state, message.claimed_at = Message.State.FAILED, None
    message.code, message.error = code[:30], sentence[:2000]
    message.save(update_fields=["state", "claimed_at", "code", "error"])
    logger.warning("%s refused (%s): %s", message, code, sentence)
    return False


def _put_off(message: Message, sentence: str, *, at: dt.datetime) -> bool:
    if message.attempts > len(PAUSES):
        return _fail(message, message.code or "hết lượt", sentence)
    message.state, message.not_before = Message.State.WAITING, at + PAUSES[message.attempts - 1]
    message.claimed_at, message.error = None, sentence[:2000]
    message.save(update_fields=["state", "not_before", "claimed_at", "error"])
    return False


@transaction.atomic
def _give_back(tried: Message, rest: list[Message], error: UnreachableError, link: Link, *, at: dt.datetime) -> None:
    """Put back what was taken: no message's try counts, the partner is away; the one that met it goes last now."""
    link.failures += 1
    link.down_since = link.down_since or at
    link.not_before = at + AWAY[min(link.failures, len(AWAY)) - 1]
    link.error = str(error)[:500]
    link.save(update_fields=["failures", "down_since", "not_before", "error"])
    back = {"state": Message.State.WAITING, "claimed_at": None, "attempts": F("attempts") - 1}
    Message.objects.filter(pk__in=[one.pk for one in rest]).update(**back)
    Message.objects.filter(pk=tried.pk).update(**back, not_before=link.not_before)
    logger.warning("%s is away (%s times): %s", link.partner, link.failures, error)


def _is_up(link: Link, *, at: dt.datetime) -> None:
    link.failures, link.down_since, link.not_before, link.error, link.delivered_at = 0, None, None, "", at
    link.save(update_fields=["failures", "down_since", "not_before", "error", "delivered_at"])
