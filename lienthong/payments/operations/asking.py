"""Asking a gateway for what it never said, and giving up a request that nobody paid."""

from __future__ import annotations

import datetime as dt
import logging

from django.core.cache import cache
from django.db import transaction

from lienthong.journal.operations import record
from lienthong.payments import gateways
from lienthong.payments.gateways.told import SilentError
from lienthong.payments.models import CallbackReceived, Payment
from lienthong.payments.operations.callbacks import take_word

logger = logging.getLogger("lienthong.payments")
State = Payment.State
PACE = [dt.timedelta(minutes=minutes) for minutes in (3, 5, 10, 20, 60, 180, 360)]
GIVE_UP = dt.timedelta(days=3)
"""So long after it expired a request is still asked for: banks settle late."""
AT_ONCE = 50
BREATH = 10


def ask_unanswered(*, at: dt.datetime) -> int:
    """Ask the gateways for every request whose answer is overdue; return how many were asked."""
    due = Payment.objects.filter(ask_at__lte=at).order_by("ask_at").values_list("pk", flat=True)[:AT_ONCE]
    return sum(ask(pk, at=at) is not None for pk in list(due))


def ask(pk: int, *, at: dt.datetime) -> CallbackReceived.Outcome | None:
    """Ask the gateway of one request in its turn; None when it says nothing."""
    payment = _next_time(pk, at)
    return _asked(payment, at) if payment else None


def ask_now(payment: Payment, *, at: dt.datetime) -> None:
    """Ask out of turn: the payer came back from the gateway and looks at our page. Not oftener than in ten seconds."""
    if not payment.has_money and cache.add(f"payments.asked.{payment.pk}", 1, BREATH):
        _asked(payment, at)


def _asked(payment: Payment, at: dt.datetime) -> CallbackReceived.Outcome | None:
    """Ask; no row is locked while the network is waited for."""
    gateway = gateways.named(payment.gateway)
    if gateway is None:
        return None
    outcome = None
    try:
        told, raw = gateway.ask(payment)
        outcome = take_word(payment.gateway, told, raw, asked=True, at=at)
    except SilentError:
        logger.info("gateway %s says nothing of %s", payment.gateway, payment.reference)
    _expire(payment.pk, at=at)
    return outcome


@transaction.atomic
def _next_time(pk: int, at: dt.datetime) -> Payment | None:
    """Say when it is asked again before it is asked now, so that a crash asks later and not for ever."""
    payment = Payment.objects.select_for_update(skip_locked=True).filter(pk=pk).exclude(ask_at=None).first()
    if payment is None:
        return None
    given_up = payment.expires_at is not None and at > payment.expires_at + GIVE_UP
    payment.ask_at = None if given_up else at + PACE[min(payment.asked, len(PACE) - 1)]
    payment.asked = min(payment.asked + 1, 30_000)
    payment.save(update_fields=["ask_at", "asked"])
    return payment


@transaction.atomic
def _expire(pk: int, *, at: dt.datetime) -> None:
    """Close a request whose time is over; what is paid later still counts."""
    payment = Payment.objects.select_for_update().get(pk=pk)
    if payment.state == State.STARTED and payment.expires_at and payment.expires_at < at:
        payment.state, payment.known_at = State.EXPIRED, at
        payment.save(update_fields=["state", "known_at"])
        record(payment.own, "payment.expired", actor=None, at=at, thread=payment.subject)
