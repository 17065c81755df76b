"""What the night does: yesterday's numbers and appointments end."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from lienthong.journal.operations import record_many
from lienthong.kernel.clock import at_local, local_date
from lienthong.queueing.models import Appointment, ServicePoint, Ticket

AT_ONCE = 1_000


@transaction.atomic
def close_days(*, at: dt.datetime) -> tuple[int, int]:
    """End what was left over from days before: numbers nobody called, appointments nobody kept, seats kept overnight.

    Return how many numbers and how many appointments.
    """
    today = local_date(at)
    midnight = at_local(today, dt.time())
    ServicePoint.objects.filter(pk__in=_left_at_counters(today)).update(post=None)
    waited = _end_tickets(today, (Ticket.State.WAITING, Ticket.State.SKIPPED), Ticket.State.LEFT, "ticket.left", at)
    served = _end_tickets(today, Ticket.AT_COUNTER, Ticket.State.SERVED, "ticket.served", at)
    return waited + served, _missed(midnight, at)


def _left_at_counters(today: dt.date) -> QuerySet[Ticket, int | None]:
    return Ticket.objects.filter(day__lt=today, state__in=Ticket.AT_COUNTER).values_list("point", flat=True)


def _end_tickets(today: dt.date, states: tuple[str, ...], to: str, kind: str, at: dt.datetime) -> int:
    rows = Ticket.objects.select_for_update(skip_locked=True, of=("self",)).filter(day__lt=today, state__in=states)
    ended = list(rows.order_by("pk")[:AT_ONCE])
    Ticket.objects.filter(pk__in=[one.pk for one in ended]).update(state=to, ended_at=at)
    if ended:
        record_many([(one.own, one.own, {"code": one.code}) for one in ended], kind, actor=None, at=at)
    return len(ended)


def _missed(midnight: dt.datetime, at: dt.datetime) -> int:
    rows = Appointment.objects.select_for_update(skip_locked=True, of=("self",))
    ended = list(rows.filter(state=Appointment.State.BOOKED, slot__ends_at__lt=midnight).order_by("pk")[:AT_ONCE])
    keys = [one.pk for one in ended]
    Appointment.objects.filter(pk__in=keys).update(state=Appointment.State.MISSED, ended_at=at)
    if ended:
        record_many([(one.subject, one.subject, {}) for one in ended], "appointment.missed", actor=None, at=at)
    return len(ended)
