"""How long an incoming document may wait, and when who hears that it waited longer: ``data/waiting_limits.toml``.

Pure once read: nothing of it is a constant in code. An agency may set its own limit (``models.AgencyLimit``).
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from lienthong.calendars.limits import Limit, parse_limit
from lienthong.kernel.periods import holds


@dataclass(frozen=True, slots=True)
class Standard:
    """Mức chung: how long a step may take for documents of some urgency, from a day on, and by which source."""

    step: str
    urgencies: tuple[str, ...]
    limit: Limit
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Lateness:
    """Mức báo trễ: after how many working hours past the limit each level hears of it, the holder first."""

    hours: tuple[int, ...]
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    verified: bool


@cache
def standards() -> tuple[Standard, ...]:
    """Return every limit of the file, in its order."""
    return tuple(
        Standard(
            one["step"],
            tuple(one["urgency"]),
            parse_limit(one["limit"]),
            one["valid_from"],
            one.get("valid_to"),
            one["source"],
            one["verified"],
        )
        for one in _file()["limits"]
    )


@cache
def _latenesses() -> tuple[Lateness, ...]:
    return tuple(
        Lateness(tuple(one["hours"]), one["valid_from"], one.get("valid_to"), one["source"], one["verified"])
        for one in _file()["lateness"]
    )


def standards_on(day: dt.date) -> list[Standard]:
    """Return the limits that hold on a day."""
    return [one for one in standards() if holds(one.valid_from, one.valid_to, day)]


def standard_for(step: str, urgency: str, day: dt.date) -> Standard | None:
    """Return the limit of a step for an urgency on a day; None where the file has none."""
    return next((one for one in standards_on(day) if one.step == step and urgency in one.urgencies), None)


def lateness_on(day: dt.date) -> Lateness | None:
    """Return when the levels hear of lateness on a day."""
    return next((one for one in _latenesses() if holds(one.valid_from, one.valid_to, day)), None)


def _file() -> dict[str, Any]:
    with (settings.BASE_DIR / "data" / "waiting_limits.toml").open("rb") as file:
        return tomllib.load(file)
