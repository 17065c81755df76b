"""Money of a case: what the procedure asks for is charged, what is not needed any more is taken back."""

from __future__ import annotations

import datetime as dt

from lienthong.cases.models import Case
from lienthong.payments.operations import charges


def charge_fees(case: Case, *, at: dt.datetime) -> int:
    """Charge a new case with the fees that its version lays down for what was said; returns their sum in đồng.

    At most one query; none where nothing is asked for. What is free stands as waived, with why. The desk that received
    the case collects; the case's own event tells the sum.
    """
    facts = {"channel": case.channel, "subject": case.applicant.kind, "case_kind": ""}
    fees = case.version.definition.fees_for(case.values, facts)
    if fees:
        sources = {fee.key: fee.source for fee in case.version.definition.fees}
        lines = [charges.Line(fee.key, fee.name, fee.amount, fee.due, sources[fee.key], fee.note) for fee in fees]
        charges.charge_new(case.subject, lines, unit=case.receiving_unit, payer=case.applicant.name, at=at)
    return sum(fee.amount for fee in fees)
