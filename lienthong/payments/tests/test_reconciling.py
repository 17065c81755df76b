"""A gateway's list against ours: what matches, what is missing on either side, what differs, and settling it."""

from __future__ import annotations

import datetime as dt

import pytest

from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.payments.hooks import Settled
from lienthong.payments.models import Discrepancy, Payment, Reconciliation
from lienthong.payments.operations.reconciling import reconcile, resolve
from lienthong.payments.statements import StatementLine
from lienthong.payments.tests.builders import KIND, LATER, begun, charged, said, word
from tests.cast import AT, MONDAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told", "paygov")]


def line(payment: Payment | str, transaction: str, amount: int) -> StatementLine:
    reference = payment if isinstance(payment, str) else payment.reference
    return StatementLine(2, reference, transaction, amount, LATER)


def compared(cast: Cast, *lines: StatementLine) -> Reconciliation:
    return reconcile("paygov", lines, since=MONDAY, until=MONDAY, file_name="k.csv", actor=cast.district_leader, at=AT)


def started(cast: Cast, pk: int) -> Payment:
    return begun(charged(cast, Subject(KIND, pk)))


def test_every_difference_is_found_and_held_once(cast: Cast) -> None:
    agreed, silent, differs, only_ours = (started(cast, pk) for pk in (1, 2, 3, 4))
    for payment, transaction in ((agreed, "A"), (differs, "C"), (only_ours, "D")):
        assert said(word(payment, transaction=transaction)) == "paid"
    lines = (
        line(agreed, "A", 81_000), line(silent, "B", 81_000), line(differs, "C", 80_000), line("LT-LA", "E", 9),
        line(agreed, "A2", 81_000),
    )  # fmt: skip
    made = compared(cast, *lines)
    assert (made.lines, made.matched, made.matched_amount) == (5, 1, 81_000)
    found = set(Discrepancy.objects.values_list("kind", "transaction"))
    assert found == {
        ("missing_here", "B"), ("amount", "C"), ("unknown", "E"), ("missing_there", "D"), ("duplicate", "A2"),
    }  # fmt: skip
    compared(cast, *lines)
    assert Discrepancy.objects.count() == 5
    assert {one.kind for one in Discrepancy.objects.visible_to(cast.leader)} == {"unknown"}
    assert not Discrepancy.objects.visible_to(cast.district_desk_officer).exists()


def test_money_that_only_the_gateway_knew_is_counted_when_somebody_says_so(cast: Cast, told: list[Settled]) -> None:
    payment = started(cast, 1)
    compared(cast, line(payment, "B", 81_000))
    held = Discrepancy.objects.get()
    with pytest.raises(Refusal, match="cách đã xử lý"):
        resolve(held, way="accepted", note="", actor=cast.district_leader, at=AT)
    with pytest.raises(Forbidden):
        resolve(held, way="accepted", note="x", actor=cast.district_desk_officer, at=AT)
    resolve(held, way="accepted", note="Sao kê khớp", actor=cast.district_leader, at=AT)
    payment.refresh_from_db()
    assert (payment.state, payment.transaction, len(told)) == ("paid", "B", 1)
    assert said(word(payment, transaction="B")) == "repeated"
    with pytest.raises(Refusal, match="đã được xử lý"):
        resolve(held, way="explained", note="x", actor=cast.district_leader, at=AT)


@pytest.mark.parametrize(("amount", "may"), [(80_000, False), (82_000, True)])
def test_too_little_is_not_counted_too_much_is(cast: Cast, amount: int, may: bool) -> None:  # noqa: FBT001 - a table
    payment = started(cast, 1)
    said(word(payment, amount=str(amount)))
    held = Discrepancy.objects.get()
    if may:
        resolve(held, way="accepted", note="Thừa 1.000 đ", actor=cast.district_leader, at=AT)
        payment.refresh_from_db()
        assert (payment.received, payment.receipt.amount) == (82_000, 82_000)
    else:
        with pytest.raises(Refusal, match="ít hơn"):
            resolve(held, way="accepted", note="x", actor=cast.district_leader, at=AT)
        resolve(held, way="returned", note="Đã trả qua cổng", actor=cast.district_leader, at=AT)


def test_a_line_outside_the_days_or_a_stretch_that_is_too_long_is_refused(cast: Cast) -> None:
    stray = StatementLine(9, "LT1", "A", 5, AT - dt.timedelta(days=3))
    with pytest.raises(Refusal, match="Dòng 9"):
        compared(cast, stray)
    with pytest.raises(Refusal, match="ba tháng"):
        reconcile(
            "paygov", [], since=MONDAY, until=dt.date(2015, 1, 1), file_name="k", actor=cast.district_leader, at=AT
        )
    with pytest.raises(Forbidden):
        reconcile("paygov", [], since=MONDAY, until=MONDAY, file_name="k", actor=cast.district_desk_officer, at=AT)
