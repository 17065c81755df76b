"""Money through a gateway: twice is once, in any order, late, forged, of another amount."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from threading import Barrier

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from lienthong.kernel.refusal import Refusal
from lienthong.payments import hooks
from lienthong.payments.hooks import Settled
from lienthong.payments.models import CallbackReceived, Charge, Discrepancy, Payment, Receipt
from lienthong.payments.operations.asking import _expire
from lienthong.payments.operations.callbacks import MOST_FORGED, callback
from lienthong.payments.operations.charges import Line, charge
from lienthong.payments.operations.online import begin_again
from lienthong.payments.tests.builders import LATER, THING, begun, charged, paid, said, word
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told", "paygov")]
HELD = CallbackReceived.Outcome.HELD
REPEATED = CallbackReceived.Outcome.REPEATED


def test_a_double_click_gives_the_same_request(cast: Cast) -> None:
    charges = charged(cast)
    first = begun(charges, key="k1")
    assert begun(charges, key="k1").pk == first.pk
    assert begun(charges, key="k2").pk == first.pk, "an open request for the very same charges"
    assert begun(charges[:1], key="k3").pk != first.pk


def test_a_gateway_that_is_not_in_use_is_refused(cast: Cast) -> None:
    with pytest.raises(Refusal, match="không dùng được"):
        begun(charged(cast), gateway="sandbox")
    assert callback("sandbox", b"a=1", headers={}, at=AT) is None


def test_the_money_is_counted_once_however_often_the_gateway_says_so(cast: Cast, told: list[Settled]) -> None:
    payment = begun(charged(cast))
    assert said(word(payment)) == "paid"
    assert said(word(payment)) == REPEATED
    assert said(word(payment, "failed")) == REPEATED, "what came is not un-said"
    payment.refresh_from_db()
    assert (payment.state, payment.received, payment.paid_at, payment.transaction) == (
        "paid", 81_000, LATER, "GD0001",
    )  # fmt: skip
    assert (len(told), told[0].is_all, Receipt.objects.count()) == (1, True, 1)
    assert set(Charge.objects.values_list("state", flat=True)) == {"paid"}
    assert CallbackReceived.objects.count() == 3


@pytest.mark.parametrize("closed_by", ["failed", "expired"])
def test_a_late_paid_after_failed_or_expired_becomes_paid(cast: Cast, told: list[Settled], closed_by: str) -> None:
    payment = begun(charged(cast))
    if closed_by == "failed":
        assert said(word(payment, "failed")) == "failed"
    else:
        _expire(payment.pk, at=AT + dt.timedelta(hours=1))
    payment.refresh_from_db()
    assert payment.state == closed_by
    assert said(word(payment), at=AT + dt.timedelta(days=2)) == "late"
    payment.refresh_from_db()
    assert (payment.state, len(told)) == ("paid", 1)


@pytest.mark.parametrize("order", sorted(set(permutations(["paid", "paid", "failed", "expire", "pending"]))))
def test_in_whatever_order_the_words_come_the_money_is_counted_once(
    cast: Cast, told: list[Settled], order: tuple[str, ...]
) -> None:
    payment = begun(charged(cast))
    for place, state in enumerate(order):
        if state == "expire":
            _expire(payment.pk, at=AT + dt.timedelta(hours=1))
        else:
            said(word(payment, state), at=LATER + dt.timedelta(minutes=place))
    payment.refresh_from_db()
    assert (payment.state, payment.received, len(told), Receipt.objects.count()) == ("paid", 81_000, 1, 1)
    assert not Discrepancy.objects.exists()


def test_the_subject_is_locked_before_anything_of_ours(cast: Cast) -> None:
    locked: list[int] = []
    hooks.declare(THING.kind, lambda _settled: None, lock=locked.append)
    try:
        said(word(begun(charged(cast))))
    finally:
        hooks._locks.pop(THING.kind)
    assert set(locked) == {THING.pk}
    assert len(locked) >= 3, "charged, begun, told"


@pytest.mark.parametrize(
    "break_it",
    [
        lambda body: body.replace(b"amount=81000", b"amount=1"),
        lambda body: body.replace(b"state=failed", b"state=paid"),
        lambda body: body[:-1] + (b"0" if body[-1:] != b"0" else b"1"),
        lambda body: body.split(b"&signature")[0],
        lambda body: body + b"&amount=81000",
        lambda _body: b"reference=x&signature=",
    ],
)
def test_a_forged_message_is_refused_kept_and_changes_nothing(cast: Cast, break_it: object) -> None:
    payment = begun(charged(cast))
    body = word(payment, "failed")
    assert said(break_it(body)) == "forged"  # type: ignore[operator]  # one of the functions above
    payment.refresh_from_db()
    assert payment.state == "started"
    kept = CallbackReceived.objects.get()
    assert (kept.is_genuine, kept.outcome, kept.sender) == (False, "forged", "10.0.0.1")


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"%", b"x" * 30_000, b'{"json": 1}'])
def test_what_nobody_can_read_is_refused_and_kept(cast: Cast, body: bytes) -> None:
    assert said(body) in {"unreadable", "forged"}
    assert CallbackReceived.objects.get().payment is None


@pytest.mark.parametrize(
    "changes",
    [{"merchant": "H12"}, {"amount": "-5"}, {"state": "perhaps"}, {"transaction": ""}, {"transaction": "a\0b"}],
)
def test_a_signed_message_that_says_nonsense_is_refused(cast: Cast, changes: dict[str, str]) -> None:
    assert said(word(begun(charged(cast)), **changes)) == "unreadable"


def test_forged_messages_do_not_fill_the_house(cast: Cast) -> None:
    for _ in range(MOST_FORGED + 5):
        said(b"reference=x&signature=y")
    assert CallbackReceived.objects.count() == MOST_FORGED


def test_what_a_gateway_said_is_never_changed(cast: Cast) -> None:
    said(word(begun(charged(cast))))
    with pytest.raises(Exception, match="never changes"):
        CallbackReceived.objects.update(outcome="forged")


def test_another_amount_is_held_and_nothing_is_lost(cast: Cast, told: list[Settled]) -> None:
    payment = begun(charged(cast))
    assert said(word(payment, amount="80000")) == HELD
    assert said(word(payment, amount="80000")) == REPEATED
    held = Discrepancy.objects.get()
    assert (held.kind, held.ours, held.theirs, held.agency_id) == ("amount", 81_000, 80_000, cast.district.pk)
    payment.refresh_from_db()
    assert (payment.state, told) == ("started", [])


def test_money_for_a_request_that_we_do_not_know_is_held(cast: Cast) -> None:
    assert said(word(Payment(reference="LT000", amount=5))) == HELD
    assert Discrepancy.objects.get().kind == "unknown"


def test_money_for_what_was_paid_at_the_desk_meanwhile_is_counted_and_held_as_double(
    cast: Cast, told: list[Settled]
) -> None:
    charges = charged(cast)
    payment = begun(charges)
    paid(charges[:1], cast.district_desk_officer)
    assert said(word(payment)) == "paid"
    held = Discrepancy.objects.get()
    assert (held.kind, held.theirs) == ("duplicate", 75_000)
    assert [one.amount for one in told] == [75_000, 6_000]
    assert Receipt.objects.count() == 2


def test_a_second_transaction_for_a_paid_request_is_held(cast: Cast) -> None:
    payment = begun(charged(cast))
    said(word(payment))
    assert said(word(payment, transaction="GD0002")) == HELD
    assert Discrepancy.objects.get().kind == "duplicate"


def test_one_transaction_for_two_requests_is_held(cast: Cast) -> None:
    first, second = charged(cast)
    said(word(begun([first])))
    assert said(word(begun([second]))) == HELD
    assert Discrepancy.objects.get().kind == "transaction"


def test_an_amount_that_changed_after_the_request_is_not_taken_for_paid(cast: Cast, told: list[Settled]) -> None:
    payment = begun(charged(cast)[:1])
    charge(THING, [Line("le_phi", "Lệ phí", 90_000)], unit=cast.district_desk, actor=None, at=AT)
    assert said(word(payment)) == "paid"
    assert Charge.objects.get(key="le_phi").is_due
    assert Discrepancy.objects.get().theirs == 75_000
    assert told == []


def test_what_failed_is_begun_again_for_what_is_still_due(cast: Cast) -> None:
    charges = charged(cast)
    payment = begun(charges)
    said(word(payment, "failed"))
    paid(charges[:1], cast.district_desk_officer)
    anew = begin_again(payment, key="again", at=LATER)
    assert (anew.amount, begin_again(payment, key="again", at=LATER).pk) == (6_000, anew.pk)
    paid(charges[1:], cast.district_desk_officer)
    with pytest.raises(Refusal, match="không còn phải nộp"):
        begin_again(payment, key="third", at=LATER)


def test_a_callback_costs_few_queries(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    body = word(begun(charged(cast)))
    with django_assert_max_num_queries(21):
        said(body)


@pytest.mark.django_db(transaction=True)
def test_the_same_word_eight_times_at_once_is_one_payment(cast: Cast) -> None:
    payment, barrier = begun(charged(cast)), Barrier(8)
    body = word(payment)

    def tell(_: int) -> str | None:
        barrier.wait(10)
        try:
            return said(body)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        results = sorted(map(str, pool.map(tell, range(8))))
    assert results == ["paid", *["repeated"] * 7]
    assert Receipt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_begin_one_request(cast: Cast) -> None:
    charges, barrier = charged(cast), Barrier(4)

    def begin(place: int) -> int:
        barrier.wait(10)
        try:
            return begun(charges, key=f"k{place % 2}").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(begin, range(4)))) == 1
    assert Payment.objects.count() == 1
