"""A long account of a deadline is shortened for reading and loses nothing."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from lienthong.calendars.clock import Calendar, Event, EventKind, Mark, MarkKind, parse_limit
from lienthong.calendars.explanation import explain
from lienthong.calendars.stretches import Stretch, condensed
from lienthong.calendars.tests.test_clock import (
    calendar_of,
    events_of,
    limits,
    minutes,
    pause_rounds,
    some_days,
    weeks,
)
from lienthong.kernel.clock import at_local


@settings(deadline=None)
@given(weeks, some_days, minutes, limits, st.data())
def test_a_shortened_account_loses_no_day(
    week: tuple[tuple[str, ...], ...],
    off: frozenset[int],
    start: dt.datetime,
    limit: tuple[int, str],
    data: st.DataObject,
) -> None:
    calendar, asked = calendar_of(week, off, frozenset()), parse_limit(f"{limit[0]} {limit[1]}")
    lines = explain(calendar, asked, events_of(start, data.draw(pause_rounds(start))))
    shown = condensed(lines)
    told = [day for one in shown for day in (one.days if isinstance(one, Stretch) else (one,))]
    assert told == lines
    assert all(not day.notes for one in shown if isinstance(one, Stretch) for day in one.days)


def test_a_hundred_and_sixty_days_are_told_in_a_few_lines_with_what_is_out_of_the_ordinary() -> None:
    start = at_local(dt.date(2014, 1, 6), dt.time(8))
    holiday = Mark(MarkKind.HOLIDAY, name="Tết Nguyên đán", source="Thông báo 4480")
    tet = {dt.date(2014, 1, day): holiday for day in range(28, 32)}
    lines = explain(Calendar(marks=tet), parse_limit("160 working days"), [Event(EventKind.START, start)])
    shown = condensed(lines)
    assert len(lines) > 200
    assert [one.text for one in shown if isinstance(one, Stretch)] == [
        "15 ngày làm việc thường: ngày thứ 1 đến ngày thứ 15; 6 ngày nghỉ cuối tuần.",
        "Nghỉ: Tết Nguyên đán (4 ngày).",
        "144 ngày làm việc thường: ngày thứ 16 đến ngày thứ 159; 58 ngày nghỉ cuối tuần.",
    ]
    assert len(shown) == 5
    assert condensed(lines[:10]) == lines[:10]


def test_a_makeup_day_says_so_once() -> None:
    start = at_local(dt.date(2014, 1, 24), dt.time(8))
    made_up = {dt.date(2014, 1, 25): Mark(MarkKind.MAKEUP, name="Làm bù cho ngày 28/01/2014")}
    lines = explain(Calendar(marks=made_up), parse_limit("2 working days"), [Event(EventKind.START, start)])
    assert lines[1].text == "Làm bù cho ngày 28/01/2014: ngày thứ 1."
