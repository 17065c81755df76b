"""A case where nobody works any more is seen by those above, told once, and passed on without losing anything."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lienthong.cases import operations
from lienthong.cases.models import Case
from lienthong.cases.queries.stranded import stranded_cases, stranded_units
from lienthong.cases.stranding import tell_stranded
from lienthong.cases.tests.builders import a_case, reception
from lienthong.kernel import clock
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.notifications.models import Notice
from lienthong.organisation.models import Post, Unit
from tests.cast import AT, MONDAY, Cast, Login

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def lost(cast: Cast) -> Case:
    """A case from home that lies at a desk which closed this morning."""
    case = operations.submit(reception(cast, channel="online"), actor=None, at=AT - HOUR)
    close(cast.commune_desk)
    return case


def close(desk: Unit) -> None:
    Post.objects.filter(unit=desk).update(valid_to=MONDAY)
    Unit.objects.filter(pk=desk.pk).update(valid_to=MONDAY)


def test_only_those_above_see_it_and_never_whose_it_is(cast: Cast, client: Client, login: Login, lost: Case) -> None:
    assert stranded_units(MONDAY) == [cast.commune_desk.pk]
    for actor in (cast.administrator, cast.commune_leader, cast.district_leader):
        assert list(stranded_cases(actor, MONDAY)) == [lost], actor
    for actor in (cast.leader, cast.registrar, cast.outsider, cast.district_desk_officer):
        assert not stranded_cases(actor, MONDAY).exists(), actor
    page = login(client, cast.administrator).get(reverse("cases:stranded")).content.decode()
    assert lost.code in page
    assert "Một cửa xã Chí Công" in page
    assert lost.applicant.name not in page
    assert login(Client(), cast.outsider).get(reverse("cases:stranded")).status_code == 403
    assert login(Client(), cast.leader).get(reverse("cases:rehouse", args=[lost.pk])).status_code == 404


def test_it_is_passed_on_and_the_new_desk_takes_it_in(cast: Cast, client: Client, login: Login, lost: Case) -> None:
    page = login(client, cast.district_leader)
    address = reverse("cases:rehouse", args=[lost.pk])
    assert page.post(address, {"unit": cast.district_desk.pk, "reason": ""}).status_code == 422
    assert page.post(address, {"unit": cast.district_works.pk, "reason": "Đóng"}).status_code == 422
    answer = page.post(address, {"unit": cast.district_desk.pk, "reason": "Bộ phận Một cửa xã đã đóng"})
    assert answer["Location"] == reverse("cases:stranded")
    case = Case.objects.get(pk=lost.pk)
    assert (case.holder_unit, case.receiving_unit) == (cast.district_desk, cast.district_desk)
    assert (case.code, case.competent_agency) == (lost.code, cast.commune)
    case = operations.act(case, "accept", actor=cast.district_desk_officer, at=AT)
    assert case.holder_unit == cast.commune  # who decides stays
    assert case.status == Case.Status.RECEIVED
    assert not stranded_units(MONDAY)


def test_what_somebody_can_take_is_not_passed_on_so(cast: Cast) -> None:
    case = a_case(cast)
    assert not stranded_units(MONDAY)
    with pytest.raises(Forbidden, match="đã có nơi nhận"):
        operations.rehouse(case, cast.district_desk, reason="Thử", actor=cast.administrator, at=AT)


def test_who_is_not_above_and_units_that_do_not_work_are_refused(cast: Cast, lost: Case) -> None:
    with pytest.raises(Forbidden):
        operations.rehouse(lost, cast.district_desk, reason="Thử", actor=cast.leader, at=AT)
    with pytest.raises(Refusal, match="không nhận được hồ sơ"):
        operations.rehouse(lost, cast.commune_desk, reason="Thử", actor=cast.administrator, at=AT)
    with pytest.raises(Refusal, match="Cần ghi lý do"):
        operations.rehouse(lost, cast.district_desk, reason=" ", actor=cast.administrator, at=AT)


def test_those_above_are_told_once_and_no_more_when_it_is_settled(cast: Cast, lost: Case) -> None:
    assert tell_stranded(at=AT) == 1
    assert tell_stranded(at=AT + HOUR) == 0
    told = Notice.objects.filter(kind="case.stranded", cleared_at=None)
    posts = {cast.administrator.post.pk, cast.commune_leader.post.pk, cast.district_leader.post.pk}
    assert set(told.values_list("post", flat=True)) == posts
    assert "1 hồ sơ" in told[0].text
    operations.rehouse(lost, cast.district_desk, reason="Đã đóng", actor=cast.administrator, at=AT)
    assert tell_stranded(at=AT + HOUR) == 0
    assert not told.all().exists()


def test_a_desk_whose_people_left_is_as_closed(cast: Cast) -> None:
    case = operations.submit(reception(cast, channel="online"), actor=None, at=AT)
    Post.objects.filter(unit=cast.commune_desk).update(valid_to=MONDAY)
    assert list(stranded_cases(cast.administrator, MONDAY)) == [case]


def test_the_list_takes_few_queries(
    cast: Cast, lost: Case, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(7):
        list(stranded_cases(cast.administrator, MONDAY))
