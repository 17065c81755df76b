"""What there is to tell an actor."""

from __future__ import annotations

from lienthong.notifications.models import Notice
from lienthong.organisation.actor import Actor


def unread_count(actor: Actor) -> int:
    """Return how many standing notices the actor has not read: one walk of a partial index."""
    return Notice.objects.visible_to(actor).unread().count()
