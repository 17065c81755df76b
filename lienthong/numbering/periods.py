"""In which a series begins again: a year, or a day written as one number (20140305)."""

from __future__ import annotations

import datetime as dt


def of_day(day: dt.date) -> int:
    """Return the period of a series that begins again each day."""
    return day.year * 10_000 + day.month * 100 + day.day


def said(period: int) -> str:
    """Return a period as people say it: "năm 2014", "ngày 05/03/2014"."""
    if period < 10_000:
        return f"năm {period}"
    return f"ngày {period % 100:02}/{period // 100 % 100:02}/{period // 10_000}"
