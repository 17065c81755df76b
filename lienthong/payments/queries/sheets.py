"""The charges of one subject as a page shows them, whoever includes them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from lienthong.kernel import subjects
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.payments.models import Charge, Payment, SandboxOrder
from lienthong.payments.models.seen import COLLECT, agencies_of, may_list


@dataclass(frozen=True, slots=True)
class Sheet:
    """What ``payments/charges.html`` shows: the charges, what is owed, the payments with money or still open."""

    subject: Subject
    charges: tuple[Charge, ...]
    payments: tuple[Payment, ...]
    may_collect: bool

    @property
    def owed(self) -> int:
        """What is still to be paid, in đồng."""
        return sum(one.amount for one in self.charges if one.is_due)

    @property
    def paid(self) -> int:
        """What has been paid, in đồng."""
        return sum(one.amount for one in self.charges if one.state == Charge.State.PAID)

    @property
    def waiting(self) -> tuple[Payment, ...]:
        """Requests that are open at a gateway."""
        return tuple(one for one in self.payments if one.state == Payment.State.STARTED)


def sheet(subject: Subject, actor: Actor | None) -> Sheet | None:
    """Return the charges of a subject for an officer who may see them, or nothing. Two queries beside the asking.

    ``actor`` None: a page that has let the reader in by itself (the citizen's own).
    """
    charges = tuple(Charge.objects.of(subject).exclude(state=Charge.State.CANCELLED).order_by("pk"))
    if actor is not None and not _may_see(actor, subject, charges):
        return None
    payments = Payment.objects.of(subject).filter(state__in=("started", "paid", "refunded"))
    rows = tuple(payments.select_related("receipt").order_by("-pk")[:50]) if charges else ()
    return Sheet(subject, charges, rows, may_collect=actor is not None and actor.can(COLLECT))


def is_waiting(subject: Subject, at: dt.datetime) -> bool:
    """Tell whether somebody may just be paying for the subject at a gateway."""
    return Payment.objects.of(subject).filter(state=Payment.State.STARTED, expires_at__gt=at).exists()


def payable(subject: Subject, actor: Actor) -> QuerySet[Charge] | None:
    """Return the charges of a subject that are due, where the actor may take their money."""
    charges = tuple(Charge.objects.of(subject).order_by("pk"))
    if not actor.can(COLLECT) or not _may_see(actor, subject, charges):
        return None
    return Charge.objects.of(subject).owed().select_related("unit", "agency").order_by("pk")


def payment_of(pk: int, actor: Actor) -> Payment | None:
    """Return a payment that the actor may see: money of their agency, or of a subject that is theirs to see."""
    rows = Payment.objects.select_related("unit", "agency", "taken_by__officer", "receipt")
    payment = rows.filter(pk=pk).first()
    if payment is None:
        return None
    is_ours = may_list(actor) and payment.agency_id in agencies_of(actor)
    return payment if is_ours or subjects.is_visible(actor, payment.subject) else None


def charge_of(pk: int, actor: Actor) -> Charge | None:
    """Return a charge that the actor may see."""
    charge = Charge.objects.select_related("unit", "agency").filter(pk=pk).first()
    return charge if charge and _may_see(actor, charge.subject, (charge,)) else None


def by_token(token: UUID) -> Payment | None:
    """Return the payment whose secret address somebody holds."""
    return Payment.objects.select_related("unit", "agency", "receipt").filter(token=token).first()


def taken_in_sandbox() -> QuerySet[SandboxOrder]:
    """Return what the demo's gateway took."""
    return SandboxOrder.objects.filter(state="paid").order_by("at")


def _may_see(actor: Actor, subject: Subject, charges: tuple[Charge, ...]) -> bool:
    mine = may_list(actor) and any(one.agency_id in agencies_of(actor) for one in charges)
    return mine or subjects.is_visible(actor, subject)
