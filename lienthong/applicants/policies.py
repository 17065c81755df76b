"""Who may read and keep what is known of applicants. Default: no."""

from __future__ import annotations

from lienthong.organisation.actor import Actor


def can_keep(actor: Actor) -> bool:
    """Whether the actor may enter applicants and correct what is known of them."""
    return actor.can("applicants.keep")
