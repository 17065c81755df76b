"""The clock of a deadline: ``due = f(calendar, limit, events)``. Pure: no database, no present moment.

The rules, with their reasons in ``docs/decisions/0010-deadlines.md``:

- what arrives outside the hours is received at the next opening (also what arrives after a cut-off hour, where the
  start says on which day it counts as received);
- a limit in working days, days, weeks, months or years counts from the day after the day of reception, and ends at the
  close of its last day; a calendar limit whose last day is not a working day ends with the next working day
  (Bộ luật Dân sự 2015, Điều 148 khoản 5);
- a limit in working hours runs inside the sessions, from reception;
- a limit in hours runs by the wall clock, and never ends before an opening;
- a pause moves the end by the working time that passed while the count was running: for limits in hours minute by
  minute, for the others in shares of working days;
- an extension counts from the old end, or sets a new day; then pauses before it are already in it.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from lienthong.calendars.limits import Limit, LimitUnit, limit_of, parse_limit
from lienthong.calendars.working_time import (
    OFFICE_DAY,
    OFFICE_WEEK,
    Calendar,
    Hours,
    Mark,
    MarkKind,
    Week,
    aware,
    hours,
    local_minute,
)
from lienthong.kernel.refusal import Refusal

__all__ = [
    "OFFICE_DAY",
    "OFFICE_WEEK",
    "Calendar",
    "Event",
    "EventKind",
    "Hours",
    "Limit",
    "LimitUnit",
    "Mark",
    "MarkKind",
    "Run",
    "Week",
    "aware",
    "due",
    "hours",
    "limit_of",
    "parse_limit",
    "run",
    "working_time",
]

HOURLY: Final = (LimitUnit.WORKING_HOUR, LimitUnit.HOUR)


class EventKind(StrEnum):
    """What can happen to a clock."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a clock, at an aware moment. An extension carries a further limit or a new day.

    A start may carry the day on which it counts as received, where it came after the hour until which that is possible.
    """

    kind: EventKind
    at: dt.datetime
    limit: Limit | None = None
    until: dt.date | None = None
    reason: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the event as it is stored."""
        facts = {
            "kind": self.kind.value,
            "at": self.at.astimezone(dt.UTC).isoformat(),
            "limit": str(self.limit) if self.limit else "",
            "until": self.until.isoformat() if self.until else "",
            "reason": self.reason,
        }
        return {word: fact for word, fact in facts.items() if fact}

    @classmethod
    def from_json(cls, facts: dict[str, Any]) -> Event:
        """Return the event that was stored."""
        return cls(
            EventKind(facts["kind"]),
            dt.datetime.fromisoformat(facts["at"]),
            parse_limit(facts["limit"]) if "limit" in facts else None,
            dt.date.fromisoformat(facts["until"]) if "until" in facts else None,
            facts.get("reason", ""),
        )


@dataclass(slots=True)
class Pause:
    """A pause as the clock took it: ``end`` is None while it lasts; ``gained`` is what it moved the end by."""

    start: dt.datetime
    end: dt.datetime | None = None
    reason: str = ""
    gained: Fraction = Fraction(0)


@dataclass(slots=True)
class Run:
    """A clock after all its events, in local time: what :func:`due` answers from and the explanation tells."""

    calendar: Calendar
    limit: Limit | dt.date
    arrived: dt.datetime
    received: dt.datetime
    counts_from: dt.datetime
    first_end: dt.datetime
    end: dt.datetime
    base: dt.datetime
    gained: Fraction = Fraction(0)
    pauses: list[Pause] = field(default_factory=list)
    extensions: list[tuple[Event, dt.datetime]] = field(default_factory=list)

    @property
    def is_hourly(self) -> bool:
        """Whether the limit is counted in minutes and not in shares of days."""
        return isinstance(self.limit, Limit) and self.limit.unit in HOURLY

    @property
    def open_pause(self) -> Pause | None:
        """The pause that still lasts."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].end is None else None

    def read(self, moment: dt.datetime) -> Fraction:
        """Return the working time up to a moment in the measure of this clock."""
        if self.is_hourly:
            return Fraction(self.calendar.minutes_until(moment))
        return self.calendar.days_until(moment)

    def settle(self) -> None:
        """Set the end from the base and the working time gained by pauses."""
        if not self.gained:
            self.end = self.base
            return
        reach = self.calendar.after_minutes if self.is_hourly else self.calendar.after_days
        self.end = reach(self.read(self.base) + self.gained)


def due(calendar: Calendar, limit: Limit | dt.date, events: Sequence[Event]) -> dt.datetime:
    """Return when a clock runs out (aware); while a pause lasts, the earliest possible end: as if resumed at once."""
    return aware(run(calendar, limit, events).end)


def working_time(calendar: Calendar, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
    """Return the working time between two aware moments; negative when the second lies before the first."""
    minutes = calendar.minutes_until(local_minute(end)) - calendar.minutes_until(local_minute(start))
    return dt.timedelta(minutes=minutes)


def run(calendar: Calendar, limit: Limit | dt.date, events: Sequence[Event]) -> Run:
    """Play the events of a clock in order; refuse an order that makes no sense."""
    if not events or events[0].kind is not EventKind.START:
        raise Refusal("Hạn phải bắt đầu bằng thời điểm nhận.")
    state = _started(calendar, limit, local_minute(events[0].at), events[0].until)
    latest = events[0].at
    for event in events[1:]:
        if event.at < latest:
            raise Refusal("Các lần tạm dừng, tiếp tục, gia hạn phải theo thứ tự thời gian, sau thời điểm nhận.")
        latest = event.at
        _play(state, event)
    return state


def _started(calendar: Calendar, limit: Limit | dt.date, arrived: dt.datetime, day: dt.date | None = None) -> Run:
    received = calendar.next_opening(arrived)
    if day is not None and day > received.date():
        received = calendar.next_opening(dt.datetime.combine(day, dt.time.min))
    if isinstance(limit, Limit):
        end = _end(calendar, limit, received)
        counts_at_once = limit.unit in HOURLY or limit.amount == 0
        counts_from = received if counts_at_once else calendar.opening_after(received.date())
    else:
        if limit < arrived.date():
            raise Refusal("Ngày hạn phải từ ngày nhận trở đi.", field="until")
        end, counts_from = calendar.usual_close(limit), received
    return Run(calendar, limit, arrived, received, counts_from, first_end=end, end=end, base=end)


def _play(state: Run, event: Event) -> None:
    moment = local_minute(event.at)
    paused = state.open_pause
    match event.kind:
        case EventKind.PAUSE if paused is None:
            state.pauses.append(Pause(moment, reason=event.reason))
        case EventKind.RESUME if paused is not None:
            paused.end = moment
            _gain(state, paused)
        case EventKind.EXTEND:
            _extend(state, event)
        case EventKind.PAUSE:
            raise Refusal("Hạn đang tạm dừng rồi. Hãy cho tiếp tục trước khi tạm dừng lần nữa.")
        case EventKind.RESUME:
            raise Refusal("Hạn không tạm dừng nên không có gì để tiếp tục.")
        case _:
            raise Refusal("Thời điểm nhận chỉ ghi một lần.")


def _gain(state: Run, pause: Pause) -> None:
    """Add what a pause that has ended moves the end by: nothing when it began after the end."""
    start = max(pause.start, state.counts_from)
    if pause.end is None or pause.start >= state.end or pause.end <= start:
        return
    pause.gained = state.read(pause.end) - state.read(start)
    state.gained += pause.gained
    state.settle()


def _extend(state: Run, event: Event) -> None:
    if event.limit is not None:
        state.base = _end(state.calendar, event.limit, state.base)
    elif event.until is not None:
        state.base, state.gained = state.calendar.usual_close(event.until), Fraction(0)
        if (paused := state.open_pause) is not None:
            paused.start = max(paused.start, local_minute(event.at))
    else:
        raise Refusal("Gia hạn phải nêu thêm bao lâu hoặc đến ngày nào.", field="limit")
    state.settle()
    state.extensions.append((event, state.end))


def _end(calendar: Calendar, limit: Limit, origin: dt.datetime) -> dt.datetime:
    """Return where a limit ends that is counted from a moment."""
    day, amount = origin.date(), limit.amount
    match limit.unit:
        case LimitUnit.WORKING_HOUR:
            return calendar.after_minutes(calendar.minutes_until(origin) + amount * 60)
        case LimitUnit.HOUR:
            return _not_before_opening(calendar, origin + dt.timedelta(hours=int(amount)))
        case LimitUnit.WORKING_DAY:
            until_midnight = calendar.days_until(dt.datetime.combine(day, dt.time(23, 59)))
            return calendar.after_days(until_midnight + amount)
        case _:
            return calendar.close_on_or_after(_last_day(day, limit))


def _last_day(day: dt.date, limit: Limit) -> dt.date:
    """Return the last calendar day of a limit, clamped to the end of a shorter month."""
    amount = int(limit.amount)
    try:
        if limit.unit is LimitUnit.DAY:
            return day + dt.timedelta(days=amount)
        if limit.unit is LimitUnit.WEEK:
            return day + dt.timedelta(weeks=amount)
        index = day.year * 12 + day.month - 1 + amount * (12 if limit.unit is LimitUnit.YEAR else 1)
        year, month = index // 12, index % 12 + 1
        return dt.date(year, month, min(day.day, months.monthrange(year, month)[1]))
    except (ValueError, OverflowError):
        raise Refusal("Thời hạn quá dài. Hãy kiểm tra lại thời hạn.", field="limit") from None


def _not_before_opening(calendar: Calendar, moment: dt.datetime) -> dt.datetime:
    sessions = calendar.hours_on(moment.date())
    if sessions and moment.hour * 60 + moment.minute >= sessions[0][0]:
        return moment
    return calendar.next_opening(moment)
