"""A year of a calendar as a page shows it: twelve months of weeks. Pure."""

from __future__ import annotations

import calendar as months
import datetime as dt
from dataclasses import dataclass

from lienthong.calendars.clock import MarkKind
from lienthong.calendars.working_time import Calendar


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month: its number, what it is, and why."""

    date: dt.date
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its number, its weeks (None outside the month), and how many days are worked."""

    number: int
    weeks: list[list[Cell | None]]
    working_days: int


KINDS = {
    "holiday": "Nghỉ",
    "closed": "Đóng cửa",
    "makeup": "Làm bù",
    "weekend": "Nghỉ cuối tuần",
    "working": "Làm việc",
}


def year_of(calendar: Calendar, year: int) -> list[Month]:
    """Return the twelve months of a year."""
    return [_month(calendar, year, number) for number in range(1, 13)]


def _month(calendar: Calendar, year: int, number: int) -> Month:
    weeks = months.Calendar().monthdatescalendar(year, number)
    cells = [[_cell(calendar, day) if day.month == number else None for day in week] for week in weeks]
    worked = sum(1 for week in cells for cell in week if cell and calendar.is_working_day(cell.date))
    return Month(number, cells, worked)


def _cell(calendar: Calendar, day: dt.date) -> Cell:
    mark = calendar.marks.get(day)
    if mark is not None:
        kind = "makeup" if mark.kind is MarkKind.MAKEUP else mark.kind.value
        return Cell(day, kind, f"{KINDS[kind]}: {mark.name}")
    kind = "working" if calendar.is_working_day(day) else "weekend"
    return Cell(day, kind, KINDS[kind])
