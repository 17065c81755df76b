"""The deadline badge: one wording and one tone for each way in which a deadline may stand."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kernel import clock
from lienthong.ui.deadlines import badge

HOUR = dt.timedelta(hours=1)
MONDAY = dt.date(2014, 1, 20)
NOW = clock.at_local(MONDAY, dt.time(9))
TONIGHT = clock.at_local(MONDAY, dt.time(17))
THURSDAY = clock.at_local(dt.date(2014, 1, 23), dt.time(17))
LAST_FRIDAY = clock.at_local(dt.date(2014, 1, 17), dt.time(17))


@pytest.mark.parametrize(
    ("due_at", "hours", "text", "tone"),
    [
        (THURSDAY, 19, "Còn 2 ngày 3 giờ", "neutral"),
        (THURSDAY, 16, "Còn 2 ngày", "neutral"),
        (THURSDAY, 8, "Còn 1 ngày", "neutral"),
        (clock.at_local(dt.date(2014, 1, 21), dt.time(9)), 6.5, "Còn 6 giờ", "soon"),
        (TONIGHT, 6, "Hôm nay 17:00", "soon"),
        (TONIGHT, 3, "Còn 3 giờ", "soon"),
        (TONIGHT, 0.5, "Còn 30 phút", "soon"),
        (LAST_FRIDAY, -8, "Quá hạn 1 ngày", "late"),
        (LAST_FRIDAY, -2, "Quá hạn 2 giờ", "late"),
        (LAST_FRIDAY, 0, "Vừa quá hạn", "late"),
    ],
)
def test_an_open_deadline(due_at: dt.datetime, hours: float, text: str, tone: str) -> None:
    found = badge(due_at, NOW, hours * HOUR)
    assert (found.text, found.tone) == (text, tone)


@pytest.mark.parametrize(
    ("due_at", "hours", "text", "tone"),
    [
        (THURSDAY, 19, "Xong sớm 2 ngày", "done"),
        (THURSDAY, 7, "Xong đúng hạn", "done"),
        (LAST_FRIDAY, -8, "Xong trễ 1 ngày", "done-late"),
        (LAST_FRIDAY, -2, "Xong trễ 2 giờ", "done-late"),
        (LAST_FRIDAY, 0, "Xong trễ", "done-late"),
    ],
)
def test_what_is_done(due_at: dt.datetime, hours: float, text: str, tone: str) -> None:
    found = badge(due_at, NOW, hours * HOUR, done_at=NOW)
    assert (found.text, found.tone) == (text, tone)


def test_what_is_paused_says_so_and_not_that_it_is_late() -> None:
    assert badge(LAST_FRIDAY, NOW, -8 * HOUR, suspended=True).text == "Tạm dừng"


def test_without_a_deadline() -> None:
    assert badge(None, NOW).text == "Không thời hạn"
    assert badge(None, NOW, done_at=NOW).text == "Xong"


def test_the_full_date_is_on_hover() -> None:
    assert badge(THURSDAY, NOW, 19 * HOUR).title == "Hạn 17:00 thứ Năm 23/01/2014"


def test_without_working_time_plain_time_is_told() -> None:
    assert badge(THURSDAY, NOW).text == "Còn 3 ngày 8 giờ"


@given(due=st.integers(-10_000, 10_000), left=st.integers(-5_000, 5_000), done=st.booleans(), suspended=st.booleans())
def test_every_badge_has_words_and_an_icon_and_red_means_past(
    due: int, left: int, *, done: bool, suspended: bool
) -> None:
    due_at = NOW + dt.timedelta(minutes=due)
    found = badge(due_at, NOW, dt.timedelta(minutes=left), done_at=NOW if done else None, suspended=suspended)
    assert found.text
    assert found.icon
    assert "-" not in found.text
    if found.tone in {"late", "done-late"}:
        assert due_at < NOW
