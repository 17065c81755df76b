"""The rules of reception that were entered on screen, kept in the process for a day.

A rule begins at the earliest on the day after it was entered, and is withdrawn only before it begins: so what began by
today cannot change today, and each process asks for it once a day.
"""

from __future__ import annotations

import datetime as dt

from lienthong.cases.models import ReceptionRule
from lienthong.kernel import clock

_kept: dict[dt.date, tuple[ReceptionRule, ...]] = {}


def began_by(day: dt.date) -> tuple[ReceptionRule, ...]:
    """Return the rules that began by a day, the newest first."""
    today = clock.local_date(clock.now())
    if day > today:
        return _read(day)
    if today not in _kept:
        _kept.clear()
        _kept[today] = _read(today)
    return tuple(one for one in _kept[today] if one.valid_from <= day)


def rule_for(kind: str, channel: str, day: dt.date) -> ReceptionRule | None:
    """Return the rule entered for a channel that holds on a day; None where the file's rule holds."""
    return next((one for one in began_by(day) if one.kind == kind and channel in one.channels), None)


def forget() -> None:
    """Forget what is kept in this process."""
    _kept.clear()


def _read(day: dt.date) -> tuple[ReceptionRule, ...]:
    rows = ReceptionRule.objects.standing().filter(valid_from__lte=day)
    return tuple(rows.order_by("-valid_from", "-pk"))
