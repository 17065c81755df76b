"""What posts and units have in hand: counts by kind, a fixed number of queries whatever there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from lienthong.organisation import holdings
from lienthong.organisation.actor import Actor
from lienthong.organisation.holdings import Holding, UnitHolding
from lienthong.organisation.models import Post, Succession, Unit


@dataclass(frozen=True, slots=True)
class InHand:
    """How much of one kind there is."""

    kind: Holding
    number: int

    def __str__(self) -> str:
        return f"{self.kind.name.lower()}: {self.number}"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing in hand, as it is shown to be chosen."""

    pk: int
    title: str
    address: str
    due: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Left:
    """What of a unit's own is still open."""

    kind: UnitHolding
    number: int

    def __str__(self) -> str:
        return f"{self.kind.name.lower()}: {self.number}"


def in_hand(posts: Iterable[Post], on: dt.date) -> dict[int, list[InHand]]:
    """Return what each post has open on a day, kinds of which there is nothing left out; one query for each kind."""
    keys = [post.pk for post in posts]
    found: dict[int, list[InHand]] = {key: [] for key in keys}
    if not keys:
        return found
    for kind in holdings.kinds():
        rows = kind.held(keys, on).order_by().values_list(kind.post).annotate(number=Count("pk", distinct=True))
        for post, number in rows:
            found[post].append(InHand(kind, number))
    return found


def things_in_hand(
    post: Post, kind: Holding, on: dt.date, *, reader: Actor, limit: int, only: Collection[int] | None = None
) -> list[Thing]:
    """Return the things of one kind that the reader may see, oldest first."""
    held = kind.visible(kind.held([post.pk], on), reader)
    rows: list[Any] = list((held if only is None else held.filter(pk__in=only)).order_by("pk")[:limit])
    return [Thing(row.pk, kind.title(row), kind.address(row), kind.due(row)) for row in rows]


def left_behind(on: dt.date) -> list[tuple[Post, list[InHand]]]:
    """Return the posts that ended and whose work nobody took over, with what there is; one query for each kind and two.

    What a unit that is no more leaves goes by itself to whoever took over from it (``queries.heritage``).
    """
    ended = Post.objects.filter(valid_to__lte=on).filter(Q(unit__valid_to=None) | Q(unit__valid_to__gt=on))
    posts = {post.pk: post for post in ended.select_related("officer", "unit").order_by("valid_to", "pk")}
    held = in_hand(posts.values(), on)
    return [(post, held[pk]) for pk, post in posts.items() if held[pk]]


def left_in_unit(unit: Unit) -> list[Left]:
    """Return what is open in a unit's own name; one query for each kind."""
    counted = [Left(kind, kind.held(unit.pk).count()) for kind in holdings.unit_kinds()]
    return [one for one in counted if one.number]


def is_taken_over(units: Collection[int], on: dt.date) -> bool:
    """Tell whether somebody is named who takes over from one of the units by a day."""
    return Succession.objects.filter(predecessor__in=units, on__lte=on).exists()


def takers_for(giver: Post, on: dt.date) -> list[Post]:
    """Return who may take over from a post: its unit first, then its agency, and other posts of the very person."""
    posts = Post.objects.in_force(on).exclude(pk=giver.pk).select_related("officer", "unit")
    near = Q(unit=giver.unit_id) | Q(officer=giver.officer_id)
    if giver.unit.agency_id is not None:
        near |= Q(unit__agency=giver.unit.agency_id)
    rows = posts.filter(near).order_by("officer__sort_name", "pk")
    return sorted(rows, key=lambda post: post.unit_id != giver.unit_id)
