"""Dates, money and sizes are written as Vietnamese readers write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from lienthong.kernel import clock
from lienthong.ui import formats


def test_a_day_stands_as_day_month_year() -> None:
    assert formats.day(dt.date(2014, 1, 22)) == "22/01/2014"


def test_a_moment_is_told_by_the_clock_in_viet_nam() -> None:
    late_in_greenwich = dt.datetime(2014, 1, 21, 17, 5, tzinfo=dt.UTC)
    assert formats.moment(late_in_greenwich) == "00:05 22/01/2014"
    assert formats.day(late_in_greenwich) == "22/01/2014"


def test_a_weekday_is_named() -> None:
    assert formats.weekday(dt.date(2014, 1, 22)) == "thứ Tư 22/01/2014"
    assert formats.weekday(dt.date(2014, 1, 26)) == "Chủ nhật 26/01/2014"


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (0, 0, "0"),
        (1234, 0, "1.234"),
        (-1234567, 0, "-1.234.567"),
        (1.25, 1, "1,3"),
        (12.0, 1, "12"),
        (1234.5, 2, "1.234,5"),
    ],
)
def test_a_number_has_dots_and_a_decimal_comma(value: float, places: int, words: str) -> None:
    assert formats.number(value, places) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (1_200_000_000, "1,2 tỷ đồng"),
        (1_000_000_000, "1 tỷ đồng"),
        (1_234_567_890_000, "1.234,57 tỷ đồng"),
        (350_000_000, "350 triệu đồng"),
        (900_000, "900.000 đ"),
        (Decimal(-2_500_000), "-2,5 triệu đồng"),
    ],
)
def test_money_at_a_glance(amount: int | Decimal, words: str) -> None:
    assert formats.short_dong(amount) == words


def test_money_in_full() -> None:
    assert formats.dong(1_200_000) == "1.200.000 đ"


@pytest.mark.parametrize(
    ("octets", "words"), [(0, "0 B"), (1023, "1.023 B"), (1024, "1 KB"), (1_468_006, "1,4 MB"), (5 * 1024**4, "5 TB")]
)
def test_the_size_of_a_file(octets: int, words: str) -> None:
    assert formats.size(octets) == words


def test_a_share_of_nothing_is_a_dash() -> None:
    assert formats.percent(1, 0) == "–"
    assert formats.percent(7, 8) == "87,5%"


def test_working_time_is_told_in_working_days() -> None:
    assert formats.span(dt.timedelta(hours=19)) == "2 ngày 3 giờ"
    assert formats.span(dt.timedelta(hours=14), hours_a_day=7) == "2 ngày"
    assert formats.span(dt.timedelta(minutes=40)) == "40 phút"
    assert formats.span(dt.timedelta(hours=8 * 3172 + 3)) == "3.172 ngày"


def test_time_of_day_is_local() -> None:
    assert formats.time(clock.at_local(dt.date(2014, 1, 22), dt.time(14, 5))) == "14:05"
