"""What a case does when its fees are paid, forgiven or taken back."""

from __future__ import annotations

from lienthong.cases.models import Case, Suspension
from lienthong.cases.operations.waiting import resume
from lienthong.payments import hooks


def declare() -> None:
    """Declare what payments tell us, and how a case is locked before money of it is."""
    hooks.declare("case", on_paid, lock=lock)


def lock(pk: int) -> object:
    """Hold the row of a case until the transaction ends."""
    return Case.objects.select_for_update(of=("self",)).filter(pk=pk).first()


def on_paid(settled: hooks.Settled) -> None:
    """Let a clock that stood still for the payment run on, once nothing is owed; however late the money came.

    A case that ended meanwhile stays ended: the money is seen among the payments and may be given back.
    """
    if not settled.is_all:
        return
    waiting = Suspension.objects.filter(case=settled.subject.pk, kind=Suspension.Kind.PAYMENT, until=None)
    row = waiting.select_related("case").first()
    if row is not None and not row.case.is_ended:
        resume(row.case, note="Đã nộp đủ", actor=None, at=settled.at)
