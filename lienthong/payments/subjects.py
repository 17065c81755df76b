"""Charges, payments and discrepancies as subjects: how they are called, and who sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse

from lienthong.kernel import subjects
from lienthong.kernel.addresses import address_of
from lienthong.kernel.subjects import Described
from lienthong.organisation.actor import Actor
from lienthong.payments.models import Charge, Discrepancy, Payment, Reconciliation
from lienthong.ui.formats import dong


def describe_charges(pks: Iterable[int]) -> Mapping[int, Described]:
    """Say what charges are called and where they stand."""
    rows = Charge.objects.filter(pk__in=pks).only("name", "amount", "subject_kind", "subject_id")
    return {
        one.pk: Described(
            f"{one.name}: {dong(one.amount)}", reverse("payments:subject", args=[one.subject_kind, one.subject_id])
        )
        for one in rows
    }


def describe_payments(pks: Iterable[int]) -> Mapping[int, Described]:
    """Say what payments are called and where they are read."""
    rows = Payment.objects.filter(pk__in=pks).values_list("pk", "reference", "amount")
    return {
        pk: Described(f"Thanh toán {reference}, {dong(amount)}", address_of("payments:payment", pk))
        for pk, reference, amount in rows
    }


def describe_discrepancies(pks: Iterable[int]) -> Mapping[int, Described]:
    """Say what discrepancies are called and where they are settled."""
    rows = Discrepancy.objects.filter(pk__in=pks)
    return {one.pk: Described(str(one), address_of("payments:discrepancy", one.pk)) for one in rows}


def describe_reconciliations(pks: Iterable[int]) -> Mapping[int, Described]:
    """Say which days were compared."""
    rows = Reconciliation.objects.filter(pk__in=pks)
    return {
        one.pk: Described(
            f"Đối soát {one.since:%d/%m/%Y}–{one.until:%d/%m/%Y}", address_of("payments:reconciled", one.pk)
        )
        for one in rows
    }


def sees_charge(actor: Actor, pk: int) -> bool:
    """Tell whether the actor may see a charge: money work of its agency, or its subject."""
    if Charge.objects.visible_to(actor).filter(pk=pk).exists():
        return True
    one = Charge.objects.filter(pk=pk).first()
    return one is not None and subjects.is_visible(actor, one.subject)


def sees_payment(actor: Actor, pk: int) -> bool:
    """Tell whether the actor may see a payment: money work of its agency, or its subject."""
    if Payment.objects.visible_to(actor).filter(pk=pk).exists():
        return True
    one = Payment.objects.filter(pk=pk).first()
    return one is not None and subjects.is_visible(actor, one.subject)


def sees_discrepancy(actor: Actor, pk: int) -> bool:
    """Tell whether the actor may see a discrepancy."""
    return Discrepancy.objects.visible_to(actor).filter(pk=pk).exists()


def sees_reconciliation(actor: Actor, pk: int) -> bool:
    """Tell whether the actor may see a comparison."""
    return Reconciliation.objects.visible_to(actor).filter(pk=pk).exists()
