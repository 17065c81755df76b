"""The demo's waiting halls: groups, counters, machines, slots to come, and this morning's people with their numbers."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from lienthong.kernel.clock import at_local, local_date
from lienthong.organisation.actor import Actor
from lienthong.queueing.models import ServiceGroup, ServicePoint, Slot, Ticket
from lienthong.queueing.operations.appointments import LONGEST_AHEAD, book, open_slots
from lienthong.queueing.operations.hall import add_device, add_group, add_point, sit
from lienthong.queueing.operations.tickets import call_next, skip, start, take_ticket
from lienthong.site.demo.content import halls_file
from lienthong.site.demo.days import Days
from lienthong.site.demo.desks import Counters, Desk

MINUTE = dt.timedelta(minutes=1)
SEEN = dt.timedelta(minutes=100)
"""So much of the day is lived in the hall before the present."""
WALK = 2
"""Minutes from being called to standing at the counter."""
ABSENT = 5
"""Whoever has this number is not there when it is called."""


def open_halls(days: Days, counters: Counters) -> None:
    """Arrange the halls, open their slots for the weeks to come, let people book, wait and be served until now."""
    founded = at_local(local_date(days.until) - dt.timedelta(days=7), dt.time(8))
    groups: dict[tuple[str, str], ServiceGroup] = {}
    for entry in halls_file()["halls"]:
        desk = counters.desks[entry["office"]]
        own = {one["letter"]: _group(one, desk, founded) for one in entry["groups"]}
        points = [_point(number, served, own, desk, founded) for number, served in enumerate(entry["points"], start=1)]
        for kind, name in entry["devices"]:
            add_device(desk.unit, kind=kind, name=name, actor=desk.officers[0], at=founded)
        for slots in entry["slots"]:
            _open_slots(own[slots["letter"]], slots, desk, days.until)
        _live(days, entry, list(own.values()), points, desk)
        groups |= {(entry["office"], letter): group for letter, group in own.items()}
    for number, entry in enumerate(halls_file()["appointments"]):
        _book(days, groups[entry["office"], entry["letter"]], entry, f"demo:{number}")


def _group(entry: dict[str, Any], desk: Desk, at: dt.datetime) -> ServiceGroup:
    return add_group(desk.unit, **entry, actor=desk.officers[0], at=at)


def _point(number: int, served: str, groups: dict[str, ServiceGroup], desk: Desk, at: dt.datetime) -> ServicePoint:
    keys = [groups[letter].pk for letter in served]
    point = add_point(desk.unit, number=number, groups=keys, actor=desk.officers[0], at=at)
    return sit(point, actor=desk.officers[number - 1], at=at)


def _open_slots(group: ServiceGroup, entry: dict[str, Any], desk: Desk, now: dt.datetime) -> None:
    since, hours = local_date(now), {key: value for key, value in entry.items() if key != "letter"}
    open_slots(group, since=since, until=since + LONGEST_AHEAD, **hours, actor=desk.officers[0], at=now)


def _book(days: Days, group: ServiceGroup, entry: dict[str, Any], key: str) -> None:
    day, left = local_date(days.until), entry["days"]
    while left:
        day += dt.timedelta(days=1)
        left -= days.calendar.is_working_day(day)
    of_day = Slot.objects.filter(group=group, starts_at__gte=at_local(day, dt.time()), starts_at__gt=days.until)
    slot = of_day.order_by("starts_at")[entry["slot"]]
    who = {name: entry[name] for name in ("name", "phone", "purpose")}
    book(slot, **who, key=key, at=days.until)


def _live(
    days: Days, entry: dict[str, Any], groups: list[ServiceGroup], points: list[ServicePoint], desk: Desk
) -> None:  # fmt: skip
    """Let people come to a hall and be called, minute by minute until now; nobody comes while the office is shut."""
    rng = random.Random(entry["office"])  # noqa: S311 - invented data, the same every time
    at, comes, number = days.until - SEEN, days.until - SEEN, 0
    counters = [_Counter(point, officer, at) for point, officer in zip(points, desk.officers, strict=False)]
    while at <= days.until:
        if days.is_open(at):
            if at >= comes:
                number += 1
                take_ticket(rng.choice(groups), key=f"demo:{entry['office']}:{number}", at=at)
                comes = at + rng.randint(*entry["quiet"]) * MINUTE
            for counter in counters:
                if at >= counter.free_at:
                    counter.go_on(rng, at)
        at += MINUTE


@dataclass(slots=True)
class _Counter:
    """A counter with its officer, who stands before it, and when something next happens there."""

    point: ServicePoint
    officer: Actor
    free_at: dt.datetime
    here: Ticket | None = None

    def go_on(self, rng: random.Random, at: dt.datetime) -> None:
        """Serve who was called, pass over who is not there, else call the next."""
        if self.here is None or self.here.state != Ticket.State.CALLED:
            self.here = call_next(self.point, after=self.here.pk if self.here else None, actor=self.officer, at=at)
            self.free_at = at + WALK * MINUTE if self.here else at
        elif self.here.number == ABSENT:
            self.here = skip(self.here, actor=self.officer, at=at)
        else:
            self.here = start(self.here, actor=self.officer, at=at)
            self.free_at = at + rng.randint(5, 14) * MINUTE
