"""Notifications learn from the calendar when they may disturb."""

from __future__ import annotations

import datetime as dt

import pytest

from lienthong.kernel.clock import VIETNAM
from lienthong.notifications import hours
from tests.cast import Cast


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        ("2014-03-10T10:00", "2014-03-10T10:00"),
        ("2014-03-10T12:15", "2014-03-10T12:15"),  # the lunch break
        ("2014-03-10T06:30", "2014-03-10T07:00"),
        ("2014-03-10T17:00", "2014-03-11T07:00"),
        ("2014-03-14T22:00", "2014-03-17T07:00"),  # a Friday night
        ("2014-04-30T10:00", "2014-05-05T07:00"),  # two holidays; 02/05 was given against a make-up Saturday
    ],
)
def test_letters_wait_for_the_opening(cast: Cast, at: str, opening: str) -> None:
    moment, expected = (dt.datetime.fromisoformat(text).replace(tzinfo=VIETNAM) for text in (at, opening))
    assert hours.next_opening(cast.cntt.pk, moment.astimezone(dt.UTC)) == expected


def test_a_holiday_is_no_working_day(cast: Cast) -> None:
    assert hours.is_working_day(cast.cntt.pk, dt.date(2014, 3, 10))
    assert not hours.is_working_day(cast.cntt.pk, dt.date(2014, 4, 30))
