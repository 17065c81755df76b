"""What a post or a unit has in hand: each app declares the kinds of open work that it gives people to hold.

Ending a post, closing an account or closing a unit asks here what would be left behind; handing over asks each kind to
put its things into other hands. A kind that is not declared would be forgotten: a test compares every column that names
a post with what the kinds ``cover``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet

from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, TakeOver


class Hands(NamedTuple):
    """From whom to whom work goes, who says so (None: the system) and when."""

    giver: Post
    taker: Post
    actor: Actor | None
    at: dt.datetime

    @property
    def told(self) -> dict[str, str]:
        """From whom and to whom, as each thing's own timeline says it."""
        return {"from": str(self.giver), "to": str(self.taker)}


@dataclass(frozen=True, slots=True)
class Holding:
    """A kind of open work that a post holds.

    ``held(posts, on)`` gives what the posts have open on a day, ``post`` the column that names the post.
    ``take_over(rows, hands)`` puts the rows (locked by it) into the taker's hands, journal included, and returns how
    many there were. ``visible(rows, actor)`` narrows rows to what an actor may read: counts are for whoever may hand
    over, titles only for readers. ``title`` and ``address`` say what one row is and where it is read. ``right`` is what
    the taker's role must hold. ``covers`` lists the columns ("tasks.Task.lead_post") that need no further thought.
    """

    kind: str
    name: str
    order: int
    held: Callable[[Collection[int], dt.date], QuerySet[Any]]
    post: str
    take_over: Callable[[QuerySet[Any], Hands], int]
    visible: Callable[[QuerySet[Any], Actor], QuerySet[Any]]
    title: Callable[[Any], str]
    address: Callable[[Any], str]
    covers: tuple[str, ...]
    right: str = ""
    due: Callable[[Any], dt.datetime | None] = field(default=lambda _row: None)


@dataclass(frozen=True, slots=True)
class UnitHolding:
    """A kind of open work, or of things to be closed, that a unit itself holds; ``held(unit)`` gives the rows."""

    kind: str
    name: str
    order: int
    held: Callable[[int], QuerySet[Any]]
    advice: str = ""


_kinds: dict[str, Holding] = {}
_unit_kinds: dict[str, UnitHolding] = {}
_tellers: list[Callable[[TakeOver], None]] = []


def declare(*kinds: Holding) -> None:
    """Declare kinds of work that posts hold; called from ``ready()``."""
    _kinds.update({kind.kind: kind for kind in kinds})


def declare_for_units(*kinds: UnitHolding) -> None:
    """Declare kinds of work that units hold; called from ``ready()``."""
    _unit_kinds.update({kind.kind: kind for kind in kinds})


def install_teller(teller: Callable[[TakeOver], None]) -> None:
    """Set who tells the new holder of what came to them; called from ``ready()`` of the app that shows it."""
    _tellers[:] = [teller]


def tell(done: TakeOver) -> None:
    """Tell the new holder, in the caller's transaction."""
    for teller in _tellers:
        teller(done)


def kinds() -> list[Holding]:
    """Return every declared kind in the order in which pages show them."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.kind))


def kind_of(word: str) -> Holding | None:
    """Return a declared kind."""
    return _kinds.get(word)


def unit_kinds() -> list[UnitHolding]:
    """Return every declared kind that units hold."""
    return sorted(_unit_kinds.values(), key=lambda kind: (kind.order, kind.kind))
