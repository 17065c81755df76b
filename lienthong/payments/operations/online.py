"""Beginning to pay through a gateway."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, Q

from lienthong.journal.operations import record
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.payments import gateways, hooks, texts
from lienthong.payments.models import Charge, Payment, PaymentItem
from lienthong.payments.operations.charges import locked_due
from lienthong.payments.policies import require_collector
from lienthong.payments.references import new_reference

OPEN_FOR = dt.timedelta(minutes=30)
FIRST_ASK = dt.timedelta(minutes=3)


@transaction.atomic
def begin_online(
    charges: Sequence[Charge], *, gateway: str, key: str, payer: str = "", actor: Actor | None = None, at: dt.datetime
) -> Payment:
    """Begin to pay charges of one subject through a gateway; a double click gives the same request.

    So does another key while a request for the very same charges is open. ``actor`` None: the payer themselves, whom
    the caller has let in. Refuses a gateway that is not in use, and what is not due any more.
    """
    require_collector(actor, charges)
    if gateways.named(gateway) is None:
        raise Refusal("Cổng thanh toán này hiện không dùng được. Hãy chọn cách nộp khác.", field="gateway")
    if charges:
        hooks.lock(charges[0].subject)
    if known := Payment.objects.filter(key=key).first():
        return _same(known, charges)
    payer = texts.payer(payer)
    rows = locked_due(charges)
    if known := Payment.objects.filter(key=key).first() or _open_one(rows, gateway, at):
        return _same(known, charges)
    return _begun(rows, gateway, key, payer, actor, at)


@transaction.atomic
def begin_again(payment: Payment, *, key: str, at: dt.datetime) -> Payment:
    """Begin anew what failed or expired, for those of its charges that are still due. Refuses when none is."""
    charges = list(Charge.objects.owed().filter(items__payment=payment).order_by("pk"))
    if not charges:
        raise Refusal("Các khoản này không còn phải nộp. Hãy tải lại trang.")
    return begin_online(charges, gateway=payment.gateway, key=key, payer=payment.payer, actor=None, at=at)


def _same(known: Payment, charges: Sequence[Charge]) -> Payment:
    if known.subject != charges[0].subject:
        raise Refusal("Biểu mẫu thanh toán này đã dùng cho hồ sơ khác. Hãy tải lại trang.")
    return known


def _open_one(rows: Sequence[Charge], gateway: str, at: dt.datetime) -> Payment | None:
    """Return the open request for the very same charges and amounts."""
    mine = Q(items__charge__in=[one.pk for one in rows])
    open_ones = Payment.objects.of(rows[0].subject).filter(
        gateway=gateway, state=Payment.State.STARTED, expires_at__gt=at, amount=sum(one.amount for one in rows)
    )
    counted = open_ones.annotate(every=Count("items"), mine=Count("items", filter=mine))
    return counted.filter(every=len(rows), mine=len(rows)).order_by("pk").first()


def _begun(rows: Sequence[Charge], gateway: str, key: str, payer: str, actor: Actor | None, at: dt.datetime) -> Payment:
    payment = Payment(
        subject_kind=rows[0].subject_kind,
        subject_id=rows[0].subject_id,
        unit=rows[0].unit,
        agency=rows[0].agency,
        gateway=gateway,
        method=Payment.Method.ONLINE,
        token=uuid.uuid4(),
        key=key,
        reference=new_reference(at),
        amount=sum(one.amount for one in rows),
        payer=payer or rows[0].payer,
        started_at=at,
        expires_at=at + OPEN_FOR,
        ask_at=at + FIRST_ASK,
    )
    payment.save(force_insert=True)
    PaymentItem.objects.bulk_create(PaymentItem(payment=payment, charge=one, amount=one.amount) for one in rows)
    told = {"amount": payment.amount, "gateway": gateways.name_of(gateway), "reference": payment.reference}
    record(payment.own, "payment.started", actor=actor, at=at, particulars=told, thread=payment.subject, is_new=True)
    return payment
