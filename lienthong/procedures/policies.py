"""Who may keep the catalogue of procedures. Default: no."""

from __future__ import annotations

from lienthong.organisation.actor import Actor


def can_administer(actor: Actor) -> bool:
    """Whether the actor may draft and publish versions, and say who handles what."""
    return actor.can("procedures.administer")
