"""Where and when one may book."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef, Prefetch

from lienthong.kernel.clock import at_local, local_date
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.models import Unit
from lienthong.queueing import wording
from lienthong.queueing.models import Appointment, ServiceGroup, Slot

NOTICE = dt.timedelta(minutes=15)
"""A slot can be booked until so long before it begins."""
MOST = 2_000
"""More slots of a group are not looked at."""


def halls(at: dt.datetime) -> list[Unit]:
    """Return the halls in which one may book now. One query."""
    free = Slot.objects.free().filter(unit=OuterRef("pk"), starts_at__gt=at + NOTICE, group__is_open=True)
    return list(Unit.objects.filter(Exists(free)).order_by("order", "name"))


def groups_with_room(unit_pk: int, at: dt.datetime) -> list[ServiceGroup]:
    """Return the groups of a hall for which one may book. One query."""
    free = Slot.objects.free().filter(group=OuterRef("pk"), starts_at__gt=at + NOTICE)
    rows = ServiceGroup.objects.filter(Exists(free), unit_id=unit_pk).in_use()
    return list(rows.select_related("unit").order_by("order", "pk"))


@dataclass(frozen=True, slots=True)
class Week:
    """The slots of one week that have room, by day; the nearest other weeks that have any, by their Mondays."""

    monday: dt.date
    days: list[tuple[dt.date, list[Slot]]]
    earlier: dt.date | None
    later: dt.date | None

    @property
    def sunday(self) -> dt.date:
        """The last day of it."""
        return self.monday + dt.timedelta(days=6)


def free_week(group_pk: int, at: dt.datetime, *, wanted: dt.date | None = None) -> Week | None:
    """Return the slots of a group in the week of a day, or in the next week that has room; None without any.

    Past the last week it is the last. One query.
    """
    rows = Slot.objects.free().filter(group_id=group_pk, group__is_open=True, starts_at__gt=at + NOTICE)
    slots = list(rows.order_by("starts_at")[:MOST])
    if not slots:
        return None
    mondays = sorted({_monday(local_date(one.starts_at)) for one in slots})
    index = min(bisect_left(mondays, _monday(wanted)), len(mondays) - 1) if wanted else 0
    of_week = [one for one in slots if _monday(local_date(one.starts_at)) == mondays[index]]
    return Week(
        monday=mondays[index],
        days=[(day, list(found)) for day, found in groupby(of_week, key=lambda one: local_date(one.starts_at))],
        earlier=mondays[index - 1] if index else None,
        later=mondays[index + 1] if index + 1 < len(mondays) else None,
    )


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def slot_of(pk: int, group_pk: int) -> Slot | None:
    """Return one slot of a group."""
    return Slot.objects.select_related("group", "unit").filter(pk=pk, group_id=group_pk).first()


def is_free(slot: Slot, at: dt.datetime) -> bool:
    """Tell whether a slot can still be booked."""
    return slot.is_open and slot.left > 0 and slot.starts_at > at + NOTICE


def appointment_by(code: str, phone: str) -> Appointment | None:
    """Return the appointment of who knows its code and telephone number."""
    try:
        number = wording.phone(phone)
    except Refusal:
        return None
    rows = Appointment.objects.select_related("slot__group", "slot__unit")
    return rows.filter(code=wording.code(code), phone=number).first()


def arriving(code: str, unit_pk: int, at: dt.datetime) -> Appointment | None:
    """Return the appointment that a code typed at the kiosk means: of this hall, of about these days."""
    since, until = local_date(at) - dt.timedelta(days=1), local_date(at) + dt.timedelta(days=60)
    bounds = {"slot__starts_at__gte": at_local(since, dt.time()), "slot__starts_at__lt": at_local(until, dt.time())}
    rows = Appointment.objects.filter(code=wording.code(code), slot__unit_id=unit_pk, **bounds)
    return rows.select_related("slot").first()


def day_of(unit_pk: int, day: dt.date) -> list[Slot]:
    """Return the slots of a hall on a day, with their appointments. Two queries."""
    start, end = at_local(day, dt.time()), at_local(day + dt.timedelta(days=1), dt.time())
    rows = Slot.objects.filter(unit_id=unit_pk, starts_at__gte=start, starts_at__lt=end)
    booked = Appointment.objects.exclude(state=Appointment.State.CANCELLED).select_related("ticket").order_by("pk")
    kept = Prefetch("appointments", queryset=booked, to_attr="kept")
    return list(rows.select_related("group").prefetch_related(kept).order_by("starts_at", "group__order"))


def appointment(pk: int | None) -> Appointment | None:
    """Return the appointment that this browser booked or proved to know."""
    rows = Appointment.objects.select_related("slot__group", "slot__unit")
    return rows.filter(pk=pk).first() if pk is not None else None
