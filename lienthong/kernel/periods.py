"""Periods in which a fact holds: ``valid_from`` included, ``valid_to`` excluded, ``None`` = still holds.

A unit, a post, a delegation, a code: each is true for a time. The pair of dates is stored as two columns with the
constraint of :func:`period_constraint`; the day ``valid_to`` is the first day on which the fact no longer holds.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import CheckConstraint, F, Q


def in_force(on: dt.date, prefix: str = "") -> Q:
    """Return the condition that a period holds on the day ``on``; ``prefix`` walks a relation (``"unit__"``)."""
    started = Q(**{f"{prefix}valid_from__lte": on})
    return started & (Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on}))


def holds(valid_from: dt.date, valid_to: dt.date | None, on: dt.date) -> bool:
    """Tell whether a period holds on a day."""
    return valid_from <= on and (valid_to is None or on < valid_to)


def period_constraint(name: str) -> CheckConstraint:
    """Return the constraint that a period does not end before it starts."""
    return CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name=name)
