"""Deadlines on subjects: set, paused, resumed, extended, closed, and always explained."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from lienthong.calendars.clock import Limit, parse_limit
from lienthong.calendars.models import Deadline
from lienthong.calendars.operations import close, extend, pause, reopen, resume, set_deadline
from lienthong.calendars.queries import deadlines_of, explain, remaining, working_calendar
from lienthong.kernel.clock import at_local
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from tests.cast import AT, MONDAY, Cast

SUBJECT = Subject("thing", 7)
THREE = parse_limit("3 ngày làm việc")


def moment(days: int, hour: int) -> dt.datetime:
    return at_local(MONDAY + dt.timedelta(days=days), dt.time(hour))


@pytest.fixture
def deadline(cast: Cast) -> Deadline:
    return set_deadline(SUBJECT, limit=THREE, start=AT, actor=cast.leader, at=AT)


def test_a_limit_becomes_a_moment(deadline: Deadline) -> None:
    assert deadline.due_at == deadline.original_due_at == moment(3, 17)
    assert [line.number for line in explain(deadline) if line.number] == [1, 2, 3]


def test_a_day_becomes_its_close(cast: Cast) -> None:
    fixed = set_deadline(SUBJECT, until=dt.date(2014, 3, 20), start=AT, actor=cast.leader, at=AT)
    assert fixed.due_at == at_local(dt.date(2014, 3, 20), dt.time(17))
    assert "Hạn đến ngày 20/03/2014" in " ".join(explain(fixed)[0].notes)


@pytest.mark.parametrize(
    ("limit", "until", "start", "said"),
    [
        (None, None, AT, "một trong hai"),
        (THREE, dt.date(2014, 3, 20), AT, "một trong hai"),
        (None, dt.date(2014, 3, 9), AT, "từ ngày nhận"),
        (THREE, None, AT + dt.timedelta(hours=1), "không thể sau lúc ghi nhận"),
    ],
)
def test_nonsense_is_refused(
    cast: Cast, limit: Limit | None, until: dt.date | None, start: dt.datetime, said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        set_deadline(SUBJECT, limit=limit, until=until, start=start, actor=cast.leader, at=AT)


def test_setting_costs_two_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    working_calendar(cast.stttt, MONDAY)
    with django_assert_num_queries(2):
        set_deadline(SUBJECT, limit=THREE, start=AT, actor=cast.leader, at=AT)


def test_a_pause_moves_the_end_by_the_working_time_that_it_took(deadline: Deadline, cast: Cast) -> None:
    stopped = pause(deadline, reason="chờ bổ sung", actor=cast.specialist, at=moment(1, 7))
    assert stopped.paused_at == moment(1, 7)
    assert stopped.due_at == moment(3, 17)
    assert "hạn sẽ lùi thêm" in explain(stopped)[-1].notes[-1]
    going = resume(deadline, actor=cast.specialist, at=moment(2, 7))
    assert going.paused_at is None
    assert going.due_at == moment(4, 17)
    assert going.original_due_at == moment(3, 17)
    assert [line.kind for line in explain(going)] == ["received", "paused", "counted", "counted", "counted"]


def test_four_rounds_of_supplements_do_not_break_the_clock(deadline: Deadline, cast: Cast) -> None:
    for day in range(1, 5):
        pause(deadline, actor=cast.specialist, at=moment(day, 8))
        resume(deadline, actor=cast.specialist, at=moment(day, 10))
    deadline.refresh_from_db()
    assert deadline.due_at == moment(4, 17)


def test_pausing_twice_and_resuming_what_runs_are_refused(deadline: Deadline, cast: Cast) -> None:
    with pytest.raises(Refusal, match="không tạm dừng"):
        resume(deadline, actor=cast.specialist, at=moment(1, 8))
    pause(deadline, actor=cast.specialist, at=moment(1, 8))
    with pytest.raises(Refusal, match="đang tạm dừng"):
        pause(deadline, actor=cast.specialist, at=moment(1, 9))
    with pytest.raises(Refusal, match="theo thứ tự thời gian"):
        resume(deadline, actor=cast.specialist, at=moment(0, 11))


def test_an_extension_keeps_the_original(deadline: Deadline, cast: Cast) -> None:
    longer = extend(deadline, until=dt.date(2014, 3, 21), reason="chờ Sở Tài chính", actor=cast.leader, at=moment(2, 9))
    assert longer.due_at == at_local(dt.date(2014, 3, 21), dt.time(17))
    assert longer.original_due_at == moment(3, 17)
    assert longer.is_extended
    with pytest.raises(Refusal, match="phải sau hạn đang có"):
        extend(deadline, until=dt.date(2014, 3, 20), actor=cast.leader, at=moment(2, 10))
    deadline.refresh_from_db()
    assert deadline.due_at == longer.due_at


def test_a_closed_deadline_knows_whether_it_was_met_and_refuses_more(deadline: Deadline, cast: Cast) -> None:
    assert deadline.was_met is None
    assert close(deadline, at=moment(3, 17)).was_met is True
    with pytest.raises(Refusal, match="đã xong"):
        pause(deadline, actor=cast.specialist, at=moment(3, 17))
    assert reopen(deadline).was_met is None
    assert close(deadline, at=moment(4, 7)).was_met is False


def test_remaining_time_is_working_time(deadline: Deadline, cast: Cast) -> None:
    calendar = working_calendar(cast.stttt, MONDAY)
    assert remaining(deadline.due_at, moment(2, 16), calendar) == dt.timedelta(hours=9)
    assert remaining(deadline.due_at, moment(4, 8), calendar) == dt.timedelta(hours=-1)


def test_many_deadlines_cost_one_query(deadline: Deadline, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found = deadlines_of([SUBJECT, Subject("thing", 8)])
    assert set(found) == {SUBJECT}
