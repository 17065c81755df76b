"""To whom an actor may give work: the units in their reach, and the people of their own agency."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.organisation.roles import roles


@dataclass(frozen=True, slots=True)
class Receivers:
    """The units that may lead, the units that may take part, and the posts that may do either, in order."""

    units: list[Unit]
    partners: list[Unit]
    posts: list[Post]

    def leads(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the choices of who leads, in groups."""
        return [
            ("Đơn vị", [(f"unit:{unit.pk}", unit.short_name) for unit in self.units]),
            ("Cán bộ", [(f"post:{post.pk}", _person(post)) for post in self.posts]),
        ]

    def participants(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the choices of who co-works or is informed, in groups."""
        return [
            ("Đơn vị", [(f"unit:{unit.pk}", unit.short_name) for unit in self.partners]),
            ("Cán bộ", [(f"post:{post.pk}", _person(post)) for post in self.posts]),
        ]

    def named(self, key: str) -> Unit | Post:
        """Return the receiver of a choice."""
        kind, _, pk = key.partition(":")
        found: list[Unit] | list[Post] = [*self.units, *self.partners] if kind == "unit" else self.posts
        return next(one for one in found if one.pk == int(pk))


def receivers(actor: Actor, bases: frozenset[int], *, on: dt.date) -> Receivers:
    """Return whom an actor may choose, in two queries. ``bases``: the units under which they may assign."""
    every = list(
        Unit.objects.existing(on).filter(is_external=False).select_related("agency", "parent").order_by("order", "pk")
    )
    parents = {unit.pk: unit.parent_id for unit in every}
    agency = actor.post.unit.agency_id or actor.post.unit_id
    units = [unit for unit in every if _is_under(unit.pk, bases, parents)]
    partners = [unit for unit in every if _is_under(unit.pk, bases | {agency}, parents)]
    within = {unit.pk for unit in partners if (unit.agency_id or unit.pk) == agency}
    under = {unit.pk for unit in units} & within
    posts = Post.objects.in_force(on).filter(unit__in=under, role__in=_workers()).exclude(pk=actor.post.pk)
    people = list(posts.select_related("officer", "unit__agency").order_by("unit__order", "order", "pk"))
    return Receivers(units, partners, people)


def _workers() -> list[str]:
    return [code for code, role in roles().items() if "tasks.accept" in role.rights]


def _is_under(pk: int | None, bases: frozenset[int], parents: dict[int, int | None]) -> bool:
    for _ in range(12):
        if pk is None or pk in bases:
            return pk is not None
        pk = parents.get(pk)
    return False


def _person(post: Post) -> str:
    return f"{post.officer.full_name}, {post.title} ({post.unit.short_name})"
