"""Handing over what waited for its day; one that is refused says why and does not hold up the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.models import TakeOver
from lienthong.organisation.operations import carry_out, note_failure


def hand_over_due(*, clock: Callable[[], dt.datetime]) -> int:
    """Carry out every order whose day has come; returns how many were."""
    due = TakeOver.objects.pending().filter(on__lte=local_date(clock())).order_by("on", "pk")
    return sum(_tried(order, clock()) for order in due)


def _tried(order: TakeOver, at: dt.datetime) -> bool:
    try:
        carry_out(order, at=at)
    except Refusal as refusal:
        if order.error != refusal.message:
            note_failure(order, refusal.message, at=at)
        return False
    return True
