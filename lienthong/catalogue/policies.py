"""Who may change the catalogue."""

from __future__ import annotations

from lienthong.organisation.actor import Actor

ADMINISTER = "catalogue.administer"


def can_administer(actor: Actor | None) -> bool:
    """Tell whether somebody may add, change and end definitions."""
    return actor is not None and actor.can(ADMINISTER)
