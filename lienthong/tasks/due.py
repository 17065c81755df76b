"""By when: what an assigner may say about a deadline. Pure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

from lienthong.calendars.limits import Limit, LimitUnit, limit_of

QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = re.compile(r"qu[ýíy]\s*\.?\s*(IV|I{1,3}|[1-4])\s*(?:[/.,-]|năm|\s)\s*(\d{4})", re.IGNORECASE)
_DATE = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ONGOING = ("thường xuyên", "trong năm", "liên tục", "hằng năm", "hàng năm")


@dataclass(frozen=True, slots=True)
class Due:
    """Hạn: to the end of a date or of a quarter, within a limit of working time, or never ("thường xuyên")."""

    kind: str
    date: dt.date | None = None
    limit: Limit | None = None

    @classmethod
    def on(cls, date: dt.date) -> Self:
        """Say: by the end of a day."""
        return cls("date", date)

    @classmethod
    def within(cls, limit: Limit | int) -> Self:
        """Say: within a limit from now; a bare number is working days."""
        return cls("limit", limit=limit if isinstance(limit, Limit) else limit_of(limit, LimitUnit.WORKING_DAY))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Self:
        """Say: in a quarter of a year; the last day of the quarter, moved to its last working day when set."""
        return cls("quarter", last_day_of_quarter(year, quarter))

    @classmethod
    def ongoing(cls) -> Self:
        """Say: no deadline, all the time."""
        return cls("ongoing")


def last_day_of_quarter(year: int, quarter: int) -> dt.date:
    """Return the last calendar day of a quarter."""
    first_after = dt.date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return first_after - dt.timedelta(days=1)


def quarter_label(date: dt.date) -> str:
    """Return ``Quý II/2014`` for a day in it."""
    return f"Quý {('I', 'II', 'III', 'IV')[(date.month - 1) // 3]}/{date.year}"


def parse(text: str, *, year: int | None = None) -> Due | None:
    """Read what people write in a table: ``Quý II/2014``, ``Quý II`` (with the year known), a date, "thường xuyên".

    None when it says none of these; a date that does not exist is None too.
    """
    said = " ".join(text.split())
    if any(word in said.lower() for word in _ONGOING):
        return Due.ongoing()
    found = _QUARTER.search(said if year is None or re.search(r"\d{4}", said) else f"{said} {year}")
    if found:
        return Due.quarter(int(found[2]), QUARTERS[found[1].upper()])
    day = _DATE.search(said)
    iso = _ISO.search(said)
    try:
        if iso:
            return Due.on(dt.date(int(iso[1]), int(iso[2]), int(iso[3])))
        return Due.on(dt.date(int(day[3]), int(day[2]), int(day[1]))) if day else None
    except ValueError:
        return None
