"""Charging, and money at the desk."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from lienthong.journal.queries import timeline
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.numbering.queries import balance
from lienthong.payments.hooks import Settled
from lienthong.payments.models import Charge, Payment, Receipt
from lienthong.payments.operations.charges import Line, cancel, charge, waive
from lienthong.payments.operations.refunds import refund
from lienthong.payments.queries.owed import is_settled, owed
from lienthong.payments.queries.takings import by_desk, takings
from lienthong.payments.tests.builders import FEES, KIND, THING, charged, paid
from tests.cast import AT, MONDAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


def test_a_fee_is_charged_once_by_its_key_and_takes_a_new_amount_while_it_is_due(cast: Cast) -> None:
    first = charged(cast)
    assert [one.pk for one in charged(cast)] == [one.pk for one in first]
    dearer = [Line("le_phi", "Lệ phí cấp giấy phép xây dựng", 100_000)]
    charge(THING, dearer, unit=cast.district_desk, actor=None, at=AT)
    assert owed(THING) == (100_000, 6_000)


def test_a_fee_of_nought_stands_as_waived_with_its_reason(cast: Cast) -> None:
    free = Line("le_phi", "Lệ phí", 0, note="Hộ nghèo")
    (made,) = charge(THING, [free], unit=cast.district_desk, actor=None, at=AT)
    assert (made.state, made.reason) == ("waived", "Hộ nghèo")
    assert is_settled(THING, "before_result")


@pytest.mark.parametrize("amount", [-1, 10**13])
def test_an_impossible_amount_is_refused(cast: Cast, amount: int) -> None:
    with pytest.raises(Refusal, match="không hợp lệ"):
        charge(THING, [Line("a", "A", amount)], unit=cast.district_desk, actor=None, at=AT)


def test_money_at_the_desk_pays_gives_a_receipt_and_tells_the_subjects_app_once(
    cast: Cast, told: list[Settled]
) -> None:
    charges = charged(cast)
    receipt = paid(charges[:1], cast.district_desk_officer)
    assert (receipt.number, receipt.year, receipt.amount, receipt.agency_id) == (1, 2014, 75_000, cast.district.pk)
    assert is_settled(THING, "at_receipt")
    assert not is_settled(THING, "before_result")
    (heard,) = told
    assert (heard.how, heard.amount, heard.owed_at_receipt, heard.owed_before_result) == ("paid", 75_000, 0, 6_000)
    assert not heard.is_all
    sentences = [entry.sentence for entry in timeline(THING)]
    assert "Trương Thị Lệ thu 75.000 đ, tiền mặt, biên lai số 0000001/2014" in sentences


def test_the_same_form_twice_is_one_payment(cast: Cast, told: list[Settled]) -> None:
    charges, key = charged(cast), str(uuid.uuid4())
    first = paid(charges, cast.district_desk_officer, key=key)
    assert paid(charges, cast.district_desk_officer, key=key).pk == first.pk
    assert (Payment.objects.count(), len(told)) == (1, 1)


def test_what_is_paid_is_not_paid_again_nor_changed_nor_waived(cast: Cast) -> None:
    charges = charged(cast)
    paid(charges, cast.district_desk_officer)
    with pytest.raises(Refusal, match="đã nộp rồi"):
        paid(charges, cast.district_desk_officer)
    with pytest.raises(Refusal, match="đã nộp rồi"):
        waive(charges[0], reason="Hộ nghèo", actor=cast.district_desk_officer, at=AT)
    with pytest.raises(Refusal, match=r"đã nộp 75\.000 đ"):
        charge(THING, [Line("le_phi", "Lệ phí", 1)], unit=cast.district_desk, actor=None, at=AT)


def test_who_does_not_collect_there_is_refused(cast: Cast) -> None:
    charges = charged(cast)
    for actor in (cast.outsider, cast.works_specialist, cast.district_leader, cast.commune_desk_officer):
        with pytest.raises(Forbidden):
            paid(charges, actor)
        with pytest.raises(Forbidden):
            waive(charges[0], reason="x", actor=actor, at=AT)
    assert not Payment.objects.exists()


def test_a_waiver_and_a_cancellation_need_a_reason_and_are_told(cast: Cast, told: list[Settled]) -> None:
    first, second = charged(cast)
    with pytest.raises(Refusal, match="lý do"):
        waive(first, reason=" ", actor=cast.district_desk_officer, at=AT)
    waive(first, reason="Người có công", actor=cast.district_desk_officer, at=AT)
    cancel(second, reason="Lập nhầm", actor=cast.district_desk_officer, at=AT)
    assert [one.how for one in told] == ["waived", "cancelled"]
    assert told[-1].is_all
    charged(cast)
    assert owed(THING) == (0, 6_000), "what was forgiven stays forgiven, what was cancelled may be charged anew"


def test_charges_of_two_subjects_are_not_paid_together(cast: Cast) -> None:
    other = charge(type(THING)(KIND, 8), FEES, unit=cast.district_desk, actor=None, at=AT)
    with pytest.raises(Refusal, match="cùng một hồ sơ"):
        paid([*charged(cast), *other], cast.district_desk_officer)


def test_money_given_back_at_the_desk_frees_the_key_and_shows_in_the_takings(cast: Cast) -> None:
    charges = charged(cast)
    receipt = paid(charges, cast.district_desk_officer)
    officer = cast.district_desk_officer
    refund(receipt.payment, charges=[charges[1].pk], reason="Không sao chụp", actor=officer, at=AT)
    assert Payment.objects.get().state == "paid"
    refund(receipt.payment, reason="Rút hồ sơ", actor=officer, at=AT)
    assert Payment.objects.get().state == "refunded"
    assert set(Charge.objects.values_list("state", flat=True)) == {"refunded"}
    with pytest.raises(Refusal, match="đã hoàn"):
        refund(receipt.payment, reason="Rút hồ sơ", actor=officer, at=AT)
    (desk,) = by_desk(takings(officer, MONDAY))
    assert (desk.receipts, desk.cash, desk.refunded, desk.total) == (1, 81_000, 81_000, 0)
    charged(cast)
    assert owed(THING) == (75_000, 6_000)


def test_takings_are_those_of_the_own_agency_alone(cast: Cast) -> None:
    paid(charged(cast), cast.district_desk_officer)
    assert takings(cast.district_leader, MONDAY)
    assert takings(cast.one_stop_officer, MONDAY) == []
    assert takings(cast.district_specialist, MONDAY) == []


def test_the_database_refuses_to_change_a_receipt(cast: Cast) -> None:
    receipt = paid(charged(cast), cast.district_desk_officer)
    with pytest.raises(Exception, match="never changes"), connection.cursor() as cursor:
        cursor.execute("UPDATE payments_receipt SET amount = 1 WHERE id = %s", [receipt.pk])


def test_taking_money_costs_few_queries(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    charges = charged(cast)
    with django_assert_max_num_queries(20):
        paid(charges, cast.district_desk_officer)


@pytest.mark.django_db(transaction=True)
def test_a_subject_charged_from_four_sides_at_once_is_charged_once(cast: Cast) -> None:
    barrier = Barrier(4)

    def ask(_: int) -> list[int]:
        barrier.wait(10)
        try:
            return [one.pk for one in charged(cast)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len({tuple(keys) for keys in pool.map(ask, range(4))}) == 1
    assert Charge.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_desks_take_the_same_money_once_and_receipts_have_no_gaps(cast: Cast) -> None:
    charges, barrier = charged(cast), Barrier(4)

    def take(_: int) -> str:
        barrier.wait(10)
        try:
            return paid(charges, cast.district_desk_officer).symbol
        except Refusal as refusal:
            return refusal.message
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(take, range(4)))
    assert sum(result == "0000001/2014" for result in results) == 1
    assert sum("đã nộp rồi" in result for result in results) == 3
    assert Receipt.objects.count() == 1
    assert balance() == []
