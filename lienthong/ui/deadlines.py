"""The deadline badge: one wording and one tone for every deadline in the house. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from lienthong.kernel import clock
from lienthong.ui import formats

Tone = Literal["neutral", "soon", "late", "paused", "done", "done-late", "none"]
LAST_HOURS = dt.timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Badge:
    """What a deadline badge says: its words, its tone, its icon (never a colour alone) and the full date on hover."""

    text: str
    tone: Tone
    icon: str
    title: str = ""


def badge(
    due_at: dt.datetime | None,
    now: dt.datetime,
    remaining_working: dt.timedelta | None = None,
    *,
    done_at: dt.datetime | None = None,
    suspended: bool = False,
    hours_a_day: float = 8,
) -> Badge:
    """Say how a deadline stands.

    ``remaining_working`` is the working time from now (or from ``done_at`` when done) to the deadline, negative when
    past; without it the plain time between is taken, a day being 24 hours.
    """
    if due_at is None:
        return Badge("Xong", "done", "check") if done_at else Badge("Không thời hạn", "none", "infinity")
    title = f"Hạn {formats.time(due_at)} {formats.weekday(due_at)}"
    left = remaining_working if remaining_working is not None else due_at - (done_at or now)
    a_day = hours_a_day if remaining_working is not None else 24
    if done_at is not None:
        return _done(left, late=done_at > due_at, a_day=a_day, title=title)
    if suspended:
        return Badge("Tạm dừng", "paused", "player-pause", title)
    if now > due_at:
        late = formats.span(left, hours_a_day=a_day)
        return Badge("Vừa quá hạn" if late == "0 phút" else f"Quá hạn {late}", "late", "alert-triangle", title)
    if left >= dt.timedelta(hours=a_day):
        return Badge(f"Còn {formats.span(left, hours_a_day=a_day)}", "neutral", "calendar-due", title)
    if left >= LAST_HOURS and clock.local_date(due_at) == clock.local_date(now):
        return Badge(f"Hôm nay {formats.time(due_at)}", "soon", "clock", title)
    return Badge(f"Còn {formats.span(left, hours_a_day=a_day)}", "soon", "clock", title)


def _done(left: dt.timedelta, *, late: bool, a_day: float, title: str) -> Badge:
    if late:
        span = _whole(left, a_day)
        return Badge("Xong trễ" if span == "0 phút" else f"Xong trễ {span}", "done-late", "check", title)
    if left >= dt.timedelta(hours=a_day):
        return Badge(f"Xong sớm {_whole(left, a_day)}", "done", "check", title)
    return Badge("Xong đúng hạn", "done", "check", title)


def _whole(left: dt.timedelta, a_day: float) -> str:
    """Write a length in whole days once it reaches one: of what is done, the hours no longer matter."""
    days = int(abs(left) / dt.timedelta(hours=a_day))
    return f"{formats.number(days)} ngày" if days else formats.span(left, hours_a_day=a_day)
