"""Who may change what an officer has set for themselves."""

from __future__ import annotations

from lienthong.organisation.actor import Actor
from lienthong.ui.models import SavedFilter


def can_change(actor: Actor, saved: SavedFilter) -> bool:
    """Tell whether the saved filter is the officer's own."""
    return saved.officer_id == actor.officer.pk
