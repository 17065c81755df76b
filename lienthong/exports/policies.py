"""Who may do what with an export; asked when it is ordered, made and fetched."""

from __future__ import annotations

from lienthong.exports.kinds import Parameters, kind_of
from lienthong.exports.models import Export
from lienthong.organisation.actor import Actor


def can_order(actor: Actor, kind: str, parameters: Parameters) -> bool:
    """Who may see what stands in it may order it."""
    declared = kind_of(kind)
    return declared is not None and declared.allowed(actor, parameters)


def can_fetch(actor: Actor, export: Export) -> bool:
    """The post that ordered it fetches it, as long as it may still see what stands in it."""
    return export.ordered_by_id == actor.post.pk and can_order(actor, export.kind, export.parameters)


def can_cancel(actor: Actor, export: Export) -> bool:
    """The post that ordered it cancels it."""
    return export.ordered_by_id == actor.post.pk
