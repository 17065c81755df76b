"""A gateway that says nothing is asked; refunds go through it; all over a real socket."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from pytest_django import Settings

from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.payments.gateways import signing
from lienthong.payments.models import CallbackReceived, Charge, Payment, Refund
from lienthong.payments.operations.asking import GIVE_UP, ask_unanswered
from lienthong.payments.operations.refunds import confirm_refund, refund, send_refunds
from lienthong.payments.tests.builders import begun, charged, said, word
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told", "paygov")]
SOON = AT + dt.timedelta(minutes=4)


class Bank(BaseHTTPRequestHandler):
    """A gateway of a few lines: it knows the states of references, and gives money back."""

    states: ClassVar[dict[str, tuple[str, str]]] = {}
    refunds: ClassVar[list[str]] = []
    is_broken: ClassVar[bool] = False

    def do_POST(self) -> None:
        """Answer a signed question with a signed answer."""
        fields = signing.opened(self.rfile.read(int(self.headers["Content-Length"])), "bi-mat-chung")
        if self.path.endswith("/refund"):
            self.refunds.append(fields["refund"])
            answer = {"refund": fields["refund"], "state": "done", "proof": "UNC-88"}
        else:
            state, amount = self.states[fields["reference"]]
            answer = {"merchant": "H11", "reference": fields["reference"], "state": state, "amount": amount}
            answer |= {"transaction": "GD77"}
        body = b"<html>502</html>" if self.is_broken else signing.signed(answer, "bi-mat-chung").encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture
def bank(settings: Settings) -> Iterator[type[Bank]]:
    """The gateway, listening."""
    server = HTTPServer(("127.0.0.1", 0), Bank)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.PAYGOV_ADDRESS = f"http://127.0.0.1:{server.server_port}"
    Bank.states, Bank.refunds, Bank.is_broken = {}, [], False
    yield Bank
    server.shutdown()
    server.server_close()


def test_a_request_that_nobody_answered_is_asked_for_and_becomes_paid(cast: Cast, bank: type[Bank]) -> None:
    payment = begun(charged(cast))
    bank.states[payment.reference] = ("paid", "81000")
    assert ask_unanswered(at=AT) == 0, "not before its time"
    assert ask_unanswered(at=SOON) == 1
    payment.refresh_from_db()
    assert (payment.state, payment.ask_at) == ("paid", None)
    assert CallbackReceived.objects.get().asked
    assert said(word(payment, transaction="GD77")) == "repeated"
    assert ask_unanswered(at=SOON + GIVE_UP) == 0


def test_a_silent_or_broken_gateway_is_asked_again_and_again_then_given_up(cast: Cast, bank: type[Bank]) -> None:
    payment, at = begun(charged(cast)), SOON
    bank.states[payment.reference] = ("paid", "81000")
    bank.is_broken = True
    asked = 0
    for _ in range(40):
        ask_unanswered(at=at)
        payment.refresh_from_db()
        asked = payment.asked
        if payment.ask_at is None:
            break
        at = payment.ask_at
    assert 10 < asked < 40
    assert (payment.state, payment.ask_at) == ("expired", None)
    bank.is_broken = False
    assert said(word(payment), at=at) == "late"


def test_a_request_that_stays_pending_expires_and_writes_no_rows(cast: Cast, bank: type[Bank]) -> None:
    payment = begun(charged(cast))
    bank.states[payment.reference] = ("pending", "81000")
    ask_unanswered(at=SOON)
    ask_unanswered(at=AT + dt.timedelta(hours=1))
    payment.refresh_from_db()
    assert payment.state == "expired"
    assert not CallbackReceived.objects.exists()


def test_a_refund_waits_for_the_gateway_and_is_done_once(cast: Cast, bank: type[Bank]) -> None:
    payment = begun(charged(cast))
    said(word(payment))
    with pytest.raises(Forbidden):
        refund(payment, reason="Rút hồ sơ", actor=cast.works_specialist, at=AT)
    made = refund(payment, reason="Rút hồ sơ", actor=cast.district_desk_officer, at=AT)
    assert (made.state, Charge.objects.filter(state="paid").count()) == ("asked", 2)
    with pytest.raises(Refusal, match="đang chờ hoàn"):
        refund(payment, reason="Rút hồ sơ", actor=cast.district_desk_officer, at=AT)
    bank.is_broken = True
    assert send_refunds(at=SOON) == 0
    bank.is_broken = False
    assert (send_refunds(at=SOON), send_refunds(at=SOON)) == (1, 0)
    made.refresh_from_db()
    assert (made.state, made.proof, Payment.objects.get().state) == ("done", "UNC-88", "refunded")
    assert bank.refunds == [made.reference, made.reference], "the same reference at each try"
    with pytest.raises(Refusal, match="rồi"):
        confirm_refund(made, proof="x", actor=cast.district_desk_officer, at=AT)


def test_a_refund_that_the_gateway_will_not_do_is_confirmed_by_its_paper(cast: Cast) -> None:
    payment = begun(charged(cast))
    said(word(payment))
    made = refund(payment, reason="Nộp thừa", actor=cast.district_leader, at=AT)
    assert send_refunds(at=SOON) == 0
    confirm_refund(made, proof="Ủy nhiệm chi 12", actor=cast.district_desk_officer, at=SOON)
    assert Refund.objects.get().done_at == SOON
