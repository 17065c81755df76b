"""Corners of the desk: work that waits elsewhere and is counted on the home page beside the tasks.

An app above declares in ``ready()`` a list of its own that a role must clear (documents that wait for an instruction,
files at the counter); the home page shows it as one more tab with its count, which opens that list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lienthong.organisation.actor import Actor


@dataclass(frozen=True, slots=True)
class Corner:
    """One list that waits: its label, the right whose holders clear it, its count for an actor, its address.

    The count must be that of the list behind the address: one cheap query. ``is_late``: a list of what is late; its tab
    stands right after the first one, and only while something is in it.
    """

    key: str
    label: str
    right: str
    count: Callable[[Actor], int]
    address: Callable[[], str]
    is_late: bool = False


_corners: dict[str, Corner] = {}


def declare(corner: Corner) -> None:
    """Declare a corner; called from ``ready()``."""
    _corners[corner.key] = corner


def tabs(actor: Actor) -> Iterable[dict[str, object]]:
    """Return the corners of an actor as tabs of the home page."""
    found = (
        {
            "label": corner.label,
            "url": corner.address(),
            "count": corner.count(actor),
            "here": False,
            "is_late": corner.is_late,
        }
        for corner in _corners.values()
        if actor.can(corner.right)
    )
    return [tab for tab in found if tab["count"] or not tab["is_late"]]
