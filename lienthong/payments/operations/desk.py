"""Taking money at a desk."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.payments import texts
from lienthong.payments.models import Charge, Payment, PaymentItem, Receipt
from lienthong.payments.models.payment import DESK
from lienthong.payments.operations.charges import locked_due
from lienthong.payments.operations.settling import settle
from lienthong.payments.policies import require_collector
from lienthong.payments.references import new_reference

AT_DESK = (Payment.Method.CASH, Payment.Method.CARD, Payment.Method.TRANSFER)


@transaction.atomic
def pay_at_desk(
    charges: Sequence[Charge],
    *,
    payer: str,
    method: str = Payment.Method.CASH,
    key: str,
    actor: Actor,
    at: dt.datetime,
) -> Receipt:
    """Take the money of charges of one subject at the actor's desk and give the receipt with its number.

    ``key`` comes with the form: sent twice, it is one payment. The receipt is that of the agency that takes the money.
    Refuses what is not due any more.
    """
    require_collector(actor, charges)
    if method not in AT_DESK:
        raise Refusal("Hãy chọn hình thức nộp tại quầy: tiền mặt, thẻ hoặc chuyển khoản.", field="method")
    if known := _known(key, charges):
        return known
    payer = texts.payer(payer)
    try:
        rows = locked_due(charges)
    except Refusal:
        if known := _known(key, charges):  # the same form came while we waited
            return known
        raise
    payment = _made(rows, payer, method, key, actor, at)
    return settle(payment, transaction="", received=payment.amount, paid_at=at, actor=actor, at=at)


def _known(key: str, charges: Sequence[Charge]) -> Receipt | None:
    known = Receipt.objects.filter(payment__key=key, payment__gateway=DESK).select_related("payment", "agency").first()
    if known and known.payment.subject != charges[0].subject:
        raise Refusal("Biểu mẫu thu tiền này đã dùng cho hồ sơ khác. Hãy tải lại trang.")
    return known


def _made(rows: Sequence[Charge], payer: str, method: str, key: str, actor: Actor, at: dt.datetime) -> Payment:
    unit = actor.post.unit
    if unit.agency is None:
        raise Refusal(f"{unit} không thuộc cơ quan nào nên không thu được tiền.")
    payment = Payment(
        subject_kind=rows[0].subject_kind,
        subject_id=rows[0].subject_id,
        unit=unit,
        agency=unit.agency,
        gateway=DESK,
        method=method,
        token=uuid.uuid4(),
        key=key,
        reference=new_reference(at),
        amount=sum(one.amount for one in rows),
        payer=payer or rows[0].payer,
        started_at=at,
        taken_by=actor.post,
    )
    payment.save(force_insert=True)
    PaymentItem.objects.bulk_create(PaymentItem(payment=payment, charge=one, amount=one.amount) for one in rows)
    return payment
