"""How long files are kept and when they go to the archive: arithmetic and rules as data."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.workfiles import retention
from lienthong.workfiles.retention import add_months, hand_over_due, kept_until, read, rule_on, rules

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))


@pytest.mark.parametrize(
    ("ended", "years", "until"),
    [
        (dt.date(2014, 3, 10), 10, dt.date(2024, 3, 10)),
        (dt.date(2014, 12, 31), 2, dt.date(2016, 12, 31)),
        (dt.date(2016, 2, 29), 5, dt.date(2021, 2, 28)),
        (dt.date(2016, 2, 29), 20, dt.date(2036, 2, 29)),
        (dt.date(2014, 3, 10), None, None),
    ],
)
def test_a_file_is_kept_so_many_years_after_its_work_ended(
    ended: dt.date, years: int | None, until: dt.date | None
) -> None:
    assert kept_until(ended, years) == until


@pytest.mark.parametrize(
    ("ended", "settled", "construction", "due"),
    [
        (dt.date(2014, 3, 10), None, False, dt.date(2015, 3, 10)),
        (dt.date(2016, 2, 29), None, False, dt.date(2017, 2, 28)),
        (dt.date(2014, 3, 10), dt.date(2014, 11, 30), True, dt.date(2015, 2, 28)),
        (dt.date(2014, 3, 10), dt.date(2014, 11, 30), False, dt.date(2015, 3, 10)),
        (dt.date(2014, 3, 10), None, True, dt.date(2015, 3, 10)),
    ],
)
def test_a_file_is_due_after_a_year_and_construction_three_months_after_settlement(
    ended: dt.date,
    settled: dt.date | None,
    construction: bool,  # noqa: FBT001
    due: dt.date,
) -> None:
    assert hand_over_due(ended, is_construction=construction, settled_on=settled) == due


@given(day=DAYS, months=st.integers(0, 2400))
def test_months_later_is_never_earlier_and_never_in_the_month_after(day: dt.date, months: int) -> None:
    later = add_months(day, months)
    assert later >= day
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months


@given(day=DAYS, years=st.integers(1, 199))
def test_longer_retention_never_ends_earlier(day: dt.date, years: int) -> None:
    assert (kept_until(day, years) or day) < (kept_until(day, years + 1) or day)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Vĩnh viễn", (True, None)),
        ("VĨNH VIỄN", (True, None)),
        ("VV", (True, None)),
        ("20 năm", (False, 20)),
        ("5", (False, 5)),
        ("0 năm", None),
        ("999999999999", None),
        ("lâu dài", None),
        ("", None),
        ("20 tháng", None),
    ],
)
def test_a_retention_is_read_as_people_write_it(text: str, meaning: tuple[bool, int | None] | None) -> None:
    assert read(text) == meaning


def test_every_rule_is_dated_sourced_and_says_whether_it_was_verified() -> None:
    assert len({rule.code for rule in rules()}) == len(rules())
    for rule in rules():
        assert rule.source
        assert rule.years is None or rule.years > 0
        assert ("cần đối chiếu" in rule.label) is not rule.verified


def test_a_rule_that_ended_is_no_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = retention.Rule("x", "Cũ", 5, "nguồn", True, dt.date(2000, 1, 1), dt.date(2014, 1, 1))  # noqa: FBT003
    monkeypatch.setattr(retention, "rules", lambda: (ended,))
    assert rule_on("x", dt.date(2013, 12, 31)) == ended
    assert rule_on("x", dt.date(2014, 1, 1)) is None
    assert rule_on("không có", dt.date(2013, 12, 31)) is None
