"""Who takes in what partners tell, as the apps above declare it; nobody here knows what a case is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from lienthong.exchange.facts import Arrived
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject

Taker = Callable[[Any, str, dt.datetime], tuple[Subject, str]]
"""``taker(what, partner, at)`` does it and returns what it became and the number under which we know it."""

UNKNOWN, WRONG, ELSEWHERE = "02", "04", "05"


class Refused(Refusal):
    """A refusal with the code that the partner's machine reads."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


_takers: dict[type[Any], Taker] = {}


def declare(what: type[Arrived], taker: Taker) -> None:
    """Declare who takes in one sort of arrival; called from ``ready()``. It runs inside our transaction."""
    _takers[what] = taker


def take(what: Arrived, partner: str, at: dt.datetime) -> tuple[Subject, str]:
    """Let whoever declared it take it in; refuses what nobody takes."""
    taker = _takers.get(type(what))
    if taker is None:
        raise Refused(WRONG, "Hệ thống này không nhận loại thông điệp đó.")
    return taker(what, partner, at)
