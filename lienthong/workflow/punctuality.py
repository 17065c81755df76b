"""Whether a case was on time, by the exact rule of the national index (QĐ 766/QĐ-TTg). Pure.

On time: the end is not after the promised moment. The end is when it was done; else handed over; else stopped or
refused; a withdrawal counts only for what was received. A case that was asked for a supplement and not answered ends at
the moment of that request; with more than one request it is late. The time between a request and its answer is taken
off. What has no end yet is judged at the end of the reporting period. Without a promised moment the time taken, less
the pauses, is held against the longest time of the procedure.

Moments are aware and comparable; the unit of what is taken off is the same as theirs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Punctuality(StrEnum):
    """Kết quả về thời hạn."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    RUNNING = "running"
    RUNNING_LATE = "running_late"
    NOT_COUNTED = "not_counted"


NAMES = {
    Punctuality.EARLY: "Trước hạn",
    Punctuality.ON_TIME: "Đúng hạn",
    Punctuality.LATE: "Trễ hạn",
    Punctuality.RUNNING: "Đang xử lý trong hạn",
    Punctuality.RUNNING_LATE: "Đang xử lý quá hạn",
    Punctuality.NOT_COUNTED: "Không tính",
}


@dataclass(frozen=True, slots=True)
class Round:
    """One request for a supplement: when it was asked, and when the supplement was complete (None: not yet)."""

    asked_at: dt.datetime
    answered_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Moments:
    """What happened to a case, and when. ``promised_at`` is the one on the receipt, as it was last put off lawfully."""

    received_at: dt.datetime | None
    promised_at: dt.datetime | None = None
    done_at: dt.datetime | None = None
    handed_over_at: dt.datetime | None = None
    stopped_at: dt.datetime | None = None
    withdrawn_at: dt.datetime | None = None
    rounds: Sequence[Round] = ()
    paused: dt.timedelta = dt.timedelta()
    longest: dt.timedelta | None = None


def end_of(moments: Moments) -> dt.datetime | None:
    """Return the moment that counts as the end; None while there is none."""
    waiting = moments.rounds[-1] if moments.rounds and moments.rounds[-1].answered_at is None else None
    for moment in (moments.done_at, moments.handed_over_at, moments.stopped_at):
        if moment is not None:
            return moment
    if moments.withdrawn_at is not None:
        return moments.withdrawn_at
    return waiting.asked_at if waiting is not None else None


def supplementing(moments: Moments) -> dt.timedelta:
    """Return the time that the applicant took to answer, which is taken off."""
    return sum(
        (one.answered_at - one.asked_at for one in moments.rounds if one.answered_at is not None), dt.timedelta()
    )


def judge(moments: Moments, *, until: dt.datetime, subtract: bool = True) -> Punctuality:
    """Judge a case at the end of a reporting period.

    ``subtract``: take the time of supplements off the end; False where ``promised_at`` was already moved by it, so that
    it is not counted twice.
    """
    if moments.received_at is None:
        return Punctuality.NOT_COUNTED
    end = end_of(moments)
    if end is not None and len(moments.rounds) > 1:
        return Punctuality.LATE
    reached = end if end is not None else until
    if subtract:
        reached -= supplementing(moments)
    late = _is_late(moments, reached)
    if end is None:
        return Punctuality.RUNNING_LATE if late else Punctuality.RUNNING
    if late:
        return Punctuality.LATE
    return Punctuality.EARLY if _is_early(moments, reached) else Punctuality.ON_TIME


def _is_late(moments: Moments, reached: dt.datetime) -> bool:
    if moments.promised_at is not None:
        return reached > moments.promised_at
    assert moments.received_at is not None  # noqa: S101 - the caller looked
    return moments.longest is not None and reached - moments.received_at - moments.paused > moments.longest


def _is_early(moments: Moments, reached: dt.datetime) -> bool:
    """Whether it was done on an earlier day than promised: within the day it is on time."""
    return moments.promised_at is not None and reached.date() < moments.promised_at.date()
