"""A day's takings: who took how much at which desk, and what came through the gateways."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from lienthong.kernel.clock import at_local
from lienthong.organisation.actor import Actor
from lienthong.payments.models import Payment, Receipt, Refund
from lienthong.payments.models.seen import agencies_of, may_list

ONLINE = "Trực tuyến"
RECEIPT = re.compile(r"(?P<number>\d{1,9})(?:/(?P<year>\d{4}))?")


@dataclass(frozen=True, slots=True)
class Taking:
    """One line of a day: a receipt, or money given back (below nought)."""

    at: dt.datetime
    desk: str
    who: str
    receipt: str
    payer: str
    method: str
    amount: int
    reference: str
    payment: int


@dataclass(frozen=True, slots=True)
class DeskSum:
    """What one desk took in the day, by how it was given."""

    desk: str
    who: str
    receipts: int
    cash: int
    other: int
    refunded: int

    @property
    def total(self) -> int:
        """What is left after refunds."""
        return self.cash + self.other - self.refunded


def takings(actor: Actor, day: dt.date) -> list[Taking]:
    """Return what the actor's agency took and gave back on a day, in order. Two queries."""
    if not may_list(actor):
        return []
    start, end = at_local(day, dt.time()), at_local(day + dt.timedelta(days=1), dt.time())
    agencies = agencies_of(actor)
    receipts = Receipt.objects.filter(agency__in=agencies, issued_at__gte=start, issued_at__lt=end)
    given_back = Refund.objects.filter(payment__agency__in=agencies, done_at__gte=start, done_at__lt=end)
    rows = [
        *(_taken(one) for one in receipts.select_related("payment", "unit", "issued_by__officer")),
        *(
            _given_back(one)
            for one in given_back.select_related("payment__unit", "payment__receipt", "asked_by__officer")
        ),
    ]
    return sorted(rows, key=lambda one: (one.at, one.receipt))


def find(actor: Actor, words: str) -> list[Payment]:
    """Return the payments of the actor's agency that a receipt's number or a code means, the newest first."""
    text = words.strip().upper()
    if not text:
        return []
    said = Q(reference=text) | Q(transaction=words.strip())
    if number := RECEIPT.fullmatch(text):
        receipt = Q(receipt__number=int(number["number"]))
        said |= receipt & Q(receipt__year=int(number["year"])) if number["year"] else receipt
    rows = Payment.objects.visible_to(actor).filter(said).select_related("receipt")
    return list(rows.order_by("-pk")[:50])


def by_desk(rows: Iterable[Taking]) -> list[DeskSum]:
    """Return the sums of each desk and person, in the order of their names."""
    kept: dict[tuple[str, str], list[Taking]] = {}
    for row in rows:
        kept.setdefault((row.desk, row.who), []).append(row)
    return [_sum(desk, who, mine) for (desk, who), mine in sorted(kept.items())]


def _sum(desk: str, who: str, rows: list[Taking]) -> DeskSum:
    taken = [row for row in rows if row.amount > 0]
    cash = sum(row.amount for row in taken if row.method == "Tiền mặt")
    return DeskSum(
        desk=desk,
        who=who,
        receipts=len(taken),
        cash=cash,
        other=sum(row.amount for row in taken) - cash,
        refunded=-sum(row.amount for row in rows if row.amount < 0),
    )


def _taken(receipt: Receipt) -> Taking:
    payment = receipt.payment
    return Taking(
        at=receipt.issued_at,
        desk=receipt.unit.short_name,
        who=receipt.issued_by.officer.full_name if receipt.issued_by else ONLINE,
        receipt=receipt.symbol,
        payer=receipt.payer,
        method=payment.get_method_display(),
        amount=receipt.amount,
        reference=payment.reference,
        payment=payment.pk,
    )


def _given_back(refund: Refund) -> Taking:
    payment = refund.payment
    return Taking(
        at=refund.done_at or refund.asked_at,
        desk=payment.unit.short_name,
        who=refund.asked_by.officer.full_name,
        receipt=payment.receipt.symbol,
        payer=payment.payer,
        method=payment.get_method_display(),
        amount=-refund.amount,
        reference=refund.reference,
        payment=payment.pk,
    )
