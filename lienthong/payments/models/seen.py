"""Who may find money rows: whoever works with money, by the agency whose money it is."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from lienthong.organisation.actor import Actor

COLLECT = "payments.collect"
RECONCILE = "payments.reconcile"
READ = "payments.read"
"""To see what the own agency took; who collects or reconciles holds it too."""
M = TypeVar("M", bound=models.Model)


def agencies_of(actor: Actor) -> set[int]:
    """Return the agencies whose money the actor may see in lists: their own and those it took over from."""
    return {key for key in (actor.post.unit.agency_id, *actor.inherited_agencies) if key is not None}


def may_list(actor: Actor | None) -> bool:
    """Tell whether the actor works with money at all."""
    return actor is not None and actor.can(READ)


def seen_by(rows: models.QuerySet[M], actor: Actor | None, column: str = "agency") -> Any:
    """Narrow rows to the agencies whose money the actor may see; nothing for anybody else."""
    if actor is None or not may_list(actor):
        return rows.none()
    return rows.filter(**{f"{column}__in": agencies_of(actor)})
