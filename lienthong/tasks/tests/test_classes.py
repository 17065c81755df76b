from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kernel.clock import at_local
from lienthong.tasks.classes import LABELS, Class, Plain, class_of, day_start, end_of_due_day

DUE = at_local(dt.date(2014, 3, 14), dt.time(17, 0))
EVENING = at_local(dt.date(2014, 3, 14), dt.time(23, 30))
BEFORE = at_local(dt.date(2014, 3, 12), dt.time(9, 0))
AFTER = at_local(dt.date(2014, 3, 15), dt.time(0, 0))

TABLE = [
    # state, due, finished, now, class
    ("assigned", DUE, None, BEFORE, Class.NOT_STARTED),
    ("sent_back", DUE, None, BEFORE, Class.NOT_STARTED),
    ("in_progress", DUE, None, BEFORE, Class.IN_TIME),
    ("in_progress", DUE, None, EVENING, Class.IN_TIME),
    ("in_progress", DUE, None, AFTER, Class.OVERDUE),
    ("assigned", DUE, None, AFTER, Class.OVERDUE),
    ("sent_back", DUE, None, AFTER, Class.OVERDUE),
    ("reported", DUE, EVENING, AFTER, Class.IN_TIME),
    ("reported", DUE, AFTER, AFTER, Class.OVERDUE),
    ("done", DUE, EVENING, AFTER, Class.DONE_ON_TIME),
    ("done", DUE, AFTER, AFTER, Class.DONE_LATE),
    ("in_progress", None, None, AFTER, Class.NO_DEADLINE),
    ("assigned", None, None, AFTER, Class.NO_DEADLINE),
    ("done", None, AFTER, AFTER, Class.DONE_ON_TIME),
    ("suspended", DUE, None, AFTER, Class.SUSPENDED),
    ("cancelled", DUE, None, AFTER, Class.CANCELLED),
    ("cancelled", None, None, AFTER, Class.CANCELLED),
]


@pytest.mark.parametrize(("state", "due", "finished", "now", "expected"), TABLE)
def test_each_situation_has_its_class(
    state: str, due: dt.datetime | None, finished: dt.datetime | None, now: dt.datetime, expected: Class
) -> None:
    assert class_of(Plain(state, due, finished), now) is expected


moments = st.integers(-500_000, 5_000_000).map(lambda minutes: DUE + dt.timedelta(minutes=minutes))
states = st.sampled_from(["assigned", "in_progress", "reported", "sent_back", "suspended", "done", "cancelled"])


@given(states, st.none() | moments, moments, moments)
def test_time_alone_only_ever_makes_open_work_late(
    state: str, due: dt.datetime | None, one: dt.datetime, other: dt.datetime
) -> None:
    facts = Plain(state, due, one if state in ("reported", "done") else None)
    early, late = class_of(facts, min(one, other)), class_of(facts, max(one, other))
    assert early == late or (early in (Class.NOT_STARTED, Class.IN_TIME) and late == Class.OVERDUE)


@given(moments, moments)
def test_overdue_is_exactly_what_was_due_before_the_day_began(due: dt.datetime, now: dt.datetime) -> None:
    assert (due < day_start(now)) == (now >= end_of_due_day(due))


def test_every_class_has_its_words() -> None:
    assert set(LABELS) == set(Class)
    assert Class.DONE_LATE.label == "Hoàn thành quá hạn"
