"""The only place that asks the machine what time it is.

Operations take ``at`` (an aware UTC datetime) and rules take ``on`` (a date in Viet Nam); views, jobs and commands, the
edge of the house, get them here once per request, job or command.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


_shift = dt.timedelta()


def shift(days: int) -> None:
    """Let the clock of this process run some days away from the machine's: the demo lives in March 2014."""
    global _shift  # noqa: PLW0603 - there is one clock
    _shift = dt.timedelta(days=days)


def now() -> dt.datetime:
    """Return the present moment, aware, in UTC; in the demo, the demo's."""
    return dt.datetime.now(dt.UTC) + _shift


def local_date(at: dt.datetime) -> dt.date:
    """Return the calendar date in Viet Nam at the moment ``at`` (aware)."""
    return at.astimezone(VIETNAM).date()


def local(at: dt.datetime) -> dt.datetime:
    """Return ``at`` as wall-clock time in Viet Nam (still aware)."""
    return at.astimezone(VIETNAM)


def at_local(day: dt.date, time: dt.time) -> dt.datetime:
    """Return the UTC moment of a wall-clock time in Viet Nam."""
    return dt.datetime.combine(day, time, tzinfo=VIETNAM).astimezone(dt.UTC)
