"""What is still owed for a subject, in đồng."""

from __future__ import annotations

from django.db.models import Sum

from lienthong.kernel.subjects import Subject
from lienthong.payments.models import Charge


def owed(subject: Subject) -> tuple[int, int]:
    """Return what is owed at receipt and what is owed before the result. One query."""
    sums = dict(Charge.objects.of(subject).owed().values_list("due").annotate(total=Sum("amount")))
    return sums.get(Charge.Due.AT_RECEIPT, 0), sums.get(Charge.Due.BEFORE_RESULT, 0)


def is_settled(subject: Subject, due: str) -> bool:
    """Tell whether nothing is owed any more of what was due by then: before the result, everything."""
    at_receipt, before_result = owed(subject)
    return at_receipt == 0 and (due == Charge.Due.AT_RECEIPT or before_result == 0)
