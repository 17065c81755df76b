"""Warning before the end: in working time, once for an end, and to whoever holds the case then."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from lienthong.cases import operations
from lienthong.cases.jobs import warn
from lienthong.cases.models import Case
from lienthong.cases.operations.warning import warn_all
from lienthong.cases.queries.lists import Filters, case_page
from lienthong.cases.tests.builders import VALUES, a_case
from lienthong.kernel import clock
from lienthong.kernel.clock import at_local, local
from lienthong.notifications.models import Notice
from tests.cast import AT, MONDAY, Cast

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


def _five_days(cast: Cast) -> Case:
    """Receive a birth that must be verified: due on Monday 17/03 at 17:00."""
    case = a_case(cast, values={**VALUES, "can_xac_minh": True})
    assert case.due_at is not None
    assert local(case.due_at).strftime("%H:%M %d/%m") == "17:00 17/03"
    return case


def _told(kind: str = "case.due") -> list[str]:
    rows = Notice.objects.filter(kind__startswith=kind, cleared_at=None)
    return list(rows.order_by("pk").values_list("text", flat=True))


def test_three_days_and_one_day_before_the_holder_is_told_once_each(cast: Cast) -> None:
    case = _five_days(cast)
    assert warn_all(at=AT + DAY) == 0
    assert warn_all(at=AT + 3 * DAY) == 1  # Thursday 10:00: 6 + 8 + 8 hours
    assert warn_all(at=AT + 3 * DAY + HOUR) == 0
    assert _told() == [f"{case.code}: còn không quá 3 ngày làm việc, hạn 17:00 17/03/2014"]
    assert Notice.objects.get(kind="case.due_in_3").post == cast.registrar.post
    assert warn_all(at=AT + 7 * DAY) == 1
    assert "không kịp thì lập phiếu xin lỗi" in _told("case.due_in_1")[0]


@pytest.mark.parametrize("moment", [at_local(MONDAY + 5 * DAY, dt.time(10)), at_local(MONDAY + 4 * DAY, dt.time(22))])
def test_nobody_is_told_outside_working_time(cast: Cast, moment: dt.datetime) -> None:
    _five_days(cast)
    assert warn_all(at=moment) == 0


def test_a_case_of_one_day_is_not_warned_of(cast: Cast) -> None:
    a_case(cast)
    assert warn_all(at=AT + HOUR) == 0


def test_who_takes_it_over_is_told_too(cast: Cast) -> None:
    case = _five_days(cast)
    warn_all(at=AT + 3 * DAY)
    operations.act(case, "propose", actor=cast.registrar, at=AT + 3 * DAY)
    assert warn_all(at=AT + 3 * DAY + HOUR) == 1
    assert Notice.objects.filter(kind="case.due_in_3", post=cast.commune_leader.post).exists()


def test_what_waits_is_not_warned_of_and_what_is_done_is_forgotten(cast: Cast) -> None:
    case = _five_days(cast)
    warn_all(at=AT + 3 * DAY)
    operations.request_supplement(case, papers={"to_khai": "Sai"}, actor=cast.registrar, at=AT + 3 * DAY)
    assert warn_all(at=AT + 7 * DAY) == 0
    assert _told() == []


def test_after_an_apology_it_is_not_asked_for_again(cast: Cast) -> None:
    case = _five_days(cast)
    until = local(AT).date() + 9 * DAY
    operations.apologise(case, reason="Chờ xác minh", until=until, actor=cast.registrar, at=AT + DAY)
    warn_all(at=AT + 7 * DAY)
    assert "phiếu xin lỗi" not in _told("case.due_in_1")[0]


def test_looking_takes_few_queries(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    case = a_case(cast, values={**VALUES, "can_xac_minh": True})
    for _ in range(3):
        a_case(cast, applicant=case.applicant, values={**VALUES, "can_xac_minh": True})
    with django_assert_max_num_queries(6):
        warn_all(at=AT + DAY)


def test_the_job_looks_by_the_clock(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    _five_days(cast)
    monkeypatch.setattr(clock, "now", lambda: AT + 3 * DAY)
    warn(timestamp=0)
    assert len(_told()) == 1


def test_the_list_shows_what_is_due_within_three_working_days(cast: Cast) -> None:
    case = _five_days(cast)
    assert case_page(cast.registrar, Filters("soon"), AT + HOUR).cases == []
    assert case_page(cast.registrar, Filters("soon"), AT + 3 * DAY).cases == [case]
    assert case_page(cast.outsider, Filters("soon"), AT + 3 * DAY).cases == []
    assert case_page(cast.registrar, Filters("soon"), AT + 20 * DAY).cases == []
