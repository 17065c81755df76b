"""Who may take money, forgive it, give it back and compare it. ``None`` is the system itself."""

from __future__ import annotations

from collections.abc import Iterable

from lienthong.kernel import subjects
from lienthong.kernel.refusal import Forbidden
from lienthong.organisation.actor import Actor
from lienthong.payments.models import Charge, Payment
from lienthong.payments.models.seen import COLLECT, RECONCILE


def can_collect(actor: Actor | None, charge: Charge) -> bool:
    """Tell whether the actor may take the money of a charge: of their agency, or of a subject that is theirs to see."""
    if actor is None:
        return True
    if not actor.can(COLLECT):
        return False
    return actor.keeps_for(charge.agency_id) or subjects.is_visible(actor, charge.subject)


def can_refund(actor: Actor, payment: Payment) -> bool:
    """Tell whether the actor may give the money of a payment back: money work of the agency that has it."""
    return (actor.can(COLLECT) or actor.can(RECONCILE)) and actor.keeps_for(payment.agency_id)


def require_collector(actor: Actor | None, charges: Iterable[Charge]) -> None:
    """Refuse whoever may not take the money of these charges."""
    if not all(can_collect(actor, charge) for charge in charges):
        raise Forbidden("Bạn không được thu khoản này. Việc thu phí, lệ phí dành cho cán bộ một cửa của nơi tiếp nhận.")


def require_refunder(actor: Actor, payment: Payment) -> None:
    """Refuse whoever may not give this money back."""
    if not can_refund(actor, payment):
        raise Forbidden("Bạn không được hoàn khoản tiền này. Hãy báo nơi đã thu.")


def require_reconciler(actor: Actor) -> None:
    """Refuse whoever does not reconcile."""
    if not actor.can(RECONCILE):
        raise Forbidden("Việc đối soát dành cho người được giao đối soát thu phí của cơ quan.")
