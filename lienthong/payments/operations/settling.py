"""The one place where money becomes a paid charge, a receipt and a word to the subject's app."""

from __future__ import annotations

import datetime as dt

from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.subjects import Subject
from lienthong.numbering.operations import open_series, take
from lienthong.organisation.actor import Actor
from lienthong.payments import hooks
from lienthong.payments.models import Charge, Discrepancy, Payment, PaymentItem, Receipt, Reconciliation
from lienthong.payments.notices import tell_discrepancy
from lienthong.payments.queries.owed import owed

State = Payment.State


def settle(
    payment: Payment, *, transaction: str, received: int, paid_at: dt.datetime, actor: Actor | None, at: dt.datetime
) -> Receipt:
    """Count the money of a payment whose row and subject the caller holds: charges, receipt, hook, journal.

    A charge that somebody else paid meanwhile, or whose amount changed, is not paid twice: the surplus is held.
    """
    was = payment.state
    payment.state, payment.transaction, payment.received = State.PAID, transaction, received
    payment.paid_at, payment.known_at, payment.ask_at = paid_at, at, None
    payment.save(update_fields=["state", "transaction", "received", "paid_at", "known_at", "ask_at"])
    fresh, surplus = _charges_paid(payment, paid_at)
    if surplus:
        hold(Discrepancy.Kind.DUPLICATE, payment, transaction=transaction, theirs=surplus, ours=0, at=at)
    if fresh:
        keys, amount = tuple(one.pk for one in fresh), sum(one.amount for one in fresh)
        hooks.tell(hooks.Settled(payment.subject, "paid", keys, amount, *owed(payment.subject), actor, at))
    receipt = _issue(payment, at)
    told = {"amount": received, "receipt": receipt.symbol, "method": payment.get_method_display(), "was": was}
    is_new = payment.is_at_desk
    record(payment.own, "payment.paid", actor=actor, at=at, particulars=told, thread=payment.subject, is_new=is_new)
    return receipt


def hold(
    kind: str,
    payment: Payment | None,
    *,
    at: dt.datetime,
    gateway: str = "",
    reference: str = "",
    transaction: str = "",
    ours: int | None = None,
    theirs: int | None = None,
    reconciliation: Reconciliation | None = None,
) -> tuple[Discrepancy, bool]:
    """Hold money of which two sides say different things until somebody settles it; the same thing is held once."""
    held, is_new = Discrepancy.objects.get_or_create(
        gateway=payment.gateway if payment else gateway,
        kind=kind,
        reference=payment.reference if payment else reference,
        transaction=transaction,
        defaults={
            "payment": payment,
            "agency_id": payment.agency_id if payment else None,
            "ours": ours,
            "theirs": theirs,
            "found_at": at,
            "reconciliation": reconciliation,
        },
    )
    if is_new:
        thread = payment.subject if payment else None
        told = {"kind": held.get_kind_display(), "ours": ours, "theirs": theirs, "reference": held.reference}
        record(held.subject, "discrepancy.found", actor=None, at=at, particulars=told, thread=thread, is_new=True)
        tell_discrepancy(held, at=at)
    return held, is_new


def _charges_paid(payment: Payment, paid_at: dt.datetime) -> tuple[list[Charge], int]:
    """Mark what this money pays; return the charges and what of the money paid for nothing."""
    items = {item.charge_id: item for item in PaymentItem.objects.filter(payment=payment)}
    charges = Charge.objects.select_for_update().filter(pk__in=items).order_by("pk")
    fresh = [one for one in charges if one.is_due and one.amount == items[one.pk].amount]
    keys = [one.pk for one in fresh]
    Charge.objects.filter(pk__in=keys).update(state=Charge.State.PAID, settled_at=paid_at)
    PaymentItem.objects.filter(payment=payment, charge__in=keys).update(settled=True)
    return fresh, sum(item.amount for key, item in items.items() if key not in keys)


def _issue(payment: Payment, at: dt.datetime) -> Receipt:
    """Issue the receipt with the next number of the agency and year."""
    year = local_date(at).year
    series = open_series(
        f"receipts.{payment.agency_id}", name=f"Biên lai thu phí, lệ phí của {payment.agency.name}"[:200]
    )
    receipt = Receipt(
        payment=payment,
        agency_id=payment.agency_id,
        unit_id=payment.unit_id,
        year=year,
        number=take(series, period=year, subject=Subject("payment", payment.pk), at=at),
        payer=payment.payer,
        amount=payment.received or payment.amount,
        issued_at=at,
        issued_by_id=payment.taken_by_id,
    )
    receipt.save(force_insert=True)
    return receipt
