"""Reminding: an applicant who was asked for something is told again before the time to answer runs out."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from lienthong.cases import letters
from lienthong.cases.models import Supplement
from lienthong.kernel.clock import local_date
from lienthong.notifications import operations as outbox

ROWS = 500


def remind_all(*, at: dt.datetime) -> int:
    """Remind of every request that comes near its end, each level once; returns how many were reminded of.

    A request that gave no more time than that from the start is not reminded of: who got it knows.
    """
    told = 0
    for days in letters.reminder_days(local_date(at)):
        while found := _remind(days, at=at):
            told += found
    return told


@transaction.atomic
def _remind(days: int, *, at: dt.datetime) -> int:
    ahead = dt.timedelta(days=days)
    near = Supplement.objects.filter(state=Supplement.State.ASKED, answer_by__gt=at, answer_by__lte=at + ahead)
    fresh = near.filter(Q(reminded_days=None) | Q(reminded_days__gt=days)).select_related("case")
    rows = list(fresh.select_for_update(of=("self",), skip_locked=True).order_by("answer_by", "pk")[:ROWS])
    for row in rows:
        row.reminded_days = days
    Supplement.objects.bulk_update(rows, ["reminded_days"])
    late_enough = [row for row in rows if row.answer_by and row.answer_by - row.asked_at > ahead]
    outbox.write_all([letter for row in late_enough for letter in letters.reminder(row)], at=at)
    return len(rows)
