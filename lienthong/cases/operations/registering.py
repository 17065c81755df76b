"""A result that is signed enters the register that its procedure names; taken back, it leaves it."""

from __future__ import annotations

import datetime as dt

from lienthong.cases.models import Case, CaseReader, ResultPaper
from lienthong.organisation.actor import Actor
from lienthong.registers import operations as registers


def enter(case: Case, row: ResultPaper, register: str, *, actor: Actor | None, at: dt.datetime) -> None:
    """Enter a signed result, once; where it stands there already, only the symbol of its paper follows.

    Inside the transaction in which the result is signed; the caller saves the row, which then names its entry.
    """
    if not register:
        return
    if row.entry and registers.rename_paper(row.subject, row.symbol, actor=actor, at=at) is not None:
        return
    entering = registers.Entering(
        subject=row.subject,
        thread=case.subject,
        agency=case.competent_agency,
        procedure=case.procedure.code,
        result=row.key,
        said=case.values,
        holder=case.applicant,
        origin=case.code,
        paper=row.symbol,
        readers=CaseReader.objects.filter(case=case).values_list("audience", flat=True),
    )
    row.entry = registers.enter(register, entering, actor=actor, at=at).symbol


def take_out(case: Case, row: ResultPaper, reason: str, *, actor: Actor | None, at: dt.datetime) -> None:
    """Take a result out that is no longer signed: void while nothing left the building, revoked once it was given."""
    if row.entry:
        registers.void(row.subject, reason=reason, went_out=case.handed_over_at is not None, actor=actor, at=at)
        row.entry = ""
