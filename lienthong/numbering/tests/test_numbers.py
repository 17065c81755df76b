"""Numbers have no gaps and no doubles, whatever happens."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.numbering.models import Number, Series
from lienthong.numbering.operations import open_series, take, take_given
from lienthong.numbering.periods import of_day, said
from lienthong.numbering.queries import balance

AT = dt.datetime(2014, 1, 22, 4, 0, tzinfo=dt.UTC)
PAPER = Subject("paper", 7)


@pytest.fixture
def series(db: None) -> Series:
    return open_series("arrivals:1", name="Sổ văn bản đến")


def test_numbers_follow_one_another_and_begin_again_each_year(series: Series) -> None:
    assert [take(series, period=2014, subject=PAPER, at=AT) for _ in range(3)] == [1, 2, 3]
    assert take(series, period=2015, subject=PAPER, at=AT) == 1
    assert balance() == []


def test_a_rollback_gives_the_number_back(series: Series) -> None:
    with transaction.atomic():
        assert take(series, period=2014, subject=PAPER, at=AT) == 1
        transaction.set_rollback(True)
    assert take(series, period=2014, subject=PAPER, at=AT) == 1


def test_a_given_number_that_is_used_is_refused(series: Series) -> None:
    take(series, period=2014, subject=PAPER, at=AT)
    with pytest.raises(Refusal, match="Số 1 năm 2014 đã dùng"):
        take_given(series, period=2014, number=1, subject=PAPER, at=AT)
    assert take_given(series, period=2014, number=1, suffix="B", subject=PAPER, at=AT) == 1
    assert take_given(series, period=2014, number=2, subject=PAPER, at=AT) == 2


def test_a_given_number_that_would_leave_a_gap_is_refused(series: Series) -> None:
    with pytest.raises(Refusal, match="để trống các số từ 1"):
        take_given(series, period=2014, number=5, subject=PAPER, at=AT)


def test_the_balance_names_a_lost_number(series: Series, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        take(series, period=2014, subject=PAPER, at=AT)
    call_command("numbering", "balance")
    Number.objects.filter(number=2).delete()
    with pytest.raises(CommandError):
        call_command("numbering", "balance")
    assert "arrivals:1 năm 2014" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_eight_writers_leave_no_gap_and_no_double() -> None:
    series = open_series("arrivals:1", name="Sổ văn bản đến")

    def write(_: int) -> list[int]:
        try:
            taken = []
            for _turn in range(10):
                with transaction.atomic():
                    taken.append(take(series, period=2014, subject=PAPER, at=AT))
            return taken
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = [number for taken in pool.map(write, range(8)) for number in taken]
    assert sorted(numbers) == list(range(1, 81))
    assert balance() == []


def test_numbers_of_a_day_begin_again_on_the_next(series: Series) -> None:
    days = [dt.date(2014, 3, 5), dt.date(2014, 3, 5), dt.date(2014, 3, 6)]
    with transaction.atomic():
        assert [take(series, period=of_day(day), subject=PAPER, at=AT) for day in days] == [1, 2, 1]
    assert balance() == []


def test_a_period_is_said_as_people_say_it() -> None:
    assert (said(2014), said(of_day(dt.date(2014, 3, 5)))) == ("năm 2014", "ngày 05/03/2014")
