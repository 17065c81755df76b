"""The seeded calendar and the command that answers from it."""

from __future__ import annotations

import datetime as dt
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from lienthong.calendars.models import CalendarVersion
from lienthong.calendars.operations.seeding import seed
from lienthong.calendars.queries import working_calendar

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _seeded(db: None) -> None:
    seed(at=AT)


def answer(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("due", *arguments, "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_the_command_tells_when_and_why() -> None:
    told = answer("--start", "2026-04-29T16:30", "--limit", "3 working days")
    assert told["due"] == "2026-05-06T17:00:00+07:00"
    kinds = {line["date"]: line["kind"] for line in told["explanation"]}
    assert kinds["2026-04-29"] == "received"
    assert kinds["2026-04-30"] == kinds["2026-05-01"] == "holiday"
    assert kinds["2026-05-02"] == "weekend"
    assert [line["number"] for line in told["explanation"] if line["number"]] == [1, 2, 3]


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        ("2026-04-29T18:00", "1 ngày làm việc", "2026-05-05T17:00:00+07:00"),
        ("2025-12-31T10:00", "1 ngày làm việc", "2026-01-05T17:00:00+07:00"),
        ("2026-01-09T10:00", "1 ngày làm việc", "2026-01-10T17:00:00+07:00"),
        ("2014-01-24T10:00", "1 ngày làm việc", "2014-01-25T17:00:00+07:00"),
        ("2014-01-27T10:00", "2 ngày làm việc", "2014-02-07T17:00:00+07:00"),
        ("2026-11-20T10:00", "3 ngày làm việc", "2026-11-26T17:00:00+07:00"),
        ("2026-04-29T09:30:00Z", "3 working days", "2026-05-06T17:00:00+07:00"),
    ],
)
def test_the_holidays_of_real_years(start: str, limit: str, due: str) -> None:
    assert answer("--start", start, "--limit", limit)["due"] == due


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--start", "2026-02-30T10:00", "--limit", "3 ngày"], "không phải ngày giờ hợp lệ"),
        (["--start", "hôm qua", "--limit", "3 ngày"], "không phải ngày giờ hợp lệ"),
        (["--start", "2026-03-30T10:00", "--limit", "vài ngày"], "Không hiểu thời hạn"),
        (["--start", "2026-03-30T10:00", "--limit", "0 ngày"], "lớn hơn 0"),
        (["--start", "2026-03-30T10:00", "--limit", "-3 ngày"], "Không hiểu thời hạn"),
        (["--start", "2026-03-30T10:00", "--limit", "3 ngày", "--calendar", "Sao Hỏa"], "Không có lịch tên “Sao Hỏa”"),
        (
            ["--start", "2026-03-30T10:00", "--limit", "3 ngày", "--pause", "2026-04-02T10:00..2026-04-01T10:00"],
            "kết thúc trước khi bắt đầu",
        ),
        (["--start", "2026-03-30T10:00", "--limit", "3 ngày", "--pause", "2026-04-02T10:00"], "START..END"),
        (
            ["--start", "2026-03-30T10:00", "--limit", "3 ngày", "--pause", "2026-03-01T10:00..2026-03-02T10:00"],
            "sau thời điểm nhận",
        ),
        (["--start", "1926-03-30T10:00", "--limit", "3 ngày"], "ngoài lịch"),
        (["--start", "2026-03-30T10:00", "--limit", "999 năm"], "lịch"),
    ],
)
def test_nonsense_is_refused_plainly(arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        answer(*arguments)


def test_seeding_again_changes_nothing() -> None:
    assert seed(at=AT) is None
    assert CalendarVersion.objects.count() == 1


def test_the_calendar_is_built_once_and_then_found_with_one_query(django_assert_num_queries: Any) -> None:
    working_calendar(None, dt.date(2026, 11, 22))
    with django_assert_num_queries(1):
        working_calendar(None, dt.date(2026, 11, 22))
