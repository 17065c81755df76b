"""What a new version changes: the days on which two calendars differ, the deadlines that move. It writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from lienthong.calendars import clock
from lienthong.calendars.models import Deadline
from lienthong.calendars.working_time import FIRST_DAY, LAST_DAY, Calendar


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline that ends at another moment under another calendar."""

    deadline: Deadline
    old: dt.datetime
    new: dt.datetime


def differing_days(one: Calendar, other: Calendar) -> list[dt.date]:
    """Return the days whose sessions, or whose names, differ between two calendars."""
    days: Iterable[dt.date] = sorted({*one.marks, *other.marks})
    if one.weeks != other.weeks:
        days = (FIRST_DAY + dt.timedelta(days=index) for index in range((LAST_DAY - FIRST_DAY).days + 1))
    return [
        day for day in days if one.hours_on(day) != other.hours_on(day) or one.marks.get(day) != other.marks.get(day)
    ]


def earliest_difference(one: Calendar, other: Calendar) -> dt.date | None:
    """Return the first day on which two calendars differ."""
    return next(iter(differing_days(one, other)), None)


def moved_deadlines(rows: Iterable[Deadline], calendar: Calendar) -> list[Move]:
    """Return those of some deadlines that end at another moment under a calendar."""
    moves = (Move(row, row.due_at, clock.due(calendar, row.rule, row.clock_events)) for row in rows)
    return [move for move in moves if move.old != move.new]
