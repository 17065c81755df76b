"""What a gateway says, taken to heart once: twice is once, late is paid, what differs is held, forged is refused."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.payments import gateways, hooks
from lienthong.payments.gateways.told import FAILED, PAID, ForgedError, Told, UnreadableError
from lienthong.payments.models import CallbackReceived, Discrepancy, Payment
from lienthong.payments.operations.settling import hold, settle

logger = logging.getLogger("lienthong.payments")
Outcome = CallbackReceived.Outcome
Kind = Discrepancy.Kind
State = Payment.State
KEPT = 20_000
KEPT_OF_FORGED = 2_000
MOST_FORGED = 60
"""Forged messages a gateway's address keeps in an hour; more are only written to the log."""
AHEAD = dt.timedelta(minutes=10)


def callback(
    code: str, body: bytes, *, headers: Mapping[str, str], sender: str = "", at: dt.datetime
) -> CallbackReceived.Outcome | None:
    """Take one callback of a gateway; return what was made of it, None for a gateway that is not in use here.

    Whatever comes is kept as it came. Only what the gateway signed changes anything.
    """
    gateway = gateways.named(code)
    if gateway is None:
        return None
    try:
        told = gateway.read(body, headers)
    except ForgedError:
        return _turned_away(code, body, Outcome.FORGED, sender, at)
    except UnreadableError:
        return _turned_away(code, body, Outcome.UNREADABLE, sender, at)
    return take_word(code, told, body.decode("utf-8", "replace"), sender=sender, at=at)


@transaction.atomic
def take_word(
    code: str, told: Told, raw: str, *, sender: str = "", asked: bool = False, at: dt.datetime
) -> CallbackReceived.Outcome:
    """Do what a genuine word of a gateway asks for, and keep the word; ``asked``: we asked for it."""
    payment = _locked(code, told.reference)
    outcome = _outcome(code, payment, told, at)
    is_news = outcome not in {Outcome.REPEATED, Outcome.PENDING}
    if is_news or not asked:  # asking a hundred times for what is known is no news
        CallbackReceived(
            gateway=code,
            body=_clean(raw, KEPT),
            is_genuine=True,
            outcome=outcome,
            payment=payment,
            asked=asked,
            sender=sender[:60],
            at=at,
        ).save(force_insert=True)
    return outcome


def _locked(code: str, reference: str) -> Payment | None:
    """Lock what a word is about: the subject first, then the payment."""
    found = Payment.objects.filter(gateway=code, reference=reference).first()
    if found is None:
        return None
    hooks.lock(found.subject)
    rows = Payment.objects.select_for_update(of=("self",)).select_related("agency", "unit")
    return rows.get(pk=found.pk)


def _outcome(code: str, payment: Payment | None, told: Told, at: dt.datetime) -> CallbackReceived.Outcome:
    if told.state == PAID:
        return _paid(code, payment, told, at)
    if payment is None:
        return Outcome.REPEATED
    if told.state == FAILED and payment.state == State.STARTED:
        return _failed(payment, at)
    return Outcome.PENDING if payment.state == State.STARTED else Outcome.REPEATED


def _paid(code: str, payment: Payment | None, told: Told, at: dt.datetime) -> CallbackReceived.Outcome:
    said = {"transaction": told.transaction, "theirs": told.amount, "at": at}
    if payment is None:
        return _held(Kind.UNKNOWN, None, said | {"gateway": code, "reference": told.reference})
    if payment.has_money and payment.transaction == told.transaction:
        return Outcome.REPEATED
    if payment.has_money:
        return _held(Kind.DUPLICATE, payment, said | {"ours": payment.received})
    if Payment.objects.filter(gateway=code, transaction=told.transaction).exists():
        return _held(Kind.TRANSACTION, payment, said | {"ours": payment.amount})
    if told.amount != payment.amount:
        return _held(Kind.AMOUNT, payment, said | {"ours": payment.amount})
    late = payment.state != State.STARTED
    paid_at = told.at if told.at and told.at <= at + AHEAD else at
    settle(payment, transaction=told.transaction, received=told.amount, paid_at=paid_at, actor=None, at=at)
    return Outcome.LATE if late else Outcome.PAID


def _held(kind: str, payment: Payment | None, said: Mapping[str, object]) -> CallbackReceived.Outcome:
    _, is_new = hold(kind, payment, **said)  # type: ignore[arg-type]  # the fields of a discrepancy, as gathered above
    if payment and payment.ask_at:
        payment.ask_at = None
        payment.save(update_fields=["ask_at"])
    return Outcome.HELD if is_new else Outcome.REPEATED


def _failed(payment: Payment, at: dt.datetime) -> CallbackReceived.Outcome:
    payment.state, payment.known_at, payment.ask_at = State.FAILED, at, None
    payment.save(update_fields=["state", "known_at", "ask_at"])
    record(payment.own, "payment.failed", actor=None, at=at, thread=payment.subject)
    return Outcome.FAILED


def _turned_away(
    code: str, body: bytes, outcome: CallbackReceived.Outcome, sender: str, at: dt.datetime
) -> CallbackReceived.Outcome:
    logger.warning("callback of %s refused (%s) from %s, %d bytes", code, outcome, sender or "?", len(body))
    lately = CallbackReceived.objects.filter(gateway=code, is_genuine=False, at__gt=at - dt.timedelta(hours=1))
    if lately.count() < MOST_FORGED:
        text = _clean(body[:KEPT_OF_FORGED].decode("utf-8", "replace"), KEPT_OF_FORGED)
        CallbackReceived(gateway=code, body=text, is_genuine=False, outcome=outcome, sender=sender[:60], at=at).save(
            force_insert=True
        )
    return outcome


def _clean(text: str, longest: int) -> str:
    return text[:longest].replace("\0", "�")
