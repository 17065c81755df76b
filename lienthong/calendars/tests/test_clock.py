"""The clock of deadlines against a minute-by-minute oracle, and the properties that must hold."""

from __future__ import annotations

import dataclasses
import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lienthong.calendars.clock import (
    Calendar,
    Event,
    EventKind,
    Limit,
    Mark,
    MarkKind,
    Week,
    due,
    parse_limit,
    working_time,
)
from lienthong.calendars.explanation import explain
from lienthong.calendars.tests import oracle
from lienthong.calendars.working_time import FIRST_DAY
from lienthong.kernel.clock import VIETNAM
from lienthong.kernel.refusal import Refusal

MONDAY = dt.datetime.fromisoformat("2026-03-02T00:00")
MINUTE = dt.timedelta(minutes=1)
DAYS = ((), ("07:00-11:30",), ("07:00-11:30", "13:30-17:00"), ("08:00-12:00",))
FULL = DAYS[2]
Pauses = list[tuple[dt.datetime, dt.datetime]]


def sessions(texts: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    parts = [[part.split(":") for part in text.split("-")] for text in texts]
    return tuple((int(a[0]) * 60 + int(a[1]), int(b[0]) * 60 + int(b[1])) for a, b in parts)


def calendar_of(week: tuple[tuple[str, ...], ...], off: frozenset[int], made_up: frozenset[int]) -> Calendar:
    marks = {(MONDAY + dt.timedelta(days=day)).date(): Mark(MarkKind.HOLIDAY, "nghỉ") for day in off}
    marks |= {(MONDAY + dt.timedelta(days=day)).date(): Mark(MarkKind.MAKEUP, "bù") for day in made_up - off}
    return Calendar((Week(FIRST_DAY, tuple(sessions(day) for day in week)),), marks)


def office_of(week: tuple[tuple[str, ...], ...], off: frozenset[int], made_up: frozenset[int]) -> oracle.Office:
    days = {day: (MONDAY + dt.timedelta(days=day)).date() for day in off | made_up}
    return oracle.Office(
        tuple(sessions(day) for day in week),
        frozenset(days[day] for day in off),
        tuple((days[day], 0) for day in made_up - off),
    )


weeks = st.tuples(st.just(FULL), *[st.sampled_from(DAYS) for _ in range(6)])
some_days = st.frozensets(st.integers(0, 12), max_size=4)
minutes = st.integers(0, 10 * 1440).map(lambda count: MONDAY + count * MINUTE)
limits = st.one_of(
    st.tuples(st.integers(1, 6), st.just("working days")),
    st.tuples(st.integers(1, 20), st.just("working hours")),
    st.tuples(st.integers(1, 12), st.just("days")),
    st.tuples(st.just(1), st.just("months")),
)


@st.composite
def pause_rounds(draw: st.DrawFn, start: dt.datetime) -> Pauses:
    """Some rounds of pauses after a start, apart from each other."""
    edges = sorted(draw(st.sets(st.integers(0, 9 * 1440), max_size=6)))
    return [(start + a * MINUTE, start + b * MINUTE) for a, b in zip(edges[::2], edges[1::2], strict=False)]


def clock_of(calendar: Calendar, limit: Limit, start: dt.datetime, pauses: Pauses = ()) -> dt.datetime:  # type: ignore[assignment]  # none
    return due(calendar, limit, events_of(start, pauses)).replace(tzinfo=None)


def events_of(start: dt.datetime, pauses: Pauses) -> list[Event]:
    events = [Event(EventKind.START, start.replace(tzinfo=VIETNAM))]
    for begin, end in pauses:
        events += [
            Event(EventKind.PAUSE, begin.replace(tzinfo=VIETNAM)),
            Event(EventKind.RESUME, end.replace(tzinfo=VIETNAM)),
        ]
    return events


@settings(max_examples=60, deadline=None)
@given(weeks, some_days, some_days, minutes, limits, st.data())
def test_it_agrees_with_the_oracle(
    week: tuple[tuple[str, ...], ...],
    off: frozenset[int],
    made_up: frozenset[int],
    start: dt.datetime,
    limit: tuple[int, str],
    data: st.DataObject,
) -> None:
    pauses = data.draw(pause_rounds(start))
    expected = oracle.answer(office_of(week, off, made_up), *limit, start, pauses)
    asked = parse_limit(f"{limit[0]} {limit[1]}")
    assert clock_of(calendar_of(week, off, made_up), asked, start, pauses) == expected


@settings(deadline=None)
@given(weeks, some_days, minutes, limits, st.data())
def test_the_account_ends_where_the_clock_ends_and_adds_up(
    week: tuple[tuple[str, ...], ...],
    off: frozenset[int],
    start: dt.datetime,
    limit: tuple[int, str],
    data: st.DataObject,
) -> None:
    calendar, asked = calendar_of(week, off, frozenset()), parse_limit(f"{limit[0]} {limit[1]}")
    pauses = data.draw(pause_rounds(start))
    lines = explain(calendar, asked, events_of(start, pauses))
    assert lines[0].date == start.date()
    assert lines[-1].date == clock_of(calendar, asked, start, pauses).date()
    assert all(later.date - earlier.date == dt.timedelta(days=1) for earlier, later in pairwise(lines))
    if limit[1] == "working hours":
        assert sum((line.counted for line in lines), dt.timedelta()) == dt.timedelta(hours=limit[0])
    if limit[1] == "working days" and not pauses:
        assert [line.number for line in lines if line.number] == list(range(1, limit[0] + 1))


@settings(deadline=None)
@given(weeks, some_days, minutes, limits, st.data())
def test_a_pause_outside_the_hours_adds_nothing(
    week: tuple[tuple[str, ...], ...],
    off: frozenset[int],
    start: dt.datetime,
    limit: tuple[int, str],
    data: st.DataObject,
) -> None:
    calendar, asked = calendar_of(week, off, frozenset()), parse_limit(f"{limit[0]} {limit[1]}")
    begin = start + data.draw(st.integers(0, 9 * 1440)) * MINUTE
    assume(not calendar.is_open(begin))
    end = begin + data.draw(st.integers(1, 3 * 1440)) * MINUTE
    end = min(end, calendar.next_opening(begin))
    assert clock_of(calendar, asked, start, [(begin, end)]) == clock_of(calendar, asked, start)


@settings(deadline=None)
@given(weeks, some_days, minutes, st.integers(0, 5000), limits)
def test_what_arrives_later_is_never_due_earlier(
    week: tuple[tuple[str, ...], ...], off: frozenset[int], start: dt.datetime, later: int, limit: tuple[int, str]
) -> None:
    calendar, asked = calendar_of(week, off, frozenset()), parse_limit(f"{limit[0]} {limit[1]}")
    assert clock_of(calendar, asked, start) <= clock_of(calendar, asked, start + later * MINUTE)


@settings(deadline=None)
@given(weeks, some_days, minutes, limits, st.integers(1, 9), st.data())
def test_a_longer_limit_and_a_longer_pause_never_end_earlier(
    week: tuple[tuple[str, ...], ...],
    off: frozenset[int],
    start: dt.datetime,
    limit: tuple[int, str],
    more: int,
    data: st.DataObject,
) -> None:
    calendar, asked = calendar_of(week, off, frozenset()), parse_limit(f"{limit[0]} {limit[1]}")
    pauses = data.draw(pause_rounds(start))
    end = clock_of(calendar, asked, start, pauses)
    assert end <= clock_of(calendar, parse_limit(f"{limit[0] + more} {limit[1]}"), start, pauses)
    if pauses:
        longer = [*pauses[:-1], (pauses[-1][0], pauses[-1][1] + more * 60 * MINUTE)]
        assert end <= clock_of(calendar, asked, start, longer)
        assert clock_of(calendar, asked, start, pauses[:-1]) <= end


@settings(deadline=None)
@given(weeks, some_days, minutes, limits, st.integers(0, 25), st.data())
def test_a_further_holiday_never_makes_it_earlier(
    week: tuple[tuple[str, ...], ...],
    off: frozenset[int],
    start: dt.datetime,
    limit: tuple[int, str],
    day: int,
    data: st.DataObject,
) -> None:
    asked = parse_limit(f"{limit[0]} {limit[1]}")
    counts_working_time = "working" in limit[1]
    pauses = data.draw(pause_rounds(start)) if counts_working_time else []
    calendar = calendar_of(week, off, frozenset())
    holiday = {(MONDAY + dt.timedelta(days=day)).date(): Mark(MarkKind.HOLIDAY, "thêm")}
    closer = dataclasses.replace(calendar, marks={**calendar.marks, **holiday})
    assert clock_of(calendar, asked, start, pauses) <= clock_of(closer, asked, start, pauses)


@settings(deadline=None)
@given(minutes, st.integers(1, 6), st.data())
def test_any_number_of_rounds_costs_exactly_the_time_that_was_paused(
    start: dt.datetime, days: int, data: st.DataObject
) -> None:
    calendar, hours = Calendar(), parse_limit(f"{days * 8} giờ làm việc")
    pauses = data.draw(pause_rounds(start))
    end = due(calendar, hours, events_of(start, pauses))
    began = start.replace(tzinfo=VIETNAM)
    paused = sum(
        (
            working_time(calendar, begin.replace(tzinfo=VIETNAM), min(stop.replace(tzinfo=VIETNAM), end))
            for begin, stop in pauses
            if begin.replace(tzinfo=VIETNAM) < end
        ),
        dt.timedelta(),
    )
    assert working_time(calendar, began, end) - paused == dt.timedelta(hours=days * 8)


@pytest.mark.parametrize(
    ("limit", "start", "end"),
    [
        ("trong ngày", "2026-03-04T10:00", "2026-03-04T17:00"),
        ("trong ngày", "2026-03-04T18:00", "2026-03-05T17:00"),
        ("1 ngày làm việc", "2026-03-04T10:00", "2026-03-05T17:00"),
        ("1 ngày làm việc", "2026-03-04T12:00", "2026-03-05T17:00"),
        ("1 ngày làm việc", "2026-03-04T16:59", "2026-03-05T17:00"),
        ("1 ngày làm việc", "2026-03-04T17:00", "2026-03-06T17:00"),
        ("1 ngày làm việc", "2026-03-07T09:00", "2026-03-10T17:00"),
        ("0,5 ngày làm việc", "2026-03-04T10:00", "2026-03-05T11:00"),
        ("1/2 ngày làm việc", "2026-03-04T10:00", "2026-03-05T11:00"),
        ("8 giờ làm việc", "2026-03-02T07:00", "2026-03-02T17:00"),
        ("8 giờ làm việc", "2026-03-02T06:00", "2026-03-02T17:00"),
        ("8 giờ làm việc", "2026-03-06T16:00", "2026-03-09T16:00"),
        ("1 giờ", "2026-03-04T16:30", "2026-03-04T17:30"),
        ("24 giờ", "2026-03-06T10:00", "2026-03-09T07:00"),
        ("24 giờ", "2026-03-04T10:00", "2026-03-05T10:00"),
        ("5 ngày", "2026-03-02T10:00", "2026-03-09T17:00"),
        ("1 tuần", "2026-03-02T10:00", "2026-03-09T17:00"),
        ("1 tháng", "2026-01-30T10:00", "2026-03-02T17:00"),
        ("1 năm", "2024-02-29T10:00", "2025-02-28T17:00"),
        ("70 tháng", "2026-04-29T16:30", "2032-03-01T17:00"),
    ],
)
def test_limits_of_every_unit(limit: str, start: str, end: str) -> None:
    assert clock_of(Calendar(), parse_limit(limit), dt.datetime.fromisoformat(start)) == dt.datetime.fromisoformat(end)


@pytest.mark.parametrize(
    "text",
    ["", "ngày", "3", "ba ngày", "1,5 ngày", "0 giờ", "1/0 ngày làm việc", "3 ngày làm", "999999 ngày", "-1 ngày"],
)
def test_limits_that_mean_nothing_are_refused(text: str) -> None:
    with pytest.raises(Refusal):
        parse_limit(text)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("3 Ngày Làm Việc", "3 working days"),
        ("16 gio lam viec", "16 giờ làm việc"),
        ("03 ngày làm việc", "3 working days"),
        ("1.5 working days", "1,5 ngày làm việc"),
        ("2 months", "2 tháng"),
        ("1 hour", "1 giờ"),
    ],
)
def test_limits_are_read_in_both_languages_and_written_so_that_they_can_be_read_again(text: str, same: str) -> None:
    assert parse_limit(text) == parse_limit(same) == parse_limit(str(parse_limit(text)))


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def test_an_extension_counts_from_the_old_end_and_keeps_the_pauses() -> None:
    events = [
        Event(EventKind.START, at("2026-03-02T10:00")),
        Event(EventKind.PAUSE, at("2026-03-03T07:00")),
        Event(EventKind.RESUME, at("2026-03-04T07:00")),
        Event(
            EventKind.EXTEND, at("2026-03-05T09:00"), limit=parse_limit("2 ngày làm việc"), reason="chờ Sở Tài chính"
        ),
    ]
    limit = parse_limit("2 ngày làm việc")
    assert due(Calendar(), limit, events[:1]) == at("2026-03-04T17:00")
    assert due(Calendar(), limit, events[:3]) == at("2026-03-05T17:00")
    assert due(Calendar(), limit, events) == at("2026-03-09T17:00")
    notes = " ".join(note for line in explain(Calendar(), limit, events) for note in line.notes)
    assert "Gia hạn thêm 2 ngày làm việc (chờ Sở Tài chính): hạn mới 17:00 09/03/2026." in notes
    assert "Hạn ban đầu: 17:00 04/03/2026." in notes
    assert "Hết hạn lúc 17:00." in notes


def test_an_extension_to_a_day_is_that_day_whatever_was_paused_before() -> None:
    events = [
        Event(EventKind.START, at("2026-03-02T10:00")),
        Event(EventKind.PAUSE, at("2026-03-03T07:00")),
        Event(EventKind.RESUME, at("2026-03-04T07:00")),
        Event(EventKind.EXTEND, at("2026-03-04T09:00"), until=dt.date(2026, 3, 20)),
    ]
    assert due(Calendar(), parse_limit("2 ngày làm việc"), events) == at("2026-03-20T17:00")


def test_a_day_fixed_by_a_paper_is_not_moved_by_a_weekend() -> None:
    assert due(Calendar(), dt.date(2026, 3, 7), [Event(EventKind.START, at("2026-03-02T10:00"))]) == at(
        "2026-03-07T17:00"
    )


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (["pause"], "thời điểm nhận"),
        (["start", "resume"], "không tạm dừng"),
        (["start", "pause", "pause"], "đang tạm dừng"),
        (["start", "start"], "chỉ ghi một lần"),
        (["start", "extend"], "thêm bao lâu"),
    ],
)
def test_an_order_of_events_that_makes_no_sense_is_refused(kinds: list[str], said: str) -> None:
    moment = at("2026-03-02T10:00")
    events = [Event(EventKind(kind), moment + count * MINUTE) for count, kind in enumerate(kinds)]
    with pytest.raises(Refusal, match=said):
        due(Calendar(), parse_limit("2 ngày"), events)


def test_events_survive_being_stored() -> None:
    events = [
        Event(EventKind.START, at("2026-03-02T10:00")),
        Event(EventKind.EXTEND, at("2026-03-03T10:00"), limit=parse_limit("1/3 ngày làm việc"), reason="vì mưa"),
        Event(EventKind.EXTEND, at("2026-03-04T10:00"), until=dt.date(2026, 4, 1)),
    ]
    assert [Event.from_json(event.as_json()) for event in events] == events


def test_a_calendar_without_hours_refuses_instead_of_searching_for_ever() -> None:
    empty = Calendar((Week(FIRST_DAY, ((),) * 7),))
    with pytest.raises(Refusal):
        due(empty, parse_limit("1 ngày làm việc"), [Event(EventKind.START, at("2026-03-02T10:00"))])
