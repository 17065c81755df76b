"""National codes of sectors: entered on screen, kept through updates, and what waited for them leaves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from lienthong.exchange.models import Message
from lienthong.exchange.operations import deliver_due
from lienthong.exchange.tests.builders import tell
from lienthong.exchange.tests.stub import SECRET, UNIT, Stub, running
from lienthong.journal.models import Event
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.procedures.models import Sector
from lienthong.procedures.operations import load_sectors, name_sector
from tests.cast import AT, Cast, Login

PAGE = "/procedures/sectors/"


@pytest.fixture
def partner(settings: Settings) -> Iterator[Stub]:
    with running() as stub:
        settings.DVCQG_ADDRESS, settings.DVCQG_UNIT, settings.DVCQG_SECRET = stub.address, UNIT, SECRET
        yield stub


@pytest.fixture
def birth(cast: Cast) -> Sector:
    return Sector.objects.get(key="ho-tich")


def test_a_code_is_entered_and_an_update_of_the_software_leaves_it(cast: Cast, birth: Sector) -> None:
    assert birth.code == ""
    assert name_sector(birth, code=" g15-ht01 ", actor=cast.administrator, at=AT).code == "G15-HT01"
    load_sectors()
    birth.refresh_from_db()
    assert birth.code == "G15-HT01"
    event = Event.objects.get(kind="sector.coded")
    assert (event.particulars["code"], event.particulars["before"]) == ("G15-HT01", "")
    name_sector(birth, code="G15-HT01", actor=cast.administrator, at=AT)
    assert Event.objects.filter(kind="sector.coded").count() == 1
    assert name_sector(birth, code="", actor=cast.administrator, at=AT).code == ""


@pytest.mark.parametrize("code", ["HỘ TỊCH", "a b", "-G1", "G" * 41, "<b>", "G15/HT"])
def test_what_is_no_code_is_refused(cast: Cast, birth: Sector, code: str) -> None:
    with pytest.raises(Refusal, match="Mã gồm"):
        name_sector(birth, code=code, actor=cast.administrator, at=AT)


def test_a_code_belongs_to_one_sector_and_to_administrators(cast: Cast, birth: Sector) -> None:
    other = Sector.objects.exclude(pk=birth.pk)[0]
    name_sector(other, code="G01-A", actor=cast.administrator, at=AT)
    with pytest.raises(Refusal, match="đã là của lĩnh vực"):
        name_sector(birth, code="G01-A", actor=cast.administrator, at=AT)
    with pytest.raises(Forbidden):
        name_sector(birth, code="G01-B", actor=cast.leader, at=AT)


def test_messages_that_waited_for_a_code_leave_in_their_order(partner: Stub, cast: Cast, birth: Sector) -> None:
    tell(1, sector_code=""), tell(1, 4, sector_code=""), tell(2)
    assert deliver_due(clock=lambda: AT) == 1
    failed = Message.objects.failed().get()
    assert failed.error == "Lĩnh vực “Hộ tịch” chưa có mã quốc gia (MaLinhVuc). Ghi mã ở trang Mã lĩnh vực."
    name_sector(birth, code="G15-HT01", actor=cast.administrator, at=AT)
    failed.refresh_from_db()
    assert failed.state == "waiting"
    assert Event.objects.get(kind="exchange_link.mended").particulars["count"] == 1


def test_an_administrator_enters_it_on_the_page(
    cast: Cast, client: Client, login: Login, birth: Sector, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    login(client, cast.administrator)
    client.get(PAGE)
    with django_assert_max_num_queries(12):
        page = client.get(PAGE).content.decode()
    assert page.count("chưa có mã quốc gia") == Sector.objects.count()
    answer = client.post(PAGE, {"sector": birth.pk, "code": "g15-ht01"}, follow=True).content.decode()
    assert "Đã ghi mã G15-HT01 cho lĩnh vực Hộ tịch." in answer
    wrong = client.post(PAGE, {"sector": birth.pk, "code": "<i>"})
    assert wrong.status_code == 422
    assert "Mã gồm chữ in hoa" in wrong.content.decode()
    assert 'value="&lt;i&gt;"' in wrong.content.decode()
    assert client.post(PAGE, {"sector": "x", "code": "A"}).status_code == 404
    assert client.post(PAGE, {"sector": "٣", "code": "A"}).status_code == 404
    login(client, cast.clerk)
    assert client.get(PAGE).status_code == 403
