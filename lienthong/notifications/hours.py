"""When people may be disturbed: working time, as the app that keeps calendars declares it.

Notifications lie below the calendars; until one declares, Monday to Friday from 7:00 to 17:00 is working time.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from lienthong.kernel.clock import at_local, local
from lienthong.kernel.periods import holds
from lienthong.kernel.refusal import Refusal

NextOpening = Callable[[int, dt.datetime], dt.datetime]
IsWorkingDay = Callable[[int, dt.date], bool]

OPENS, CLOSES = dt.time(7, 0), dt.time(17, 0)


def _plain_is_working_day(unit_pk: int, day: dt.date) -> bool:  # noqa: ARG001 - every unit alike
    return day.weekday() < 5


def _plain_next_opening(unit_pk: int, at: dt.datetime) -> dt.datetime:
    moment = local(at)
    if _plain_is_working_day(unit_pk, moment.date()) and OPENS <= moment.time() < CLOSES:
        return at
    day = moment.date() if moment.time() < OPENS else moment.date() + dt.timedelta(days=1)
    while not _plain_is_working_day(unit_pk, day):
        day += dt.timedelta(days=1)
    return at_local(day, OPENS)


_next_opening: list[NextOpening] = [_plain_next_opening]
_is_working_day: list[IsWorkingDay] = [_plain_is_working_day]


def declare(next_opening: NextOpening, is_working_day: IsWorkingDay) -> None:
    """Declare working time; called from ``ready()``. Both take the key of a unit.

    ``next_opening(unit, at)`` returns ``at`` itself within working time, else the next moment of it.
    """
    _next_opening[:] = [next_opening]
    _is_working_day[:] = [is_working_day]


def next_opening(unit_pk: int, at: dt.datetime) -> dt.datetime:
    """Return the first moment from ``at`` on at which a unit works; the plain rule where it has no calendar."""
    try:
        return _next_opening[0](unit_pk, at)
    except Refusal:
        return _plain_next_opening(unit_pk, at)


def is_working_day(unit_pk: int, day: dt.date) -> bool:
    """Tell whether a unit works on a day; the plain rule where it has no calendar."""
    try:
        return _is_working_day[0](unit_pk, day)
    except Refusal:
        return _plain_is_working_day(unit_pk, day)


@dataclass(frozen=True, slots=True)
class DecentHours:
    """Giờ được nhắn tin: between which times of the day people outside are told by some channels; its source."""

    channels: tuple[str, ...]
    opens: dt.time
    closes: dt.time
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    verified: bool


@cache
def decent_hours() -> tuple[DecentHours, ...]:
    """Return every rule of ``data/notice_hours.toml``."""
    with (settings.BASE_DIR / "data" / "notice_hours.toml").open("rb") as file:
        rows = tomllib.load(file)["hours"]
    return tuple(
        DecentHours(**(one | {"channels": tuple(one["channels"]), "valid_to": one.get("valid_to")})) for one in rows
    )


def next_decent(channel: str, at: dt.datetime) -> dt.datetime:
    """Return the first moment from ``at`` on at which somebody outside may be told by a channel."""
    day, time = local(at).date(), local(at).time()
    rules = (one for one in decent_hours() if channel in one.channels and holds(one.valid_from, one.valid_to, day))
    rule = next(rules, None)
    if rule is None or rule.opens <= time < rule.closes:
        return at
    return at_local(day if time < rule.opens else day + dt.timedelta(days=1), rule.opens)
