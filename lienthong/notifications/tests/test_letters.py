"""Writing to people who are no officers: once, in decent hours, as they wish; plainly where no gateway is set up."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from lienthong.kernel.clock import at_local, local
from lienthong.kernel.refusal import Refusal
from lienthong.notifications.hours import next_decent
from lienthong.notifications.jobs import deliver_now
from lienthong.notifications.models import Delivery, SandboxMessage
from lienthong.notifications.operations import (
    Letter,
    deliver_due,
    deliver_one,
    recall,
    resend,
    wish,
    write_all,
    write_to,
)
from lienthong.notifications.queries import letters_about
from lienthong.notifications.tests.conftest import PAPER, Sent
from tests.cast import AT, MONDAY, Cast, Login

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
NIGHT = at_local(MONDAY, dt.time(23))
PHONE = "0918123456"


def a_letter(number: int = 1, **changes: Any) -> Letter:
    said: dict[str, Any] = {"channel": "sms", "address": PHONE, "heading": "Hồ sơ", "text": f"Tin {number}"}
    said |= {"subject": PAPER, "message_id": f"paper-5-{number}"}
    return Letter(**(said | changes))


def run(at: dt.datetime = AT) -> int:
    return deliver_due(clock=lambda: at)


def test_a_letter_goes_to_an_address_once_however_often_it_is_written(outgoing: Sent) -> None:
    assert write_all([a_letter(), a_letter(2)], at=AT) == 2
    assert write_all([a_letter(), a_letter(3), a_letter(4, address="")], at=AT) == 1
    assert run() == 3
    assert write_all([a_letter()], at=AT + MINUTE) == 0
    assert run(AT + MINUTE) == 0
    assert outgoing.sent == [(PHONE, f"paper-5-{number}") for number in (1, 2, 3)]
    assert [row.masked for row in letters_about(PAPER)] == ["09•••456"] * 3


def test_writing_is_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        write_all([a_letter(number) for number in range(9)], at=AT)


def test_e_mail_to_people_has_its_link_and_leaves_at_any_hour() -> None:
    write_to("email", "nam@example.com", heading="Hồ sơ H11\nđã nhận", text="Xem: https://lt.example.vn/x <ngay>",
             subject=PAPER, message_id="m1", at=NIGHT)  # fmt: skip
    assert run(NIGHT) == 1
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["nam@example.com"], "Hồ sơ H11 đã nhận")
    html = str(letter.alternatives[0][0])  # type: ignore[union-attr]  # an e-mail with HTML
    assert 'href="https://lt.example.vn/x"' in html
    assert "&lt;ngay&gt;" in html


def test_a_telephone_is_left_in_peace_at_night_and_a_code_is_not(outgoing: Sent) -> None:
    write_all([a_letter(), a_letter(2, urgent=True, secret=True)], at=NIGHT)
    assert run(NIGHT) == 1
    morning = next_decent("sms", NIGHT)
    assert local(morning).strftime("%H:%M %d/%m") == "07:00 11/03"
    assert run(morning - MINUTE) == 0
    assert run(morning) == 1


def test_a_code_is_wiped_once_it_left_and_is_not_sent_again(cast: Cast, outgoing: Sent) -> None:
    write_all([a_letter(text="Mã 123456", secret=True, urgent=True)], at=AT)
    row = Delivery.objects.get()
    assert deliver_one(row.pk, clock=lambda: AT)
    row.refresh_from_db()
    assert (row.state, row.text) == ("sent", "(đã xóa)")
    assert not deliver_one(row.pk, clock=lambda: AT)
    assert letters_about(PAPER) == []
    with pytest.raises(Refusal, match="Gửi mã khác"):
        resend(row, actor=cast.administrator, at=AT)


def test_the_owner_of_an_address_chooses_the_way_but_codes_do_not_ask(outgoing: Sent) -> None:
    wish(PHONE, "zalo", at=AT)
    wish("nam@example.com", "none", at=AT)
    assert write_all([a_letter(channel="phone"), a_letter(2, channel="email", address="nam@example.com")], at=AT) == 1
    assert Delivery.objects.get().channel == "zalo"
    wish(PHONE, "none", at=AT)
    assert write_all([a_letter(3, channel="phone"), a_letter(4, channel="phone", secret=True)], at=AT) == 1
    assert Delivery.objects.get(message_id="paper-5-4").channel == "sms"


def test_what_is_no_longer_so_is_taken_back(outgoing: Sent) -> None:
    write_all([a_letter(1, message_id="done-1"), a_letter(2, message_id="other-1")], at=AT)
    assert recall(PAPER, "done-") == 1
    assert run() == 1


def test_without_a_gateway_the_delivery_says_so(cast: Cast, client: Client, login: Login, settings: Settings) -> None:
    settings.DEMO = False
    write_all([a_letter(), a_letter(2, channel="zalo")], at=AT)
    assert run() == 0
    assert {row.state for row in Delivery.objects.all()} == {"off"}
    assert "Chưa nối cổng gửi Zalo" in Delivery.objects.get(channel="zalo").error
    assert run(AT + dt.timedelta(days=2)) == 0
    page = login(client, cast.administrator).get("/outbox/").content.decode()
    assert "Chưa nối cổng gửi Tin nhắn" in page
    assert "Người dân" in page
    assert "Gửi lại" in page


def test_the_demo_delivers_into_a_page(cast: Cast, client: Client, login: Login, settings: Settings) -> None:
    settings.DEMO = True
    write_all([a_letter(), a_letter(2, channel="zalo")], at=AT)
    assert run() == 2
    Delivery.objects.update(state="waiting")
    run(AT + MINUTE)
    assert SandboxMessage.objects.count() == 2
    page = login(client, cast.administrator).get("/outbox/sandbox/").content.decode()
    assert "Tin 2" in page
    assert "Hộp tin thử" in client.get("/outbox/").content.decode()
    assert login(Client(), cast.outsider).get("/outbox/sandbox/").status_code == 403


class Provider(BaseHTTPRequestHandler):
    got: list[dict[str, Any]]
    answer: bytes = b'{"error": 0}'
    status = 200

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        self.got.append({"head": dict(self.headers), "body": json.loads(self.rfile.read(size))})
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def provider(settings: Settings) -> Iterator[type[Provider]]:
    class Own(Provider):
        got: list[dict[str, Any]] = []

    server = HTTPServer(("127.0.0.1", 0), Own)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_ADDRESS = settings.ZALO_ADDRESS = f"http://127.0.0.1:{server.server_port}/send"
    settings.SMS_KEY, settings.ZALO_KEY, settings.ZALO_TEMPLATE = "bí mật", "token", "7"
    settings.SMS_KEY = "secret"
    yield Own
    server.shutdown()
    server.server_close()


def test_a_provider_gets_number_text_and_the_same_identity_at_every_try(provider: type[Provider]) -> None:
    write_all([a_letter(text="Đã nhận hồ sơ"), a_letter(2, channel="zalo")], at=AT)
    provider.status = 503
    assert run() == 0
    assert "HTTP 503" in Delivery.objects.get(channel="sms").error
    provider.status = 200
    assert run(AT + 2 * MINUTE) == 2
    sms = [one["body"] for one in provider.got if "to" in one["body"]]
    assert sms == [{"to": "84918123456", "from": "LIENTHONG", "text": "Đã nhận hồ sơ", "id": "paper-5-1"}] * 2
    zalo = provider.got[-1]
    assert zalo["body"]["tracking_id"] == "paper-5-2"
    assert zalo["body"]["template_data"] == {"noi_dung": "Tin 2"}


def test_a_refusal_of_zalo_is_kept_and_tried_again(provider: type[Provider]) -> None:
    provider.answer = b'{"error": -118, "message": "Zalo account not existed"}'
    write_all([a_letter(channel="zalo")], at=AT)
    assert run() == 0
    row = Delivery.objects.get()
    assert (row.state, "-118" in row.error) == ("waiting", True)


def test_the_job_sends_one(outgoing: Sent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lienthong.kernel.clock.now", lambda: AT)
    write_all([a_letter(urgent=True)], at=AT)
    deliver_now(delivery_id=Delivery.objects.get().pk)
    assert len(outgoing.sent) == 1
