"""Rules of reception entered on screen: from a day to come, over those of the file, never over what was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lienthong.cases import entered, operations
from lienthong.cases.cut_offs import cut_off_on
from lienthong.cases.models import ReceptionRule
from lienthong.cases.queries.desks import _within, open_desks
from lienthong.cases.queries.rules import AGENCIES, effects_of, serves
from lienthong.cases.reception import Desks, desk_rule_on
from lienthong.journal.queries import timeline
from lienthong.kernel.clock import at_local
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.models import Unit
from tests.cast import AT, MONDAY, Cast, Login

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("entered_rules", "clock")]
BEGAN_BY = entered.began_by
APRIL = dt.date(2014, 4, 1)
DAY = dt.timedelta(days=1)
SOURCE = "Quyết định 15/2014/QĐ-UBND"


@pytest.fixture
def entered_rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ask for the rules as the running system does."""
    monkeypatch.setattr("lienthong.cases.entered.began_by", BEGAN_BY)
    entered.forget()
    yield
    entered.forget()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.date], None]:
    """Let it be Monday, and any other day that is told."""

    def turn(day: dt.date) -> None:
        moment = at_local(day, dt.time(10))
        monkeypatch.setattr("lienthong.kernel.clock.now", lambda: moment)

    turn(MONDAY)
    return turn


def enter(cast: Cast, kind: str = "desks", **changes: Any) -> ReceptionRule:
    said: dict[str, Any] = {"channels": ["online"], "valid_from": APRIL, "source": SOURCE, "actor": cast.administrator}
    said |= {"desks": "province"} if kind == "desks" else {"hour": dt.time(16)}
    return operations.enter_rule(kind, **(said | changes), at=AT)


def test_a_rule_holds_from_its_day_and_the_past_stays(cast: Cast, clock: Callable[[dt.date], None]) -> None:
    assert desk_rule_on(MONDAY, "online").desks == Desks.COMPETENT
    enter(cast)
    enter(cast, "hour")
    assert desk_rule_on(MONDAY, "online").desks == Desks.COMPETENT
    assert cut_off_on(APRIL - DAY, "online") == dt.time(17)
    clock(APRIL)
    rule = desk_rule_on(APRIL, "online")
    assert (rule.desks, rule.valid_from, rule.source, rule.verified) == (Desks.PROVINCE, APRIL, SOURCE, False)
    assert cut_off_on(APRIL, "online") == dt.time(16)
    assert cut_off_on(APRIL, "post") == dt.time(17)  # of which nothing was entered
    assert desk_rule_on(APRIL - DAY, "online").desks == Desks.COMPETENT  # the past is not rewritten


def test_the_file_does_not_take_over_what_was_entered(cast: Cast, clock: Callable[[dt.date], None]) -> None:
    enter(cast, desks="line")
    clock(dt.date(2025, 8, 1))  # the file has a rule of its own from 01/07/2025
    assert desk_rule_on(dt.date(2025, 8, 1), "online").desks == Desks.LINE
    assert desk_rule_on(dt.date(2025, 8, 1), "counter").desks == Desks.PROVINCE


def test_no_hour_of_its_own_can_be_entered_and_the_next_rule_follows(
    cast: Cast, clock: Callable[[dt.date], None]
) -> None:
    enter(cast, "hour", hour=None)
    enter(cast, "hour", valid_from=APRIL + DAY)
    clock(APRIL)
    assert cut_off_on(APRIL, "online") is None
    clock(APRIL + DAY)
    assert cut_off_on(APRIL + DAY, "online") == dt.time(16)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"valid_from": MONDAY}, "ngày sau hôm nay"),
        ({"valid_from": MONDAY - DAY}, "ngày sau hôm nay"),
        ({"channels": []}, "ít nhất một cách nộp"),
        ({"channels": ["pigeon"]}, "ít nhất một cách nộp"),
        ({"desks": "anywhere"}, "Hãy chọn nơi nhận"),
        ({"source": " "}, "căn cứ"),
        ({"desks": "competent"}, "không đổi gì"),
    ],
)
def test_what_is_refused(cast: Cast, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        enter(cast, **changes)
    assert not ReceptionRule.objects.exists()


def test_one_rule_a_day_for_a_channel_and_only_for_administrators(cast: Cast) -> None:
    enter(cast, channels=["online", "post"])
    with pytest.raises(Refusal, match="Đã có quy tắc cho cách nộp này từ ngày 01/04/2014"):
        enter(cast, desks="line", channels=["post", "counter"])
    enter(cast, "hour")  # of another kind
    for actor in (cast.leader, cast.commune_desk_officer, cast.outsider):
        with pytest.raises(Forbidden):
            enter(cast, valid_from=APRIL + DAY, actor=actor)


def test_one_that_has_not_begun_is_withdrawn_and_one_that_began_stays(
    cast: Cast, clock: Callable[[dt.date], None]
) -> None:
    row = enter(cast)
    entries = [entry.sentence for entry in timeline(row.subject)]
    assert any("đặt quy tắc nơi nhận hồ sơ (trực tuyến) từ 01/04/2014: Mọi Bộ phận Một cửa" in one for one in entries)
    admin = cast.administrator
    with pytest.raises(Refusal, match="lý do rút"):
        operations.withdraw_rule(row, reason="", actor=admin, at=AT)
    with pytest.raises(Forbidden):
        operations.withdraw_rule(row, reason="Hoãn", actor=cast.leader, at=AT)
    with pytest.raises(Refusal, match="đã áp dụng nên không rút được"):
        operations.withdraw_rule(row, reason="Hoãn", actor=admin, at=at_local(APRIL, dt.time(8)))
    operations.withdraw_rule(row, reason="Hoãn một tháng", actor=admin, at=AT)
    with pytest.raises(Refusal, match="đã được rút"):
        operations.withdraw_rule(row, reason="Lại", actor=admin, at=AT)
    assert timeline(row.subject)[0].sentence.endswith("Lý do: Hoãn một tháng")
    clock(APRIL)
    assert desk_rule_on(APRIL, "online").desks == Desks.COMPETENT
    enter(cast, "desks")  # the day is free again


def test_the_preview_says_of_every_desk_what_the_lists_of_desks_do(cast: Cast) -> None:
    agencies = list(Unit.objects.existing(MONDAY).filter(kind__in=AGENCIES, is_external=False))
    desks = list(open_desks(MONDAY).select_related("parent__parent__parent"))
    assert desks
    for rule in Desks:
        for agency in agencies:
            able = set(open_desks(MONDAY).filter(_within(rule, agency, [agency.pk])).values_list("pk", flat=True))
            assert {one.pk for one in desks if serves(one, agency, rule)} == able, (rule, agency)


def test_it_says_what_a_desk_gains_and_loses(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(3):
        effects = effects_of(["online"], "line", APRIL)
    gains = {one.desk: one.gains for one in effects}
    assert gains[cast.commune_desk] == "mọi cơ quan khác trong tỉnh"
    assert cast.ubnd.short_name in gains[cast.district_desk]
    assert cast.commune.short_name not in gains[cast.district_desk]
    assert not any(one.loses for one in effects)
    narrower = effects_of(["counter"], "competent", APRIL)
    mine = next(one for one in narrower if one.desk == cast.commune_desk)
    assert (mine.gains, mine.loses) == ("", "mọi cơ quan khác trong tỉnh")
    assert effects_of(["counter"], "province", APRIL) == []


def test_each_process_asks_once_a_day(
    cast: Cast, clock: Callable[[dt.date], None], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        for channel in ("online", "post", "counter"):
            desk_rule_on(MONDAY, channel)
            cut_off_on(MONDAY - DAY, channel)
    clock(MONDAY + DAY)
    with django_assert_num_queries(1):
        desk_rule_on(MONDAY, "online")


def test_the_screen_shows_previews_enters_and_withdraws(cast: Cast, client: Client, login: Login) -> None:
    page = login(client, cast.administrator)
    text = page.get(reverse("cases:rules")).content.decode()
    assert "Chỉ Một cửa của cơ quan giải quyết" in text
    assert "Nộp từ 17:00 trở đi" in text
    assert "Chưa đặt quy tắc nào cho ngày sau" in text
    address = reverse("cases:rule_new", args=["desks"])
    said = {"channels": ["online"], "desks": "line", "valid_from": "01/04/2014", "source": SOURCE}
    text = page.post(address, said).content.decode()
    assert "Sẽ thay đổi từ ngày 01/04/2014" in text
    assert f"{cast.commune_desk.name}</strong> nhận thêm hồ sơ thuộc" in text
    assert not ReceptionRule.objects.exists()
    assert page.post(address, said | {"confirm": "1"})["Location"] == reverse("cases:rules")
    text = page.get(reverse("cases:rules")).content.decode()
    assert "Đã đặt quy tắc, áp dụng từ ngày 01/04/2014" in text
    row = ReceptionRule.objects.get()
    withdrawal = reverse("cases:rule_withdrawal", args=[row.pk])
    assert withdrawal in text
    assert page.post(withdrawal, {"reason": ""}).status_code == 422
    page.post(withdrawal, {"reason": "Hoãn"})
    text = page.get(reverse("cases:rules")).content.decode()
    assert "đã rút" in text
    assert withdrawal not in text


def test_bad_input_is_answered_beside_its_field(cast: Cast, client: Client, login: Login) -> None:
    page = login(client, cast.administrator)
    address = reverse("cases:rule_new", args=["hour"])
    said = {"channels": ["online"], "hour": "25:99", "valid_from": "10/03/2014", "source": SOURCE, "confirm": "1"}
    answer = page.post(address, said)
    assert answer.status_code == 422
    assert "Hãy viết giờ theo dạng 16:30" in answer.content.decode()
    answer = page.post(address, said | {"hour": "16:30"})
    assert answer.status_code == 422
    assert "ngày sau hôm nay" in answer.content.decode()
    text = page.post(address, said | {"hour": "16h30", "valid_from": "11/03/2014", "confirm": ""}).content.decode()
    assert "Nộp từ 16:30 trở đi tính vào lần mở cửa kế tiếp" in text
    assert page.get(reverse("cases:rule_new", args=["nothing"])).status_code == 404
    assert login(Client(), cast.leader).get(reverse("cases:rules")).status_code == 403
    assert login(Client(), cast.leader).post(address, said).status_code == 403
