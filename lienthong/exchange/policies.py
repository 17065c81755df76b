"""Who may look after the exchange with other systems."""

from __future__ import annotations

from lienthong.exchange.models import ADMINISTER
from lienthong.organisation.actor import Actor


def can_administer(actor: Actor) -> bool:
    """Tell whether the actor may see every message, send it again and drop it."""
    return actor.can(ADMINISTER)
