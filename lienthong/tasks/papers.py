"""What the apps above make of a programme, without being known here: entries of its page's menu.

An app declares in its ``ready()`` what its entry says, with which icon, its right, and the address that takes the POST.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lienthong.organisation.actor import Actor


@dataclass(frozen=True, slots=True)
class Paper:
    """One entry: its words, its icon, the right that it needs, and its address for a programme's key."""

    label: str
    icon: str
    right: str
    address: Callable[[int], str]


_papers: list[Paper] = []


def declare(paper: Paper) -> None:
    """Declare an entry; called from ``ready()``."""
    if paper.label not in {one.label for one in _papers}:
        _papers.append(paper)


def papers_for(actor: Actor, programme: int) -> list[tuple[Paper, str]]:
    """Return the entries that an actor may use, with their addresses."""
    return [(paper, paper.address(programme)) for paper in _papers if actor.can(paper.right)]
