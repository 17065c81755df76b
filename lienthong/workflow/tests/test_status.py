"""Every case has exactly one national status at every moment, and is on time or late by the law's own rule."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.workflow.flow import End, Phase
from lienthong.workflow.punctuality import Moments, Punctuality, Round, judge
from lienthong.workflow.status import NAMES, Facts, Status, status

DAY = dt.timedelta(days=1)
START = dt.datetime(2014, 3, 3, 1, 0, tzinfo=dt.UTC)
PROMISED = START + 10 * DAY
UNTIL = START + 30 * DAY


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(Phase.INTAKE), Status.NEW),
        (Facts(Phase.INTAKE, awaits_supplement=True), Status.SUPPLEMENT),
        (Facts(Phase.INTAKE, end=End.DECLINED), Status.NOT_RECEIVED),
        (Facts(Phase.WORK, received=True), Status.RECEIVED),
        (Facts(Phase.WORK, received=True, moved=True), Status.IN_PROGRESS),
        (Facts(Phase.WORK, received=True, moved=True, awaits_supplement=True), Status.SUPPLEMENT),
        (Facts(Phase.WORK, received=True, moved=True, awaits_payment=True), Status.PAYMENT),
        (Facts(Phase.WORK, received=True, moved=True, end=End.STOPPED), Status.STOPPED),
        (Facts(Phase.WORK, received=True, end=End.DECLINED), Status.STOPPED),
        (Facts(Phase.INTAKE, end=End.WITHDRAWN), Status.WITHDRAWN),
        (Facts(Phase.RESULT, received=True, moved=True), Status.DONE),
        (Facts(Phase.RESULT, received=True, moved=True, awaits_payment=True), Status.PAYMENT),
        (Facts(Phase.RESULT, received=True, moved=True, end=End.HANDED_OVER), Status.HANDED_OVER),
    ],
)
def test_the_status_follows_from_the_facts(facts: Facts, expected: Status) -> None:
    assert status(facts) is expected


def test_whatever_the_facts_there_is_one_status_with_a_name() -> None:
    flags = (True, False)
    for phase, received, moved, papers, payment, end in product(Phase, flags, flags, flags, flags, [None, *End]):
        assert status(Facts(phase, received, moved, papers, payment, end)) in NAMES


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        (Moments(None, PROMISED), Punctuality.NOT_COUNTED),
        (Moments(START, PROMISED, done_at=PROMISED), Punctuality.ON_TIME),
        (Moments(START, PROMISED, done_at=PROMISED - DAY), Punctuality.EARLY),
        (Moments(START, PROMISED, done_at=PROMISED + dt.timedelta(seconds=1)), Punctuality.LATE),
        # done counts before handed over: the applicant may come late for a result that was there in time
        (Moments(START, PROMISED, done_at=PROMISED, handed_over_at=UNTIL), Punctuality.ON_TIME),
        (Moments(START, PROMISED, handed_over_at=UNTIL), Punctuality.LATE),
        (Moments(START, PROMISED, stopped_at=PROMISED + DAY), Punctuality.LATE),
        (Moments(START, PROMISED, withdrawn_at=START + DAY), Punctuality.EARLY),
        (Moments(START, PROMISED), Punctuality.RUNNING_LATE),
        (Moments(START, UNTIL + DAY), Punctuality.RUNNING),
        # asked once, not answered: the end is the request
        (Moments(START, PROMISED, rounds=[Round(PROMISED - DAY)]), Punctuality.EARLY),
        (Moments(START, PROMISED, rounds=[Round(PROMISED + DAY)]), Punctuality.LATE),
        # asked once and answered: what the applicant took is taken off
        (Moments(START, PROMISED, done_at=PROMISED + 3 * DAY, rounds=[Round(START + DAY, START + 4 * DAY)]),
         Punctuality.ON_TIME),
        (Moments(START, PROMISED, done_at=PROMISED + 4 * DAY, rounds=[Round(START + DAY, START + 4 * DAY)]),
         Punctuality.LATE),
        # asked more than once: late
        (Moments(START, PROMISED, done_at=START + 5 * DAY,
                 rounds=[Round(START + DAY, START + 2 * DAY), Round(START + 3 * DAY, START + 4 * DAY)]),
         Punctuality.LATE),
        # no promise: the time taken less the pauses against the longest time of the procedure
        (Moments(START, done_at=START + 12 * DAY, paused=3 * DAY, longest=9 * DAY), Punctuality.ON_TIME),
        (Moments(START, done_at=START + 12 * DAY, paused=2 * DAY, longest=9 * DAY), Punctuality.LATE),
        (Moments(START, done_at=START + 12 * DAY), Punctuality.ON_TIME),
    ],
)  # fmt: skip
def test_on_time_is_by_the_exact_rule(moments: Moments, expected: Punctuality) -> None:
    assert judge(moments, until=UNTIL) is expected


def test_a_promise_moved_by_the_supplement_is_not_moved_twice() -> None:
    round_of_three_days = [Round(START + DAY, START + 4 * DAY)]
    moments = Moments(START, PROMISED + 3 * DAY, done_at=PROMISED + 6 * DAY, rounds=round_of_three_days)
    assert judge(moments, until=UNTIL) is Punctuality.ON_TIME
    assert judge(moments, until=UNTIL, subtract=False) is Punctuality.LATE


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_later_end_is_never_more_punctual(first: int, second: int) -> None:
    order = [Punctuality.EARLY, Punctuality.ON_TIME, Punctuality.LATE]
    early, late = sorted((first, second))
    judged = [judge(Moments(START, PROMISED, done_at=START + days * DAY), until=UNTIL) for days in (early, late)]
    assert order.index(judged[0]) <= order.index(judged[1])
