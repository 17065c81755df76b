"""Corners of the desk: work that waits elsewhere and is counted on the home page beside the tasks.

An app above declares in ``ready()`` a list of its own that a role must clear (documents that wait for an instruction,
files at the counter); while something is in it, the home page shows it as a tab with its count, which opens that list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lienthong.organisation.actor import Actor


@dataclass(frozen=True, slots=True)
class Corner:
    """One list that waits: its label, the right whose holders clear it, its count for an actor, its address.

    The count must be that of the list behind the address: one cheap query. ``is_late``: a list of what is late; its tab
    stands before those of the others.
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
    """Return the corners of an actor in which something waits as tabs of the home page, what is late first."""
    found = (
        {
            "label": corner.label,
            "url": corner.address(),
            "count": corner.count(actor),
            "here": False,
        }
        for corner in sorted(_corners.values(), key=lambda one: not one.is_late)
        if actor.can(corner.right)
    )
    return [tab for tab in found if tab["count"]]
