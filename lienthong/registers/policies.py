"""Who may do what with an entry; asked by operations and pages alike. Default: no."""

from __future__ import annotations

from lienthong.organisation.actor import Actor
from lienthong.registers.models import KEEP, Entry, RegisterBook


def can_keep(actor: Actor, entry: Entry) -> bool:
    """Whether the actor may correct an entry that stands: an officer with the right, of the agency that keeps it."""
    return entry.state == Entry.State.IN_FORCE and actor.can(KEEP) and actor.keeps_for(entry.book.agency_id)


def can_revoke(actor: Actor, entry: Entry) -> bool:
    """Whether the actor may revoke an entry: whoever keeps the book and leads or assigns work there."""
    return can_keep(actor, entry) and actor.can("tasks.assign")


def can_print(actor: Actor, book: RegisterBook) -> bool:
    """Whether the actor may print the whole book: whoever reads registers in the agency that keeps it."""
    return actor.can("reports.read") and actor.keeps_for(book.agency_id)
