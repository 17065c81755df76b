"""Money that comes after its case ended is never lost: it is held until somebody gives it back."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import Settings

from lienthong.cases import operations
from lienthong.cases.tests.test_fees import a_copy
from lienthong.payments.models import Charge, Discrepancy, Payment
from lienthong.payments.tests.builders import begun, said, word
from tests.cast import AT, Cast


@pytest.fixture(autouse=True)
def _gateway(settings: Settings) -> None:
    settings.PAYGOV_ADDRESS = "http://127.0.0.1:9/pay"
    settings.PAYGOV_MERCHANT = "H11"
    settings.PAYGOV_SECRET = "bi-mat-chung"


def test_what_is_paid_after_the_end_is_held_to_be_given_back(cast: Cast) -> None:
    case = a_copy(cast)
    payment = begun(list(Charge.objects.of(case.subject).owed().select_related("unit", "agency")))
    ended = operations.withdraw(case, reason="Không cần nữa", actor=cast.commune_desk_officer, at=AT)
    assert said(word(payment), at=AT + dt.timedelta(hours=2)) is not None
    payment.refresh_from_db()
    assert (payment.state, payment.received) == (Payment.State.PAID, 21_000)
    held = Discrepancy.objects.get(payment=payment)
    assert (held.theirs, held.resolved_at) == (21_000, None)
    case.refresh_from_db()
    assert (case.status, case.ended_at) == (ended.status, AT)
    assert Charge.objects.of(case.subject).get().state == Charge.State.CANCELLED
