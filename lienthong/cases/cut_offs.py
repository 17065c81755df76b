"""From when what was handed in counts: at once within the hours of reception, else from the next opening."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from lienthong.calendars.working_time import Calendar, aware, local_minute
from lienthong.cases import entered
from lienthong.cases.reception import FILE
from lienthong.kernel.clock import local_date
from lienthong.kernel.periods import holds
from lienthong.ui.formats import time, weekday


@dataclass(frozen=True, slots=True)
class CutOff:
    """Giờ cuối nhận hồ sơ trong ngày: by which channels, in which period, after what. The hour is that of Viet Nam."""

    channels: frozenset[str]
    hour: dt.time
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    verified: bool


def cut_off_on(day: dt.date, channel: str) -> dt.time | None:
    """Return from which hour of a day nothing more counts as received by a channel; None: until the office closes."""
    row = entered.rule_for("hour", channel, day)
    if row is not None:
        return row.hour
    found = cut_off_of_file(day, channel)
    return found.hour if found else None


def cut_off_of_file(day: dt.date, channel: str) -> CutOff | None:
    """Return what ``data/reception.toml`` says of a day and channel."""
    rows = (one for one in _rules() if channel in one.channels and holds(one.valid_from, one.valid_to, day))
    return next(rows, None)


def counted_from(calendar: Calendar, at: dt.datetime, channel: str) -> dt.datetime:
    """Return from when something handed in at a moment counts: then, or at the next opening (aware, to the minute)."""
    moment = local_minute(at)
    hour = cut_off_on(moment.date(), channel)
    if hour is not None and moment.time() >= hour and calendar.is_working_day(moment.date()):
        return aware(calendar.opening_after(moment.date()))
    return aware(calendar.next_opening(moment))


def received_on(calendar: Calendar, handed_in: dt.datetime, taken_in: dt.datetime, channel: str) -> dt.date | None:
    """Return the later day on which something counts as received, because it was handed in after the cut-off hour.

    None where it counts from when the desk took it in: what came in time does not suffer from a desk that takes longer.
    """
    counted = local_date(counted_from(calendar, handed_in, channel))
    return counted if counted > calendar.next_opening(local_minute(taken_in)).date() else None


def counting_said(calendar: Calendar, at: dt.datetime, channel: str) -> str:
    """Return in plain words when it was handed in and from when it counts; empty where that is the same."""
    counted, moment = counted_from(calendar, at, channel), local_minute(at)
    if counted == aware(moment):
        return ""
    hour = cut_off_on(moment.date(), channel)
    late = hour is not None and calendar.is_open(moment)
    why = f"sau giờ cuối nhận hồ sơ trong ngày ({hour:%H:%M})" if late else "ngoài giờ làm việc"
    return f"Nộp lúc {time(at)} {weekday(at)}, {why}, nên tính từ {time(counted)} {weekday(counted)}."


def read_cut_off(raw: Mapping[str, Any]) -> CutOff:
    """Read one rule; raises ``TypeError`` for an hour that is none."""
    if not isinstance(raw["hour"], dt.time):
        raise TypeError(f"data/{FILE}: hour phải là giờ, ví dụ 16:30:00, không phải {raw['hour']!r}")
    return CutOff(
        frozenset(raw["channels"]), raw["hour"], raw["valid_from"], raw.get("valid_to"), raw["source"], raw["verified"]
    )


@cache
def _rules() -> tuple[CutOff, ...]:
    with (settings.BASE_DIR / "data" / FILE).open("rb") as file:
        return tuple(read_cut_off(one) for one in tomllib.load(file)["cut_offs"])
