"""A second opinion: the same rules, minute by minute, written apart from the product and as slowly as can be."""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Office:
    """Sessions by weekday as pairs of minutes of the day, days off, and days worked like a given weekday."""

    sessions: tuple[tuple[tuple[int, int], ...], ...]
    off: frozenset[dt.date] = frozenset()
    worked_like: tuple[tuple[dt.date, int], ...] = ()

    def open_minutes(self, day: dt.date) -> list[int]:
        """Return every minute of a day in which the office works."""
        if day in self.off:
            return []
        sessions = self.sessions[dict(self.worked_like).get(day, day.weekday())]
        return [minute for minute in range(24 * 60) if any(start <= minute < end for start, end in sessions)]

    def walk(self, start: dt.datetime) -> Iterator[tuple[dt.datetime, int]]:
        """Yield every minute worked from a moment on, with how many the day has."""
        day = start.date()
        while True:
            minutes = self.open_minutes(day)
            for minute in minutes:
                moment = dt.datetime.combine(day, dt.time()) + minute * MINUTE
                if moment >= start:
                    yield moment, len(minutes)
            day += DAY


def answer(
    office: Office, amount: int, unit: str, start: dt.datetime, pauses: list[tuple[dt.datetime, dt.datetime]]
) -> dt.datetime:
    """Tell when a limit ends (all times local and to the minute)."""
    received, _ = next(office.walk(start))
    if unit == "working hours":
        return _run_down(office, received, Fraction(amount * 60), pauses, by_day=False)
    opening, _ = next(office.walk(dt.datetime.combine(received.date() + DAY, dt.time())))
    if unit == "working days":
        return _run_down(office, opening, Fraction(amount), pauses, by_day=True)
    last = _last(received.date(), amount, unit)
    while not office.open_minutes(last):
        last += DAY
    days, day = 0, opening.date()
    while day <= last:
        days += bool(office.open_minutes(day))
        day += DAY
    return _run_down(office, opening, Fraction(days), pauses, by_day=True)


def _last(day: dt.date, amount: int, unit: str) -> dt.date:
    if unit == "days":
        return day + amount * DAY
    month = day.replace(day=1)
    for _ in range(amount):
        month += months.monthrange(month.year, month.month)[1] * DAY
    return month.replace(day=min(day.day, months.monthrange(month.year, month.month)[1]))


def _run_down(
    office: Office,
    start: dt.datetime,
    needed: Fraction,
    pauses: list[tuple[dt.datetime, dt.datetime]],
    *,
    by_day: bool,
) -> dt.datetime:
    for moment, length in office.walk(start):
        if not any(begin <= moment < end for begin, end in pauses):
            needed -= Fraction(1, length) if by_day else 1
        if needed <= 0:
            return moment + MINUTE
    raise AssertionError("the walk never ends")
