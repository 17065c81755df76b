"""Working time: which minutes of which days an office works. Pure: no database, no clock.

Everything inside is a *local* time: a naive ``datetime`` of the wall clock in Viet Nam, cut to the whole minute. A
session is a pair of minutes since midnight, its end excluded: at 17:00 sharp an office that closes at 17:00 is closed.

A :class:`Calendar` adds up its working time once (two prefix sums over sixty years); every question afterwards is a
look-up or one binary search, however many years it spans.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, pairwise

from lienthong.kernel.clock import VIETNAM
from lienthong.kernel.refusal import Refusal

Hours = tuple[tuple[int, int], ...]
FIRST_DAY = dt.date(2000, 1, 1)
LAST_DAY = dt.date(2060, 12, 31)
_ORIGIN = FIRST_DAY.toordinal()
_MIDNIGHT = dt.time()


def hours(*sessions: str) -> Hours:
    """Return the sessions of a day from texts like ``"07:00-11:30"``; refuse overlaps and ends before starts."""
    parsed = tuple(_session(text) for text in sessions)
    if any(start >= end for start, end in parsed) or any(one[1] > two[0] for one, two in pairwise(parsed)):
        raise Refusal("Giờ làm việc phải kết thúc sau khi bắt đầu và các buổi không chồng nhau.", field="hours")
    return parsed


def _session(text: str) -> tuple[int, int]:
    try:
        opens, closes = (dt.time.fromisoformat(part.strip().zfill(5)) for part in text.split("-"))
    except ValueError:
        raise Refusal(f"Không hiểu giờ làm việc “{text[:30]}”. Viết ví dụ: 07:00-11:30.", field="hours") from None
    return opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute


def clock_text(minute: int) -> str:
    """Return a minute of the day as ``07:00``."""
    return f"{minute // 60:02}:{minute % 60:02}"


def session_texts(day: Hours) -> list[str]:
    """Return the sessions of a day as texts, the inverse of :func:`hours`."""
    return [f"{clock_text(start)}-{clock_text(end)}" for start, end in day]


OFFICE_DAY = hours("07:00-11:30", "13:30-17:00")
OFFICE_WEEK: tuple[Hours, ...] = (OFFICE_DAY,) * 5 + ((), ())


class MarkKind(StrEnum):
    """Why a day is not what its weekday says."""

    HOLIDAY = "holiday"
    CLOSED = "closed"
    MAKEUP = "makeup"


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that departs from its weekday. A make-up day works the hours of the day it stands for, or of a Monday."""

    kind: MarkKind
    name: str
    source: str = ""
    verified: bool = False
    replaces: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """The sessions of the seven weekdays (Monday first), from a day on."""

    valid_from: dt.date
    days: tuple[Hours, ...]


@dataclass(frozen=True, eq=False)
class Calendar:
    """Lịch làm việc: the weeks in force one after another, and the days that depart from them."""

    weeks: tuple[Week, ...] = (Week(FIRST_DAY, OFFICE_WEEK),)
    marks: Mapping[dt.date, Mark] = field(default_factory=dict)
    name: str = ""
    version: int = 0

    def hours_on(self, day: dt.date) -> Hours:
        """Return the sessions of one day."""
        mark = self.marks.get(day)
        days = self._week(day).days
        if mark is None:
            return days[day.weekday()]
        if mark.kind is MarkKind.MAKEUP:
            stands_for = mark.replaces.weekday() if mark.replaces else 0
            return days[stands_for] or days[0]
        return ()

    def usual_close(self, day: dt.date) -> dt.datetime:
        """Return when the office closes on a day, or would close were it a working day."""
        _index(day)
        sessions = self.hours_on(day) or self._week(day).days[0]
        return _at(day, sessions[-1][1] if sessions else 24 * 60 - 1)

    def is_working_day(self, day: dt.date) -> bool:
        """Tell whether the office works at all on a day."""
        return bool(self.hours_on(day))

    def is_open(self, moment: dt.datetime) -> bool:
        """Tell whether the office works at a local minute."""
        minute = moment.hour * 60 + moment.minute
        return any(start <= minute < end for start, end in self.hours_on(moment.date()))

    def next_opening(self, moment: dt.datetime) -> dt.datetime:
        """Return the moment itself inside the hours, else the next opening."""
        day, minute = moment.date(), moment.hour * 60 + moment.minute
        for start, end in self.hours_on(day):
            if minute < end:
                return _at(day, max(start, minute))
        return self.opening_after(day)

    def opening_after(self, day: dt.date) -> dt.datetime:
        """Return the opening of the first working day after a day."""
        following = self._working_day(self._rank[_index(day) + 1])
        return _at(following, self.hours_on(following)[0][0])

    def close_on_or_after(self, day: dt.date) -> dt.datetime:
        """Return the close of a day, or of the next working day when it is not one."""
        return self.usual_close(day if self.is_working_day(day) else self.opening_after(day).date())

    def minutes_until(self, moment: dt.datetime) -> int:
        """Return the working minutes from the first day of the table up to a local minute."""
        return self._before[_index(moment.date())] + _worked(self.hours_on(moment.date()), moment)

    def days_until(self, moment: dt.datetime) -> Fraction:
        """Return the working days up to a local minute, the part of a day as the share of its working minutes."""
        sessions, index = self.hours_on(moment.date()), _index(moment.date())
        whole = self._before[index + 1] - self._before[index]
        return self._rank[index] + (Fraction(_worked(sessions, moment), whole) if whole else Fraction(0))

    def after_minutes(self, total: Fraction) -> dt.datetime:
        """Return the earliest local minute at which ``minutes_until`` reaches a total."""
        needed = math.ceil(total)
        index = bisect_left(self._before, needed) - 1
        day = self._day(index)
        return _reach(day, self.hours_on(day), needed - self._before[index])

    def after_days(self, total: Fraction) -> dt.datetime:
        """Return the earliest local minute at which ``days_until`` reaches a total: a whole number is a close."""
        rank = math.ceil(total) - 1
        day = self._working_day(rank)
        sessions = self.hours_on(day)
        return _reach(day, sessions, math.ceil((total - rank) * _length(sessions)))

    def _week(self, day: dt.date) -> Week:
        return next((week for week in reversed(self.weeks) if week.valid_from <= day), self.weeks[0])

    def _day(self, index: int) -> dt.date:
        if not 0 <= index < len(self._before) - 1:
            raise Refusal(
                f"Thời hạn ra ngoài lịch (đến hết năm {LAST_DAY.year}). Hãy kiểm tra thời hạn và lịch làm việc."
            )
        return dt.date.fromordinal(_ORIGIN + index)

    def _working_day(self, rank: int) -> dt.date:
        return self._day(self._working_days[rank] if 0 <= rank < len(self._working_days) else -1)

    @cached_property
    def _lengths(self) -> list[int]:
        """Each day's working minutes: the pattern of each week as long as it holds, then the marked days."""
        size = LAST_DAY.toordinal() - _ORIGIN + 1
        lengths: list[int] = []
        starts = [*(week.valid_from.toordinal() - _ORIGIN for week in self.weeks[1:]), size]
        for week, end in zip(self.weeks, starts, strict=True):
            pattern = [_length(day) for day in week.days]
            first = (FIRST_DAY.weekday() + len(lengths)) % 7
            count = max(0, min(end, size) - len(lengths))
            lengths += ((pattern[first:] + pattern[:first]) * (count // 7 + 1))[:count]
        for day in self.marks:
            if FIRST_DAY <= day <= LAST_DAY:
                lengths[day.toordinal() - _ORIGIN] = _length(self.hours_on(day))
        return lengths

    @cached_property
    def _before(self) -> list[int]:
        return list(accumulate(self._lengths, initial=0))

    @cached_property
    def _rank(self) -> list[int]:
        return list(accumulate((1 if length else 0 for length in self._lengths), initial=0))

    @cached_property
    def _working_days(self) -> list[int]:
        return [index for index, length in enumerate(self._lengths) if length]


def local_minute(at: dt.datetime) -> dt.datetime:
    """Return an aware moment as local wall-clock time cut to the minute; refuse what lies outside the tables."""
    moment = at.astimezone(VIETNAM).replace(tzinfo=None, second=0, microsecond=0)
    if not FIRST_DAY <= moment.date() <= LAST_DAY:
        raise Refusal(f"Ngày {moment:%d/%m/%Y} ngoài lịch ({FIRST_DAY.year}–{LAST_DAY.year}). Hãy kiểm tra lại ngày.")
    return moment


def aware(moment: dt.datetime) -> dt.datetime:
    """Return a local time as an aware moment."""
    return moment.replace(tzinfo=VIETNAM)


def overlap_minutes(sessions: Hours, start: int, end: int) -> int:
    """Return how many minutes of the sessions lie between two minutes of the day."""
    return sum(max(0, min(close, end) - max(opening, start)) for opening, close in sessions)


def _at(day: dt.date, minute: int) -> dt.datetime:
    return dt.datetime.combine(day, _MIDNIGHT) + dt.timedelta(minutes=minute)


def _index(day: dt.date) -> int:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Refusal(f"Ngày {day:%d/%m/%Y} ngoài lịch ({FIRST_DAY.year}–{LAST_DAY.year}). Hãy kiểm tra lại ngày.")
    return day.toordinal() - _ORIGIN


def _length(sessions: Iterable[tuple[int, int]]) -> int:
    return sum(end - start for start, end in sessions)


def _worked(sessions: Hours, moment: dt.datetime) -> int:
    return overlap_minutes(sessions, 0, moment.hour * 60 + moment.minute)


def _reach(day: dt.date, sessions: Hours, needed: int) -> dt.datetime:
    for start, end in sessions:
        if needed <= end - start:
            return _at(day, start + needed)
        needed -= end - start
    raise ValueError("the day is shorter than what is asked of it")
