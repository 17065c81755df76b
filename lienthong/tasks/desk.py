"""Corners of the desk: work that waits elsewhere and is counted on the home page beside the tasks.

An app above declares in ``ready()`` a list of its own that a role must clear (documents that wait for an instruction,
files at the counter); while something is in it, the home page shows it as a tab with its count, which opens that list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from lienthong.kernel.counting import count_all
from lienthong.organisation.actor import Actor


@dataclass(frozen=True, slots=True)
class Corner:
    """One list that waits: its label, the right whose holders clear it, what it holds for an actor, its address.

    ``listed`` is the list behind the address, cheap to count: all corners are counted in one query. ``is_late``: a list
    of what is late; its tab stands before those of the others.
    """

    key: str
    label: str
    right: str
    listed: Callable[[Actor], QuerySet[Any, Any]]
    address: Callable[[], str]
    is_late: bool = False


_corners: dict[str, Corner] = {}


def declare(corner: Corner) -> None:
    """Declare a corner; called from ``ready()``."""
    _corners[corner.key] = corner


def tabs(actor: Actor) -> Iterable[dict[str, object]]:
    """Return the corners of an actor in which something waits as tabs of the home page, what is late first."""
    corners = sorted((one for one in _corners.values() if actor.can(one.right)), key=lambda one: not one.is_late)
    counts = count_all(corner.listed(actor) for corner in corners)
    return [
        {"label": corner.label, "url": corner.address(), "count": count, "here": False}
        for corner, count in zip(corners, counts, strict=True)
        if count
    ]
