from __future__ import annotations

import datetime as dt

import pytest

from lienthong.tasks.due import Due, parse, quarter_label
from lienthong.tasks.tests.conftest import Give
from tests.cast import Cast


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Quý II/2014", Due.quarter(2014, 2)),
        ("quý 4 năm 2014", Due.quarter(2014, 4)),
        ("Quý III", Due.quarter(2014, 3)),
        ("Quí I-2015", Due.quarter(2015, 1)),
        ("15/6/2014", Due.on(dt.date(2014, 6, 15))),
        ("trước ngày 20/12/2013 (Thứ sáu)", Due.on(dt.date(2013, 12, 20))),
        ("2014-06-15", Due.on(dt.date(2014, 6, 15))),
        ("Thường xuyên", Due.ongoing()),
        ("trong năm", Due.ongoing()),
        ("30/02/2014", None),
        ("sớm nhất có thể", None),
        ("", None),
    ],
)
def test_people_write_deadlines_in_many_ways(text: str, due: Due | None) -> None:
    assert parse(text, year=2014) == due


def test_a_quarter_without_its_year_is_not_guessed() -> None:
    assert parse("Quý II") is None


@pytest.mark.parametrize(
    ("quarter", "last"), [(1, (2014, 3, 31)), (2, (2014, 6, 30)), (3, (2014, 9, 30)), (4, (2014, 12, 31))]
)
def test_a_quarter_ends_with_its_last_day(quarter: int, last: tuple[int, int, int]) -> None:
    day = Due.quarter(2014, quarter).date
    assert day == dt.date(*last)
    assert quarter_label(day) == f"Quý {['I', 'II', 'III', 'IV'][quarter - 1]}/2014"


def test_a_quarter_is_due_at_the_close_of_its_last_working_day(cast: Cast, give: Give) -> None:
    task = give(due=Due.quarter(2016, 2))  # 30/06/2016 is a Thursday
    assert task.due_at
    assert task.due_at.astimezone().date() == dt.date(2016, 6, 30)
    weekend = give(due=Due.quarter(2018, 2))  # 30/06/2018 is a Saturday
    assert weekend.due_at
    assert f"{weekend.due_at.astimezone(dt.timezone(dt.timedelta(hours=7))):%d/%m/%Y %H:%M}" == "29/06/2018 17:00"
