"""The only place that asks the machine what time it is.

Operations take ``at`` (an aware UTC datetime) and rules take ``on`` (a date in Viet Nam); views, jobs and commands, the
edge of the house, get them here once per request, job or command.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> dt.datetime:
    """Return the present moment, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def local_date(at: dt.datetime) -> dt.date:
    """Return the calendar date in Viet Nam at the moment ``at`` (aware)."""
    return at.astimezone(VIETNAM).date()


def local(at: dt.datetime) -> dt.datetime:
    """Return ``at`` as wall-clock time in Viet Nam (still aware)."""
    return at.astimezone(VIETNAM)


def at_local(day: dt.date, time: dt.time) -> dt.datetime:
    """Return the UTC moment of a wall-clock time in Viet Nam."""
    return dt.datetime.combine(day, time, tzinfo=VIETNAM).astimezone(dt.UTC)
