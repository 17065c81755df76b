"""A business household handed in online, whose money comes when nobody expects it any more."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from urllib.parse import urlsplit

import pytest
from pytest_django import Settings

from lienthong.cases import operations
from lienthong.cases.models import Case
from lienthong.cases.operations import Given
from lienthong.cases.queries.recount import differences
from lienthong.cases.tests.builders import citizen, reception, version
from lienthong.cases.tests.test_stories import on
from lienthong.kernel.refusal import Refusal
from lienthong.payments.gateways import named, sandbox
from lienthong.payments.models import Charge, Discrepancy, Payment, Receipt, Refund, SandboxOrder
from lienthong.payments.operations.asking import ask_unanswered
from lienthong.payments.operations.callbacks import callback
from lienthong.payments.operations.online import begin_online
from lienthong.payments.operations.reconciling import resolve
from lienthong.payments.operations.refunds import refund, send_refunds
from lienthong.payments.operations.sandbox import open_order, press, say_again
from tests.cast import AT, COMMUNE_CODE, Cast

pytestmark = pytest.mark.django_db
HOUSEHOLD: dict[str, Any] = {
    "ten_ho": "Tạp hóa Hòa Bình", "dia_diem": {"commune": COMMUNE_CODE, "street": "Thôn 2"}, "chu_the": "ca_nhan",
    "chu_ho": {"name": "Trần Văn Nam", "id_kind": "cmnd", "id_number": "260123456"}, "nganh": "Bán lẻ",
    "von": "50000000", "lao_dong": "2",
}  # fmt: skip
LATER = AT + dt.timedelta(days=2)


@pytest.fixture(autouse=True)
def _demo(settings: Settings) -> None:
    settings.DEMO = True


def online(cast: Cast) -> Case:
    """Hand in a business household from the applicant's own desk, at the district's."""
    papers = {"giay_de_nghi": Given(is_digital=True), "giay_to": Given(is_digital=True)}
    handed = reception(
        cast, version=version("1.001612"), values=HOUSEHOLD, papers=papers, desk=cast.district_desk, channel="online",
        applicant=citizen(cast.commune_desk_officer),
    )  # fmt: skip
    return operations.submit(handed, actor=None, at=AT)


def begun(case: Case, at: dt.datetime = AT) -> tuple[Payment, SandboxOrder]:
    """Go to the sandbox to pay what the case owes; twice pressed is one request."""
    owed = list(Charge.objects.of(case.subject).owed().select_related("unit", "agency"))
    first, payment = (begin_online(owed, gateway="sandbox", key=str(uuid.uuid4()), at=at) for _ in range(2))
    assert first == payment
    gateway = named("sandbox")
    assert gateway is not None
    address = gateway.address(payment, back="/", notify="")
    return payment, open_order(urlsplit(address).query.encode(), at=at)


def _state(case: Case) -> list[str]:
    return list(Charge.objects.of(case.subject).values_list("state", flat=True))


def _signed(cast: Cast, case: Case, at: dt.datetime) -> None:
    leader = cast.district_leader
    operations.write_result(case, "giay_cn", actor=cast.works_specialist, at=at)
    operations.act(case, "propose", actor=cast.works_specialist, at=at)
    operations.write_result(case, "giay_cn", symbol="48A/HKD", signer=leader.officer.full_name, actor=leader, at=at)
    operations.act(case, "sign", actor=leader, at=at)


def test_money_that_comes_after_the_request_ran_out_pays_the_fee_and_the_result_is_handed_over(cast: Cast) -> None:
    case = online(cast)
    desk = cast.district_desk_officer
    payment, order = begun(case)
    operations.act(case, "accept", actor=desk, at=AT)
    assert ask_unanswered(at=AT + dt.timedelta(hours=1)) == 1
    payment.refresh_from_db()
    assert (payment.state, _state(case)) == ("expired", ["due"])
    _signed(cast, case, on("11/03/2014"))
    with pytest.raises(Refusal, match=r"30\.000"):
        operations.hand_over(case, receiver="Trần Văn Nam", actor=desk, at=on("12/03/2014"))
    say_again(press(order, "pay", at=LATER), at=LATER)
    payment.refresh_from_db()
    assert (payment.state, _state(case), Receipt.objects.count()) == ("paid", ["paid"], 1)
    case = operations.hand_over(case, receiver="Trần Văn Nam", actor=desk, at=LATER)
    assert (case.status, case.is_late) == (Case.Status.HANDED_OVER, False)
    assert not Discrepancy.objects.exists()
    assert differences() == []


@pytest.mark.parametrize("how", ["declined", "withdrawn"])
def test_money_that_comes_after_the_end_is_held_and_given_back_once(cast: Cast, how: str) -> None:
    case = online(cast)
    desk = cast.district_desk_officer
    payment, order = begun(case)
    if how == "declined":
        operations.act(case, "decline", reason="Trùng tên hộ khác", actor=desk, at=AT)
    else:
        operations.withdraw(case, reason="Thôi không mở", actor=None, at=AT)
    press(order, "pay", at=LATER)
    payment.refresh_from_db()
    assert (payment.state, _state(case)) == ("paid", ["cancelled"])
    held = Discrepancy.objects.get()
    made = refund(payment, reason="Hồ sơ đã kết thúc", actor=desk, at=LATER)
    with pytest.raises(Refusal, match="đã hoàn tiền hoặc đang chờ hoàn"):
        refund(payment, reason="Lần nữa", actor=desk, at=LATER)
    assert [send_refunds(at=LATER), send_refunds(at=LATER)] == [1, 0]
    made.refresh_from_db()
    payment.refresh_from_db()
    assert (made.state, made.amount, payment.state) == (Refund.State.DONE, payment.received, "refunded")
    assert _state(case) == ["cancelled"]
    resolve(held, way="returned", note=made.proof, actor=cast.district_leader, at=LATER)
    say_again(SandboxOrder.objects.get(pk=order.pk), at=LATER)  # the gateway repeats itself: nothing is paid anew
    payment.refresh_from_db()
    assert (payment.state, Discrepancy.objects.count(), Receipt.objects.count()) == ("refunded", 1, 1)
    case.refresh_from_db()
    assert case.is_ended


def test_words_out_of_order_twice_and_forged_change_the_case_once(cast: Cast) -> None:
    case = online(cast)
    _, order = begun(case)
    paid = press(order, "pay_silently", at=LATER)
    word = sandbox.word(paid).encode()
    forged = word.replace(b"amount=30000", b"amount=1")
    assert callback("sandbox", forged, headers={}, at=LATER) == "forged"
    assert _state(case) == ["due"]
    outcomes = [callback("sandbox", one, headers={}, at=LATER) for one in (word, word)]
    assert outcomes == ["paid", "repeated"]
    press(paid, "fail", at=LATER)  # what was paid stays paid
    assert (_state(case), Receipt.objects.count()) == (["paid"], 1)
