"""The pages and the command by which somebody watches over the exchange."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lienthong.exchange.models import Message
from lienthong.exchange.tests.builders import MINUTE, code, run, tell
from lienthong.exchange.tests.stub import Stub
from tests.cast import AT, Cast, Login


def test_an_administrator_sees_that_nobody_is_connected(cast: Cast, client: Client, login: Login) -> None:
    page = login(client, cast.administrator).get("/exchange/").content.decode()
    assert "Cổng Dịch vụ công quốc gia" in page
    assert "Chưa kết nối." in page
    assert "Không có thông điệp nào" in page


def test_what_was_refused_is_shown_with_its_reason_and_sent_again(
    partner: Stub, cast: Cast, client: Client, login: Login
) -> None:
    partner.refuses = {code(1): "Mã thủ tục <b>không có</b>."}
    tell(1), tell(1, 4), tell(2)
    run()
    pk = Message.objects.failed().get().pk
    login(client, cast.administrator)
    page = client.get("/exchange/?state=failed").content.decode()
    assert "Mã thủ tục &lt;b&gt;không có&lt;/b&gt;." in page
    assert page.count("Gửi lại") == 1
    shown = client.get(f"/exchange/messages/{pk}/").content.decode()
    assert "Mã 07: " in shown
    assert "Đăng ký khai sinh" in shown
    assert client.post(f"/exchange/messages/{pk}/dropping/", {"reason": ""}).status_code == 409
    partner.refuses = {}
    assert client.post(f"/exchange/messages/{pk}/delivery/").status_code == 302
    Message.objects.update(not_before=AT)
    assert run() == 2


def test_a_partner_that_is_away_says_since_when(partner: Stub, cast: Cast, client: Client, login: Login) -> None:
    partner.mode = "busy"
    tell()
    run()
    page = login(client, cast.administrator).get("/exchange/").content.decode()
    assert "Không tới được từ" in page
    assert "(HTTP 503)" in page
    assert "Thử lại ngay" in page
    assert client.post("/exchange/dvcqg/attempt/").status_code == 302


@pytest.mark.usefixtures("partner")
def test_the_list_takes_few_queries_however_long(
    cast: Cast, client: Client, login: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        tell(number)
    login(client, cast.administrator)
    client.get("/exchange/")
    with django_assert_max_num_queries(14):
        page = client.get("/exchange/").content.decode()
    assert "Cũ hơn" in page


def test_others_see_nothing(partner: Stub, cast: Cast, client: Client, login: Login) -> None:
    tell()
    login(client, cast.leader)
    pk = Message.objects.get().pk
    for address in ("/exchange/", "/exchange/arrivals/", f"/exchange/messages/{pk}/"):
        assert client.get(address).status_code == 403
    assert client.post(f"/exchange/messages/{pk}/delivery/").status_code == 403


@pytest.mark.usefixtures("cast")
def test_the_command_says_how_it_stands_and_sends(partner: Stub, capsys: pytest.CaptureFixture[str]) -> None:
    partner.refuses = {code(1): "Không có"}
    tell(1), tell(2)
    call_command("exchange", "deliver", "--json")
    assert json.loads(capsys.readouterr().out) == {"delivered": 1}
    call_command("exchange", "status")
    assert "đang kết nối; chờ gửi 0, bị từ chối 1, đã nhận 1." in capsys.readouterr().out
    with pytest.raises(CommandError, match="1 thông điệp bị từ chối"):
        call_command("exchange", "failed")
    assert "07 Không có" in capsys.readouterr().out
    assert run(AT + MINUTE) == 0
