"""Fees of a case: charged when it comes, asked for before the result, let go when it ends."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from lienthong.applicants.models import Applicant
from lienthong.cases import operations
from lienthong.cases.models import Case
from lienthong.cases.operations import Given
from lienthong.cases.tests.builders import VALUES, a_case, citizen, reception, version
from lienthong.kernel.clock import local
from lienthong.kernel.refusal import Refusal
from lienthong.payments.models import Charge
from lienthong.payments.operations.desk import pay_at_desk
from tests.cast import AT, COMMUNE_CODE, Cast

HOUSE: dict[str, Any] = {
    "loai": "nha_nong_thon", "dia_diem": {"commune": COMMUNE_CODE, "street": "Thôn 2"}, "thua_dat": "Thửa 12, tờ 3",
    "dien_tich_dat": "120", "tang": "2", "dien_tich_san": "180", "lien_ke": False,
    "chu_dau_tu": {"name": "Trần Văn Nam", "phone": "0918123456"},
}  # fmt: skip
HOUSE_PAPERS = {"don": Given(1), "dat": Given(copies=1), "ban_ve": Given(2)}


def a_copy(cast: Cast, *, pages: int = 5, copies: int = 3) -> Case:
    """Receive copies to be certified: 8,000 … đồng by the pages."""
    said = {"giay_to": "Bằng tốt nghiệp", "so_trang": str(pages), "so_ban": str(copies)}
    given = {"ban_chinh": Given(1), "ban_sao": Given(copies=copies)}
    return a_case(cast, applicant=_somebody(cast), version=version("2.000815"), values=said, papers=given)


def _somebody(cast: Cast) -> Applicant:
    return Applicant.objects.first() or citizen(cast.commune_desk_officer)


def a_house(cast: Cast) -> Case:
    """Receive a building permit at the commune's desk, for the district to decide."""
    return a_case(cast, version=version("1.013225"), values=HOUSE, papers=HOUSE_PAPERS)


def _charges(case: Case) -> list[tuple[int, str]]:
    return list(Charge.objects.of(case.subject).order_by("pk").values_list("amount", "state"))


def _pay(cast: Cast, case: Case, at: dt.datetime = AT) -> None:
    owed = list(Charge.objects.of(case.subject).owed().select_related("unit", "agency"))
    pay_at_desk(owed, payer="", key=str(uuid.uuid4()), actor=cast.commune_desk_officer, at=at)


def test_a_case_is_charged_by_the_formula_of_its_procedure(cast: Cast) -> None:
    assert _charges(a_copy(cast)) == [(3 * (2 * 2000 + 3 * 1000), "due")]


def test_what_is_free_stands_as_waived(cast: Cast) -> None:
    assert _charges(a_case(cast)) == [(0, "waived")]
    late = a_case(cast, applicant=citizen(cast.commune_desk_officer, number="260123457"),
                  values={**VALUES, "qua_han": True})  # fmt: skip
    assert _charges(late) == [(5000, "due")]


def test_charging_costs_few_queries(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    prepared = reception(cast, values={**VALUES, "qua_han": True})
    a_case(cast, applicant=prepared.applicant)
    with django_assert_max_num_queries(17):  # 15 and the savepoint of the test
        operations.receive(prepared, actor=cast.commune_desk_officer, at=AT)


def test_no_result_is_handed_over_before_all_is_paid(cast: Cast) -> None:
    case = a_copy(cast)
    operations.write_result(case, "ban_sao", actor=cast.registrar, at=AT)
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    operations.write_result(case, "ban_sao", symbol="12/CT", signer="Đinh Công Tráng", actor=cast.commune_leader, at=AT)
    operations.act(case, "sign", actor=cast.commune_leader, at=AT)
    desk = cast.commune_desk_officer
    with pytest.raises(Refusal, match=r"còn phải thu 21\.000"):
        operations.hand_over(case, receiver="Trần Văn Nam", actor=desk, at=AT)
    _pay(cast, case)
    assert operations.hand_over(case, receiver="Trần Văn Nam", actor=desk, at=AT).status == Case.Status.HANDED_OVER


def test_a_payment_lets_a_clock_that_waited_for_it_run_on(cast: Cast) -> None:
    case = a_house(cast)
    operations.act(case, "forward", actor=cast.commune_leader, at=AT)
    case.refresh_from_db()
    operations.suspend(case, kind="payment", reason="Chờ nộp lệ phí", actor=cast.works_head, at=AT)
    case.refresh_from_db()
    assert case.status == Case.Status.PAYMENT
    _pay(cast, case, AT + dt.timedelta(days=2))
    case.refresh_from_db()
    assert case.status == Case.Status.IN_PROGRESS
    assert case.paused_at is None
    assert case.due_at is not None
    assert local(case.due_at).strftime("%H:%M %d/%m/%Y") == "10:00 26/03/2014"  # ten working days from the payment


def test_what_is_owed_is_let_go_when_the_case_ends_and_what_was_paid_stays(cast: Cast) -> None:
    case, paid = a_copy(cast), a_copy(cast, pages=1)
    _pay(cast, paid)
    for one in (case, paid):
        operations.withdraw(one, reason="Không cần nữa", actor=cast.commune_desk_officer, at=AT)
    assert _charges(case) == [(21000, "cancelled")]
    assert _charges(paid) == [(6000, "paid")]
