"""A calendar changes: drafted, previewed, published; open deadlines follow and the report says which."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from lienthong.calendars import recompute
from lienthong.calendars.clock import parse_limit
from lienthong.calendars.models import CalendarVersion, Deadline, Recomputation, WorkCalendar
from lienthong.calendars.operations import close, set_deadline
from lienthong.calendars.operations.seeding import seed
from lienthong.calendars.operations.versions import (
    discard,
    draft,
    open_calendar,
    publish,
    recompute_all,
    set_day,
    set_hours,
)
from lienthong.calendars.queries import calendar_of, explain, preview, work_calendar_named, working_calendar
from lienthong.kernel.clock import at_local
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from tests.cast import AT, MONDAY, Cast

PAPER = "Công văn 100/VPCP-KGVX ngày 03/03/2014"
THURSDAY = MONDAY + dt.timedelta(days=3)
SATURDAY = MONDAY + dt.timedelta(days=5)


@pytest.fixture
def common(cast: Cast) -> WorkCalendar:
    return work_calendar_named("Lịch chung")


@pytest.fixture
def told() -> Iterator[list[tuple[int, dt.datetime]]]:
    heard: list[tuple[int, dt.datetime]] = []

    def receiver(moved: Sequence[tuple[int, dt.datetime]]) -> None:
        heard.extend(moved)

    recompute.declare("thing", receiver)
    yield heard
    recompute._receivers.pop("thing")


def deadline(cast: Cast, pk: int, limit: str) -> Deadline:
    return set_deadline(Subject("thing", pk), limit=parse_limit(limit), start=AT, actor=cast.leader, at=AT)


def with_holiday(common: WorkCalendar, cast: Cast) -> CalendarVersion:
    version = draft(common, actor=cast.administrator, at=AT)
    set_day(version, date=THURSDAY, kind="holiday", name="Nghỉ đột xuất", source=PAPER, actor=cast.administrator, at=AT)
    return version


def test_open_deadlines_follow_the_calendar_and_the_report_says_which(
    common: WorkCalendar, cast: Cast, told: list[tuple[int, dt.datetime]]
) -> None:
    short, long, done = (
        deadline(cast, pk, limit)
        for pk, limit in ((1, "2 ngày làm việc"), (2, "3 ngày làm việc"), (3, "3 ngày làm việc"))
    )
    close(done, at=AT)
    version = with_holiday(common, cast)
    assert [move.deadline.pk for move in preview(version).moves] == [long.pk]
    (run,) = publish(version, decision=PAPER, actor=cast.administrator, at=AT)
    recompute_all(run, at=AT)
    for row in (short, long, done):
        row.refresh_from_db()
    assert short.due_at == at_local(MONDAY + dt.timedelta(days=2), dt.time(17))
    assert long.due_at == at_local(MONDAY + dt.timedelta(days=4), dt.time(17))
    assert done.due_at == at_local(THURSDAY, dt.time(17))
    assert long.original_due_at == at_local(THURSDAY, dt.time(17))
    assert {short.version_id, long.version_id} == {version.pk}
    assert told == [(2, long.due_at)]
    run.refresh_from_db()
    assert (run.moved, run.finished_at) == (1, AT)
    (move,) = run.moves.all()
    assert (move.deadline_id, move.old_due_at, move.new_due_at) == (long.pk, long.original_due_at, long.due_at)
    holiday = next(line for line in explain(long) if line.date == THURSDAY)
    assert (holiday.kind, holiday.source) == ("holiday", PAPER)


def test_recomputing_again_moves_nothing(common: WorkCalendar, cast: Cast) -> None:
    deadline(cast, 1, "3 ngày làm việc")
    (run,) = publish(with_holiday(common, cast), decision=PAPER, actor=cast.administrator, at=AT)
    recompute_all(run, at=AT)
    assert recompute_all(run, at=AT).moved == 1


def test_many_deadlines_are_recomputed_with_few_queries(
    common: WorkCalendar, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for pk in range(50):
        deadline(cast, pk, "5 ngày làm việc")
    (run,) = publish(with_holiday(common, cast), decision=PAPER, actor=cast.administrator, at=AT)
    with django_assert_max_num_queries(30):
        assert recompute_all(run, at=AT).moved == 50


def test_a_makeup_saturday_is_worked_like_the_day_it_stands_for(common: WorkCalendar, cast: Cast) -> None:
    version = draft(common, actor=cast.administrator, at=AT)
    set_day(
        version,
        date=SATURDAY,
        kind="makeup",
        name="",
        source=PAPER,
        replaces=THURSDAY,
        actor=cast.administrator,
        at=AT,
    )
    assert calendar_of(version).hours_on(SATURDAY) == calendar_of(version).hours_on(THURSDAY)


def test_a_published_version_is_frozen(common: WorkCalendar, cast: Cast) -> None:
    assert common.current is not None
    with pytest.raises(Refusal, match="đã công bố"):
        set_day(common.current, date=THURSDAY, kind="holiday", name="x", source=PAPER, actor=cast.administrator, at=AT)
    with pytest.raises(Refusal, match="đã công bố"):
        discard(common.current, actor=cast.administrator, at=AT)


def test_there_is_one_draft_at_a_time_and_it_can_be_thrown_away(common: WorkCalendar, cast: Cast) -> None:
    first = draft(common, actor=cast.administrator, at=AT)
    assert draft(common, actor=cast.administrator, at=AT).pk == first.pk
    discard(first, actor=cast.administrator, at=AT)
    assert not CalendarVersion.objects.filter(published_at=None).exists()


def test_publishing_wants_a_decision_and_something_new(common: WorkCalendar, cast: Cast) -> None:
    version = draft(common, actor=cast.administrator, at=AT)
    with pytest.raises(Refusal, match="chưa khác"):
        publish(version, decision=PAPER, actor=cast.administrator, at=AT)
    with pytest.raises(Refusal, match="văn bản căn cứ"):
        publish(with_holiday(common, cast), decision=" ", actor=cast.administrator, at=AT)


def test_a_day_wants_a_paper(common: WorkCalendar, cast: Cast) -> None:
    version = draft(common, actor=cast.administrator, at=AT)
    with pytest.raises(Refusal, match="văn bản quy định"):
        set_day(version, date=THURSDAY, kind="holiday", name="x", source=" ", actor=cast.administrator, at=AT)


def test_only_the_administrator_changes_calendars(common: WorkCalendar, cast: Cast) -> None:
    with pytest.raises(Forbidden):
        draft(common, actor=cast.leader, at=AT)


def test_a_unit_with_its_own_hours_keeps_the_common_holidays(common: WorkCalendar, cast: Cast) -> None:
    version = open_calendar(cast.district, name="Lịch huyện Tuy Phong", actor=cast.administrator, at=AT)
    day = ["07:00-11:30", "13:30-17:00"]
    set_hours(
        version,
        valid_from=dt.date(2014, 1, 1),
        week=[day, day, day, day, day, ["07:30-11:00"], []],
        source="Quyết định 5/QĐ-UBND",
        actor=cast.administrator,
        at=AT,
    )
    publish(version, decision="Quyết định 5/QĐ-UBND", actor=cast.administrator, at=AT)
    own = working_calendar(cast.district_vhtt, MONDAY)
    assert own.is_working_day(SATURDAY)
    assert not working_calendar(cast.stttt, MONDAY).is_working_day(SATURDAY)
    assert not own.is_working_day(dt.date(2014, 4, 30))
    runs = publish(with_holiday(common, cast), decision=PAPER, actor=cast.administrator, at=AT)
    assert len(runs) == 2
    assert not working_calendar(cast.district_vhtt, MONDAY).is_working_day(THURSDAY)
    assert working_calendar(cast.district_vhtt, MONDAY).is_working_day(SATURDAY)


def test_a_draft_of_a_unit_stays_a_draft_when_the_common_calendar_changes(common: WorkCalendar, cast: Cast) -> None:
    own = open_calendar(cast.district, name="Lịch huyện Tuy Phong", actor=cast.administrator, at=AT)
    set_day(own, date=SATURDAY, kind="makeup", name="", source=PAPER, actor=cast.administrator, at=AT)
    publish(own, decision=PAPER, actor=cast.administrator, at=AT)
    again = draft(own.calendar, actor=cast.administrator, at=AT)
    version = with_holiday(common, cast)
    publish(version, decision=PAPER, actor=cast.administrator, at=AT)
    again.refresh_from_db()
    assert (again.number, again.published_at, again.base_id) == (3, None, version.pk)
    calendar = working_calendar(cast.district, MONDAY)
    assert (calendar.version, calendar.is_working_day(THURSDAY), calendar.is_working_day(SATURDAY)) == (2, False, True)
    assert not calendar_of(again).is_working_day(THURSDAY)


def test_nothing_is_loaded_over_a_draft(common: WorkCalendar, cast: Cast) -> None:
    version = draft(common, actor=cast.administrator, at=AT)
    version.days.filter(origin="data", date__year=2014).delete()
    assert seed(at=AT) is None
    assert draft(common, actor=cast.administrator, at=AT).pk == version.pk


def test_hours_that_overlap_are_refused(common: WorkCalendar, cast: Cast) -> None:
    version = draft(common, actor=cast.administrator, at=AT)
    for bad in (["07:00-11:30", "11:00-17:00"], ["17:00-07:00"], ["bảy giờ"]):
        with pytest.raises(Refusal):
            set_hours(
                version,
                valid_from=dt.date(2014, 6, 1),
                week=[bad, [], [], [], [], [], []],
                source=PAPER,
                actor=cast.administrator,
                at=AT,
            )


def test_new_hours_hold_from_their_day(common: WorkCalendar, cast: Cast) -> None:
    version = draft(common, actor=cast.administrator, at=AT)
    summer = ["06:30-11:30", "13:30-16:30"]
    set_hours(
        version,
        valid_from=dt.date(2014, 6, 1),
        week=[summer] * 5 + [[], []],
        source=PAPER,
        actor=cast.administrator,
        at=AT,
    )
    calendar = calendar_of(version)
    assert calendar.usual_close(dt.date(2014, 5, 30)).hour == 17
    assert calendar.usual_close(dt.date(2014, 6, 2)).hour == 16


def test_seeding_keeps_what_was_written_on_screen(common: WorkCalendar, cast: Cast) -> None:
    version = draft(common, actor=cast.administrator, at=AT)
    set_day(
        version,
        date=dt.date(2014, 9, 1),
        kind="ordinary",
        name="",
        source=PAPER,
        actor=cast.administrator,
        at=AT,
    )
    publish(version, decision=PAPER, actor=cast.administrator, at=AT)
    assert seed(at=AT) is None
    assert working_calendar(None, MONDAY).is_working_day(dt.date(2014, 9, 1))
    assert Recomputation.objects.count() == 2
