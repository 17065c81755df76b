"""Statistics: equal to a plain recount; the list behind a figure has that many rows; who may read whose."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lienthong.cases import operations
from lienthong.cases.models import Case
from lienthong.cases.operations.stepping import act
from lienthong.cases.queries.results import period_of
from lienthong.cases.queries.statistics import GROUPS, agencies_of, statistics_of
from lienthong.cases.queries.statistics_counts import Counts, Slice, month_end, months_of
from lienthong.cases.queries.statistics_lists import MEASURES, cases_of
from lienthong.cases.tests.builders import VALUES, a_case
from lienthong.kernel import clock
from lienthong.kernel.clock import at_local
from lienthong.organisation.actor import Actor
from tests.cast import AT, MONDAY, Cast, Login

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
MARCH = Slice(dt.date(2014, 3, 1), dt.date(2014, 3, 31))
APRIL = Slice(dt.date(2014, 4, 1), dt.date(2014, 4, 30))
SPRING = Slice(dt.date(2014, 3, 1), dt.date(2014, 4, 30))
PARTS = (
    MARCH,
    APRIL,
    SPRING,
    Slice(MONDAY, MONDAY),
    Slice(MONDAY + DAY, MONDAY + 20 * DAY),  # days at the beginning, no whole month
    Slice(MONDAY - 40 * DAY, MONDAY + 29 * DAY),  # whole months between two ends
)
END = at_local(dt.date(2014, 5, 5), dt.time(9, 0))


def step(case: Case, action: str, actor: Actor, at: dt.datetime, reason: str = "") -> Case:
    return act(Case.objects.get(pk=case.pk), action, reason=reason, actor=actor, at=at)


def finish(cast: Cast, case: Case, at: dt.datetime) -> Case:
    case = step(case, "propose", cast.registrar, at)
    operations.write_result(
        case, "giay_khai_sinh", symbol="12/2014", signer="Đinh Công Tráng", actor=cast.commune_leader, at=at
    )
    return step(case, "sign", cast.commune_leader, at)


@pytest.fixture
def spring(cast: Cast) -> None:
    """Nine births: early, on time, late (done in April), declined, withdrawn, waiting, running late, new in April."""
    first = a_case(cast, values={**VALUES, "can_xac_minh": True})
    who = first.applicant
    finish(cast, first, AT + DAY)
    finish(cast, a_case(cast, applicant=who), AT)
    finish(cast, a_case(cast, applicant=who, channel="online"), AT + 30 * DAY)
    step(a_case(cast, applicant=who), "decline", cast.registrar, AT + DAY, "Đã đăng ký ở nơi khác")
    operations.withdraw(a_case(cast, applicant=who), reason="Thôi", actor=cast.commune_desk_officer, at=AT + DAY)
    waiting = a_case(cast, applicant=who, channel="post")
    operations.request_supplement(waiting, papers={"chung_sinh": "Mờ"}, actor=cast.registrar, at=AT)
    a_case(cast, applicant=who)
    a_case(cast, at=AT + 28 * DAY, applicant=who, channel="online")


def total(part: Slice, at: dt.datetime = END) -> Counts:
    return statistics_of(part, "unit", at=at).sum


@pytest.mark.usefixtures("spring")
def test_a_month_adds_up_and_the_next_carries_what_was_open() -> None:
    march = total(MARCH)
    assert (march.received, march.carried, march.online, march.otherwise) == (7, 0, 1, 6)
    assert (march.early, march.on_time, march.late, march.stopped, march.withdrawn) == (1, 1, 0, 1, 1)
    assert (march.open, march.in_time, march.overdue) == (3, 1, 2)
    assert march.had == march.closed + march.open
    april = total(APRIL)
    assert (april.carried, april.received, april.late, april.open) == (3, 1, 1, 3)
    assert (april.in_time, april.overdue, april.paused) == (1, 2, 1)
    assert (april.punctual_share, april.online_share, march.punctual_share) == (0.0, 100.0, 100.0)
    assert april.average_days == 30.0
    assert (april.satisfaction, april.digital_share) == (None, None)


@pytest.mark.usefixtures("spring")
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("group", GROUPS)
def test_every_figure_of_every_line_has_a_list_of_that_many_rows(part: Slice, group: str) -> None:
    for at in (END, AT + 40 * DAY):
        found = statistics_of(part, group, at=at)
        for line in found.lines:
            own = _own(part, group, line.key)
            for measure in MEASURES:
                figure = getattr(line.counts, measure)
                assert figure is None or cases_of(measure, own, at=at).count() == figure, (group, line.name, measure)
        for measure in MEASURES:
            assert cases_of(measure, part, at=at).count() == getattr(found.sum, measure), (group, measure)


def _own(part: Slice, group: str, key: Any) -> Slice:
    if group != "month":
        return replace(part, **{group: key})
    return replace(part, since=max(part.since, key), until=min(part.until, month_end(key)))


@pytest.mark.usefixtures("spring")
def test_the_months_tell_their_own_and_sum_to_the_whole() -> None:
    found = statistics_of(SPRING, "month", at=END)
    assert [(line.name, line.counts.carried, line.counts.received, line.counts.open) for line in found.lines] == [
        ("Tháng 03/2014", 0, 7, 3),
        ("Tháng 04/2014", 3, 1, 3),
    ]
    assert found.lines[0].counts.overdue is None
    assert found.sum == total(SPRING)


@pytest.mark.usefixtures("spring")
@pytest.mark.parametrize(
    ("group", "queries"), [("unit", 3), ("sector", 3), ("procedure", 3), ("channel", 2), ("month", 2)]
)
def test_a_table_takes_a_fixed_number_of_queries(
    group: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(queries):
        statistics_of(SPRING, group, at=END)


def test_an_agency_reads_its_own_and_the_province_all(cast: Cast) -> None:
    assert agencies_of(cast.commune_leader) == frozenset({cast.commune.pk})
    assert agencies_of(cast.division_head) == frozenset({cast.stttt.pk})
    assert agencies_of(cast.province_leader) is None
    assert agencies_of(cast.office_head) is None


@pytest.mark.usefixtures("spring")
def test_who_is_not_of_the_agency_gets_nothing_of_it(cast: Cast) -> None:
    part = replace(SPRING, agencies=agencies_of(cast.leader))
    assert total(part) == Counts()
    assert total(replace(part, unit=cast.commune.pk)) == Counts()
    assert not cases_of("had", replace(part, unit=cast.commune.pk), at=END).exists()


@pytest.mark.parametrize(
    ("since", "until", "count"), [((2014, 1, 31), (2014, 1, 31), 1), ((2013, 11, 5), (2014, 2, 1), 4)]
)
def test_the_months_of_a_period(since: tuple[int, int, int], until: tuple[int, int, int], count: int) -> None:
    months = months_of(dt.date(*since), dt.date(*until))
    assert len(months) == count
    assert (months[0], months[-1]) == (dt.date(*since[:2], 1), dt.date(*until[:2], 1))
    assert month_end(dt.date(2016, 2, 10)) == dt.date(2016, 2, 29)


# Pages


@pytest.fixture
def in_may(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let requests come on Monday 05/05/2014, with nothing kept from before."""
    monkeypatch.setattr(clock, "now", lambda: END)
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def leader(client: Client, cast: Cast, login: Login, in_may: None) -> Client:
    return login(client, cast.commune_leader)


PERIOD = {"since": "01/03/2014", "until": "30/04/2014"}


@pytest.mark.usefixtures("spring")
@pytest.mark.parametrize("group", GROUPS)
def test_the_page_shows_prints_and_writes_out_the_table(leader: Client, group: str) -> None:
    address = reverse("cases:statistics")
    page = leader.get(address, {**PERIOD, "group": group})
    assert page.status_code == 200
    words = page.content.decode()
    assert "measure=overdue" in words
    assert '<span class="lt-phone-word">Dừng xử lý, từ chối</span>' in words
    sheet = openpyxl.load_workbook(
        io.BytesIO(leader.get(address, {**PERIOD, "group": group, "format": "xlsx"}).content)
    ).active
    assert sheet is not None
    last = [cell.value for cell in list(sheet.iter_rows())[-1]]
    assert last[:2] == ["Cộng", 8]
    printed = leader.get(address, {**PERIOD, "group": group, "format": "print"}).content.decode()
    assert "Cộng" in printed
    assert "<a href" not in printed.partition("<table")[2].partition("</table>")[0]


@pytest.mark.usefixtures("spring")
def test_it_comes_as_pdf(leader: Client) -> None:
    answer = leader.get(reverse("cases:statistics"), {**PERIOD, "format": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


@pytest.mark.usefixtures("spring")
def test_a_figure_leads_to_its_cases(leader: Client) -> None:
    page = leader.get(reverse("cases:statistics_list"), {**PERIOD, "measure": "solved"}).content.decode()
    assert page.count("<tr data-row>") == 3
    assert page.count("data-open") == 3
    assert "Trần Văn Nam" in page


@pytest.mark.usefixtures("spring", "in_may")
def test_the_province_sees_the_cases_of_a_commune_without_their_people(
    client: Client, cast: Cast, login: Login
) -> None:
    login(client, cast.province_leader)
    page = client.get(reverse("cases:statistics_list"), {**PERIOD, "measure": "solved"}).content.decode()
    assert page.count("<tr data-row>") == 3
    assert "Trần Văn Nam" not in page
    assert "data-open" not in page


@pytest.mark.usefixtures("spring")
def test_a_list_goes_on_after_its_page(leader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lienthong.cases.queries.statistics_lists.PAGE", 5)
    page = leader.get(reverse("cases:statistics_list"), {**PERIOD, "measure": "had"})
    assert page.content.decode().count("<tr data-row>") == 5
    address = page.context["older"]
    assert leader.get(reverse("cases:statistics_list") + address).content.decode().count("<tr data-row>") == 3


@pytest.mark.parametrize(
    "period", [{"since": "30/02/2014"}, {"since": "01/03/2014", "until": "01/02/2014"}, {"since": "01/01/2010"}]
)
@pytest.mark.parametrize("page", ["cases:statistics", "cases:statistics_list"])
def test_a_period_that_is_none_is_said(leader: Client, page: str, period: dict[str, str]) -> None:
    answer = leader.get(reverse(page), {"until": "31/12/2014"} | period)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.usefixtures("spring")
@pytest.mark.parametrize(
    "odd", [{"group": "x"}, {"unit": "9" * 30}, {"sector": "-1"}, {"channel": "fax"}, {"procedure": "0"}]
)
def test_what_is_no_filter_is_left_out(leader: Client, odd: dict[str, str]) -> None:
    assert leader.get(reverse("cases:statistics"), PERIOD | odd).context["total"].received == 8


def test_who_holds_no_right_sees_none(client: Client, cast: Cast, login: Login) -> None:
    login(client, cast.outsider)
    for page in ("cases:statistics", "cases:statistics_list"):
        assert client.get(reverse(page)).status_code == 403


@pytest.mark.usefixtures("spring")
def test_the_page_and_a_list_take_a_fixed_number_of_queries(
    leader: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    leader.get(reverse("cases:statistics"))
    with django_assert_max_num_queries(18):
        leader.get(reverse("cases:statistics"), PERIOD)
    with django_assert_max_num_queries(14):
        leader.get(reverse("cases:statistics_list"), {**PERIOD, "measure": "had"})


# What everybody may read


@pytest.mark.usefixtures("spring", "in_may")
def test_everybody_may_read_how_an_agency_works_and_nobody_is_named(client: Client) -> None:
    page = client.get(reverse("cases:results"), {"ky": "nam"}).content.decode()
    assert "Ủy ban nhân dân xã Chí Công" in page
    assert "66,67" in page
    assert ",0<" not in page  # 100, not 100,0
    assert "Trần Văn Nam" not in page
    rows = list(
        csv.reader(
            io.StringIO(
                client.get(reverse("cases:results"), {"ky": "nam", "format": "csv"}).content.decode("utf-8-sig")
            )
        )
    )
    assert rows[1][:2] == ["Ủy ban nhân dân xã Chí Công", "8"]


@pytest.mark.usefixtures("spring", "in_may")
def test_what_everybody_reads_is_counted_once_in_ten_minutes(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(9):
        client.get(reverse("cases:results"))
    Case.objects.update(finished_at=END, is_late=False)
    with django_assert_max_num_queries(1):
        client.get(reverse("cases:results"))


def test_the_periods_of_the_public_page() -> None:
    today = dt.date(2014, 3, 10)
    assert period_of("thang", today) == (dt.date(2014, 3, 1), dt.date(2014, 3, 31))
    assert period_of("thang-truoc", today) == (dt.date(2014, 2, 1), dt.date(2014, 2, 28))
    assert period_of("nam", today) == (dt.date(2014, 1, 1), today)
