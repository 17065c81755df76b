"""Who may look after the outbox."""

from __future__ import annotations

from lienthong.organisation.actor import Actor


def can_administer(actor: Actor) -> bool:
    """Tell whether the actor may see every message that leaves and send it again."""
    return actor.can("notifications.administer")
