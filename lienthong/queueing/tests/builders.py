"""A hall for tests, made by calling operations."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from lienthong.calendars.queries import working_calendar
from lienthong.identity.operations.accounts import open_account
from lienthong.kernel.clock import local_date, now
from lienthong.organisation.actor import Actor
from lienthong.organisation.operations import add_officer, appoint
from lienthong.organisation.queries import actor_for
from lienthong.queueing.models import Appointment, ServiceGroup, ServicePoint, Slot, Ticket
from lienthong.queueing.operations.appointments import book, open_slots
from lienthong.queueing.operations.hall import add_group, add_point, sit
from lienthong.queueing.operations.tickets import take_ticket
from tests.cast import AT, FOUNDED, MONDAY, Cast

TUESDAY = MONDAY + dt.timedelta(days=1)
MORNING = dt.time(7, 30), dt.time(9, 30)


@dataclass(frozen=True, slots=True)
class Hall:
    """A hall with its people."""

    cast: Cast
    officer: Actor
    colleague: Actor
    civil: ServiceGroup
    land: ServiceGroup
    first: ServicePoint
    second: ServicePoint


def arranged(cast: Cast) -> Hall:
    """Two groups; counter 1 serves both, counter 2 serves land alone; an officer sits at each."""
    unit, officer = cast.district_desk, cast.district_desk_officer
    civil = add_group(unit, letter="a", name="Hộ tịch, chứng thực", minutes=10, actor=officer, at=AT)
    land = add_group(unit, letter="B", name="Đất đai", minutes=20, actor=officer, at=AT)
    first = add_point(unit, number=1, actor=officer, at=AT)
    second = add_point(unit, number=2, name="Đất đai", groups=[land.pk], actor=officer, at=AT)
    colleague = _colleague(cast)
    return Hall(
        cast,
        officer,
        colleague,
        civil,
        land,
        sit(first, actor=officer, at=AT),
        sit(second, actor=colleague, at=AT),
    )


def taken(group: ServiceGroup, **changes: Any) -> Ticket:
    """A number."""
    with_all: dict[str, Any] = {"key": str(uuid.uuid4()), "at": AT}
    return take_ticket(group, **(with_all | changes))


def opened(hall: Hall, *, capacity: int = 2, day: dt.date = TUESDAY, at: dt.datetime = AT) -> list[Slot]:
    """Four slots of a morning for civil matters."""
    starts, ends = MORNING
    return open_slots(
        hall.civil,
        since=day,
        until=day,
        starts=starts,
        ends=ends,
        minutes=30,
        capacity=capacity,
        actor=hall.officer,
        at=at,
    )


def booked(slot: Slot, place: int = 0, **changes: Any) -> Appointment:
    """An appointment of a person of their own."""
    with_all: dict[str, Any] = {
        "name": f"Người {place}",
        "phone": f"09000000{place:02}",
        "key": str(uuid.uuid4()),
        "at": AT,
    }
    return book(slot, **(with_all | changes))


def next_working_day() -> dt.date:
    """A coming working day by the machine's clock, for pages."""
    today = local_date(now())
    calendar = working_calendar(None, today)
    days = (today + dt.timedelta(days=step) for step in range(1, 30))
    return next(day for day in days if calendar.is_working_day(day))


def _colleague(cast: Cast) -> Actor:
    account = open_account(username="desk2", email="desk2@example.com", password="mat-khau-thu", full_name="Lê Thị Hai")
    person = add_officer(full_name="Lê Thị Hai", email="desk2@example.com", user=account, actor=None, at=AT)
    post = appoint(
        person,
        unit=cast.district_desk,
        title="Cán bộ một cửa",
        role="one_stop_officer",
        order=71,
        valid_from=FOUNDED,
        actor=None,
        at=AT,
    )
    return actor_for(post, on=MONDAY)
