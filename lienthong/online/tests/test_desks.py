"""Which desk receives what comes from home: by the rule of the day, and among those the citizen chooses."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries, Settings

from lienthong.cases import reception
from lienthong.cases.models import Case
from lienthong.cases.operations import receive
from lienthong.cases.queries.desks import ELSEWHERE, desks_for
from lienthong.cases.reception import Desks, desk_rule_on, read_desk_rule
from lienthong.cases.tests import builders
from lienthong.cases.tests.two_levels import DAY as TWO_LEVELS
from lienthong.cases.tests.two_levels import MORNING, Two, abolish
from lienthong.kernel import clock
from lienthong.kernel.refusal import Refusal
from lienthong.online.models import Citizen, Filling
from lienthong.online.operations import filling as operations
from lienthong.online.operations.submitting import submit_filling
from lienthong.online.standing import Standing
from lienthong.online.tests.builders import a_citizen
from lienthong.online.tests.fillings import HOUSEHOLD, a_filling, filled, filled_after_the_change, posted, send
from lienthong.organisation.models import Post, Unit
from lienthong.procedures.queries import published
from tests.cast import AT, MONDAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.DATA_DIR = tmp_path
    default = {
        "BACKEND": "lienthong.files.storage.DurableFileSystemStorage",
        "OPTIONS": {"location": tmp_path / "files"},
    }
    settings.STORAGES = settings.STORAGES | {"default": default}


@pytest.fixture
def nam(client: Client) -> Citizen:
    """An account that is signed in."""
    citizen = a_citizen()
    client.force_login(citizen.user)
    return citizen


def desks_of(row: Filling, at: dt.datetime = AT) -> list[Unit]:
    return list(Standing(row, at).choice().desks)


def ruled(monkeypatch: pytest.MonkeyPatch, desks: str, *channels: str) -> None:
    """Let a rule hold always."""
    raw = {"channels": channels, "desks": desks, "valid_from": dt.date(2000, 1, 1), "source": "Thử", "verified": False}
    monkeypatch.setattr(reception, "_rules", lambda: (read_desk_rule(raw),))


def new_draft(citizen: Citizen, two: Two, monkeypatch: pytest.MonkeyPatch) -> Filling:
    """Return a draft of the day after the change, which is the day of the test from now on."""
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    return filled_after_the_change(citizen)


def test_every_channel_has_a_rule_on_every_day_and_its_source() -> None:
    for day in (dt.date(2010, 1, 1), MONDAY, dt.date(2025, 6, 30), dt.date(2025, 7, 1), dt.date(2030, 1, 1)):
        for channel in Case.Channel.values:
            assert desk_rule_on(day, channel).source
    assert desk_rule_on(dt.date(2025, 6, 30), "online").desks == Desks.COMPETENT
    assert desk_rule_on(dt.date(2025, 7, 1), "online").desks == Desks.PROVINCE
    assert not desk_rule_on(dt.date(2025, 7, 1), "online").verified
    with pytest.raises(Refusal, match="Chưa có quy tắc"):
        desk_rule_on(dt.date(1999, 1, 1), "online")
    with pytest.raises(ValueError, match="anywhere"):
        read_desk_rule({"channels": [], "desks": "anywhere", "valid_from": MONDAY, "source": "", "verified": False})


def test_before_the_rule_only_the_desk_of_who_decides_takes_in(cast: Cast, client: Client, nam: Citizen) -> None:
    row = filled(nam)
    assert desks_of(row) == [cast.district_desk]
    assert 'name="desk"' not in client.get(reverse("online:filling_contact", args=[row.key])).content.decode()
    said = {"phone": "0918123456", "email": "", "return_way": "counter", "return_address": ""}
    with pytest.raises(Refusal, match="không nhận được hồ sơ"):
        operations.save_contact(row, desk=str(cast.commune_desk.pk), at=AT, **said)


def test_without_boundaries_the_citizen_chooses_and_who_decides_stays(
    cast: Cast, client: Client, nam: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = abolish(cast, at=AT)
    row = new_draft(nam, two, monkeypatch)
    assert desks_of(row, MORNING) == [two.desk, cast.desk]
    address = reverse("online:filling_contact", args=[row.key])
    page = client.get(address).content.decode()
    assert "Nơi nhận hồ sơ" in page
    assert "Nghị định 118/2025" in page
    assert "chưa đối chiếu" in page
    said = {"phone": "0918123456", "email": "", "return_way": "counter", "return_address": ""}
    assert client.post(address, {**said, "desk": str(cast.district_desk.pk)}).status_code == 422
    assert client.post(address, {**said, "desk": str(cast.desk.pk)}).status_code == 302
    row.refresh_from_db()
    for paper in Standing(row, MORNING).papers:
        send(row, paper.key)
    assert escape(cast.desk.name) in client.get(reverse("online:filling_check", args=[row.key])).content.decode()
    case = submit_filling(Filling.objects.get(pk=row.pk), at=MORNING)
    assert (case.receiving_unit, case.competent_agency) == (cast.desk, two.commune)
    assert Case.objects.visible_to(cast.one_stop_officer).filter(pk=case.pk).exists()


def test_a_chosen_desk_that_closed_meanwhile_gives_way_to_that_of_who_decides(
    cast: Cast, nam: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = abolish(cast, at=AT)
    row = new_draft(nam, two, monkeypatch)
    Filling.objects.filter(pk=row.pk).update(desk=cast.desk)
    row.refresh_from_db()
    assert Standing(row, MORNING).desk() == cast.desk
    Post.objects.filter(unit=cast.desk).update(valid_to=TWO_LEVELS)
    assert Standing(row, MORNING).desk() == two.desk


def test_a_rule_of_the_ground_lets_lower_desks_take_in_and_no_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ruled(monkeypatch, "line", "online", "counter")
    version = published(HOUSEHOLD, MONDAY)
    assert version is not None
    found = desks_for(version.definition, cast.district, channel="online", on=MONDAY)
    assert found == [cast.district_desk, cast.commune_desk]
    assert desks_for(version.definition, cast.commune, channel="online", on=MONDAY) == [cast.commune_desk]


def test_a_counter_refuses_what_the_rule_gives_to_another(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ruled(monkeypatch, "competent", "counter")
    assert receive(builders.reception(cast), actor=cast.commune_desk_officer, at=AT).code
    elsewhere = builders.reception(cast, desk=cast.district_desk, applicant=Case.objects.get().applicant)
    with pytest.raises(Refusal, match=ELSEWHERE.format(agency=cast.commune.name)):
        receive(elsewhere, actor=cast.district_desk_officer, at=AT)
    ruled(monkeypatch, "province", "counter")
    assert receive(elsewhere, actor=cast.district_desk_officer, at=AT).competent_agency == cast.commune


def test_without_any_desk_nothing_is_filled_in(cast: Cast, client: Client, nam: Citizen) -> None:
    row = filled(nam)
    Post.objects.filter(unit=cast.district_desk).update(valid_to=MONDAY)
    assert "Chưa nhận trực tuyến" in client.get(reverse("online:start", args=[HOUSEHOLD])).content.decode()
    client.post(reverse("online:start", args=[HOUSEHOLD]))
    with pytest.raises(Refusal, match="Chưa có Bộ phận Một cửa nào"):
        a_filling(nam)
    assert Filling.objects.count() == 1
    answer = client.post(
        reverse("online:filling", args=[row.key]), posted(do="next", writer="w", seen=str(row.revision))
    )
    assert answer.status_code == 422
    assert "chưa có Bộ phận Một cửa nhận hồ sơ trực tuyến" in answer.content.decode()
    with pytest.raises(Refusal, match="chưa có Bộ phận Một cửa"):
        submit_filling(row, at=AT)


def test_the_last_look_says_from_when_it_will_count(
    cast: Cast, client: Client, nam: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, page = filled(nam), "tính từ khi được tiếp nhận"
    address = reverse("online:filling_check", args=[row.key])
    by_day = client.get(address).content.decode()
    assert page in by_day
    assert "ngoài giờ làm việc" not in by_day
    monkeypatch.setattr(clock, "now", lambda: AT + dt.timedelta(hours=14))
    assert "ngoài giờ làm việc, nên tính từ 07:00 thứ Ba" in client.get(address).content.decode()


def test_desks_are_found_by_few_queries(
    cast: Cast, nam: Citizen, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    version = published(HOUSEHOLD, MONDAY)
    assert version is not None
    with django_assert_max_num_queries(1):
        desks_for(version.definition, cast.district, channel="online", on=MONDAY)
