"""Audience keys: to whom a record is shown, as one integer, so that a list is a walk of one index.

An officer reads either *for a unit* (the clerk, the leaders, the head of a division: everything of the unit) or *for
their post* (a specialist: what was given to them). Who may see a record is written down by the operations as rows that
carry an audience key beside the record's key; ``visible_to(actor)`` compares that column with ``actor.audience``.
Whoever took over from a unit that is no more reads with its keys too: ``actor.audiences``, nearly always the one.
The same keys name who holds a piece of work at the moment.
"""

from __future__ import annotations


def unit_audience(unit_pk: int) -> int:
    """Return the key of everybody who reads for a unit (positive)."""
    return unit_pk


def post_audience(post_pk: int) -> int:
    """Return the key of whoever holds one post (negative)."""
    return -post_pk
