"""Giving money back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.rules import required
from lienthong.payments import gateways, hooks, texts
from lienthong.payments.gateways.told import SilentError
from lienthong.payments.models import Charge, Payment, PaymentItem, Refund
from lienthong.payments.policies import require_refunder
from lienthong.payments.references import new_reference

State = Refund.State


@transaction.atomic
def refund(
    payment: Payment, *, charges: Collection[int] | None = None, reason: str, actor: Actor, at: dt.datetime
) -> Refund:
    """Give back the money of a payment, or of some of its charges. At a desk it is done at once.

    Through a gateway it waits for the gateway. Refuses without a reason, or what was given back already.
    """
    require_refunder(actor, payment)
    why = texts.reason(reason, what="lý do hoàn tiền")
    row = _locked(payment)
    if not row.has_money:
        raise Refusal("Lần thanh toán này chưa có tiền để hoàn.")
    items = [item for item in row.items.filter(refund=None) if charges is None or item.charge_id in charges]
    if not items:
        raise Refusal("Khoản này đã hoàn tiền hoặc đang chờ hoàn. Hãy tải lại trang.")
    made = Refund(
        payment=row,
        amount=_amount(row, items, is_whole=charges is None),
        reason=why,
        state=State.ASKED,
        reference=new_reference(at, "HT"),
        asked_by=actor.post,
        asked_at=at,
    )
    made.save(force_insert=True)
    PaymentItem.objects.filter(pk__in=[item.pk for item in items]).update(refund=made)
    told = {"amount": made.amount, "reason": why}
    record(row.own, "payment.refund_asked", actor=actor, at=at, particulars=told, thread=row.subject)
    if row.is_at_desk:
        _done(made, row, proof="Trả lại tại quầy", actor=actor, at=at)
    return made


@transaction.atomic
def confirm_refund(refund: Refund, *, proof: str, actor: Actor, at: dt.datetime) -> Refund:
    """Say that the money was given back outside the system, with the proof. Refuses what is done already."""
    require_refunder(actor, refund.payment)
    paper = required(proof, what="số chứng từ hoàn tiền", field="proof", longest=200)
    row = _locked(refund.payment)
    made = Refund.objects.select_for_update().get(pk=refund.pk)
    if made.state == State.DONE:
        raise Refusal("Khoản này đã ghi là hoàn tiền rồi.")
    return _done(made, row, proof=paper, actor=actor, at=at)


def send_refunds(*, at: dt.datetime) -> int:
    """Order the gateways to give back what was asked; return how many were done. Nothing is locked meanwhile."""
    done = 0
    for made in list(Refund.objects.filter(state=State.ASKED).select_related("payment").order_by("pk")[:50]):
        gateway = gateways.named(made.payment.gateway)
        try:
            proof = gateway.give_back(made) if gateway else ""
        except SilentError:
            continue
        done += bool(proof and _finish(made.pk, proof, at=at))
    return done


@transaction.atomic
def _finish(pk: int, proof: str, *, at: dt.datetime) -> bool:
    payment = Refund.objects.select_related("payment").get(pk=pk).payment
    row = _locked(payment)
    made = Refund.objects.select_for_update().get(pk=pk)
    if made.state == State.DONE:
        return False
    _done(made, row, proof=proof, actor=None, at=at)
    return True


def _locked(payment: Payment) -> Payment:
    hooks.lock(payment.subject)
    return Payment.objects.select_for_update(of=("self",)).select_related("agency").get(pk=payment.pk)


def _amount(payment: Payment, items: list[PaymentItem], *, is_whole: bool) -> int:
    """Return what is given back: the items' money; with the last of them whatever came beyond what was asked."""
    given = sum(one.amount for one in payment.refunds.all())
    rest = (payment.received or 0) - given
    is_last = is_whole or payment.items.filter(refund=None).count() == len(items)
    return rest if is_last else min(rest, sum(item.amount for item in items))


def _done(made: Refund, payment: Payment, *, proof: str, actor: Actor | None, at: dt.datetime) -> Refund:
    made.state, made.proof, made.done_at = State.DONE, proof, at
    made.save(update_fields=["state", "proof", "done_at"])
    settled = PaymentItem.objects.filter(refund=made, settled=True)
    keys = list(settled.values_list("charge", flat=True))
    Charge.objects.filter(pk__in=keys).update(state=Charge.State.REFUNDED, reason=made.reason, settled_at=at)
    settled.update(settled=False)
    undone = PaymentItem.objects.filter(payment=payment).exclude(refund__state=State.DONE)
    if not undone.exists():
        payment.state = Payment.State.REFUNDED
        payment.save(update_fields=["state"])
    told = {"amount": made.amount, "proof": proof}
    record(payment.own, "payment.refunded", actor=actor, at=at, particulars=told, thread=payment.subject)
    return made
