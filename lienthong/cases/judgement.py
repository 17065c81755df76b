"""Whether a case was on time: its rows as the facts of the national rule."""

from __future__ import annotations

import datetime as dt

from lienthong.cases.models import Case
from lienthong.kernel.clock import local
from lienthong.workflow.punctuality import Moments, Punctuality, Round, judge


def judged(case: Case, *, until: dt.datetime) -> Punctuality:
    """Judge a case at a moment. The promise was moved by the supplement already, so it is not taken off again.

    Only how many rounds there were matters then, and whether the last one is answered: both stand on the case.
    """
    moments = Moments(
        received_at=_local(case.received_at),
        promised_at=_local(case.promised_at),
        done_at=_local(case.finished_at),
        handed_over_at=_local(case.handed_over_at),
        stopped_at=_local(case.ended_at if case.status == Case.Status.STOPPED else None),
        withdrawn_at=_local(case.ended_at if case.status == Case.Status.WITHDRAWN else None),
        rounds=_rounds(case),
    )
    return judge(moments, until=local(until), subtract=False)


def _rounds(case: Case) -> list[Round]:
    open_one = case.paused_at if case.status == Case.Status.SUPPLEMENT else None
    answered = [Round(case.submitted_at, case.submitted_at)] * (case.rounds - (open_one is not None))
    return [*answered, Round(local(open_one))] if open_one is not None else answered


def _local(moment: dt.datetime | None) -> dt.datetime | None:
    return local(moment) if moment is not None else None
