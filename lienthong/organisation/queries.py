"""Reads that span units, posts and absences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from lienthong.kernel.periods import holds, in_force
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import (
    Absence,
    Delegation,
    Post,
    SigningAuthority,
    Succession,
    Unit,
    UnitCode,
    UnitName,
    UnitPlacement,
)
from lienthong.organisation.models.unit import UnitQuerySet
from lienthong.organisation.roles import roles


def actor_for(
    own_post: Post, *, on: dt.date, acting_post: Post | None = None, rights: frozenset[str] = frozenset()
) -> Actor:
    """Build the actor of a post, or of a post that acts for another with the given rights.

    Refuses a post that is not held on the day.
    """
    post = acting_post or own_post
    for one in (own_post, post):
        if not holds(one.valid_from, one.valid_to, on):
            raise Refusal(f"Chức vụ {one} không còn hiệu lực. Hãy chọn chức vụ khác.")
    role = roles()[post.role]
    granted = role.rights if acting_post is None else rights & role.rights
    work = (post.audience, post.unit.audience) if role.receives else (post.audience,)
    return Actor(
        officer=own_post.officer,
        post=post,
        own_post=own_post,
        rights=granted,
        audience=post.unit.audience if role.reads_unit else post.audience,
        work_audiences=work,
    )


def actors_of(officer_pk: int, *, on: dt.date) -> list[Actor]:
    """Return every way in which an officer may act on a day: own posts first, then those they stand in for.

    Two queries for the posts and one each for absences and delegations, whatever the number of posts.
    """
    own = list(
        Post.objects.in_force(on)
        .filter(Q(officer_id=officer_pk) & in_force(on, "unit__"))
        .select_related("officer", "unit__agency")
        .order_by("-is_primary", "order", "pk")
    )
    by_key = {post.pk: post for post in own}
    actors = [actor_for(post, on=on) for post in own]
    absences = (
        Absence.objects.filter(in_force(on) & Q(substitute_id__in=by_key) & in_force(on, "post__"))
        .select_related("post__officer", "post__unit__agency")
        .order_by("pk")
    )
    for absence in absences:
        all_rights = roles()[absence.post.role].rights
        actors.append(actor_for(by_key[absence.substitute_id], on=on, acting_post=absence.post, rights=all_rights))
    delegations = (
        Delegation.objects.filter(in_force(on) & Q(receiver_id__in=by_key, revoked_at=None) & in_force(on, "giver__"))
        .select_related("giver__officer", "giver__unit__agency")
        .order_by("pk")
    )
    for delegation in delegations:
        rights = frozenset(delegation.rights) or roles()[delegation.giver.role].rights
        actors.append(actor_for(by_key[delegation.receiver_id], on=on, acting_post=delegation.giver, rights=rights))
    return actors


# --- the tree and its past -------------------------------------------------------------------------------------------
def children_on(parent: Unit | None, on: dt.date) -> list[Unit]:
    """Return the units that stood directly under a unit (or at the top) on a day, under the names of that day."""
    if parent is None:
        placed_later = UnitPlacement.objects.filter(in_force(on), unit=OuterRef("pk"))
        units = Unit.objects.existing(on).filter(~Exists(placed_later))
    else:
        units = Unit.objects.existing(on).filter(in_force(on, "placements__"), placements__parent=parent)
    return list(as_named_on(units, on).order_by("order", "name", "pk"))


def as_named_on(units: UnitQuerySet, on: dt.date) -> UnitQuerySet:
    """Annotate units with ``name_then`` and with ``parts_then``: how many units stood under each on the day."""
    names = UnitName.objects.filter(in_force(on), unit=OuterRef("pk"))
    parts = UnitPlacement.objects.filter(in_force(on), parent=OuterRef("pk")).filter(in_force(on, "unit__"))
    counted = parts.order_by().values("parent").annotate(n=Count("pk")).values("n")
    return units.annotate(
        name_then=Coalesce(Subquery(names.values("name")[:1]), F("name")),
        parts_then=Coalesce(Subquery(counted), 0),
    )


def name_on(unit: Unit, on: dt.date) -> str:
    """Return what a unit was called on a day; before its first name, its first."""
    row = unit.names.filter(valid_from__lte=on).order_by("-valid_from").first()
    return row.name if row is not None else unit.names.order_by("valid_from")[:1].get().name


def unit_by_code(kind: str, code: str, on: dt.date) -> Unit | None:
    """Return the unit that a code meant on a day: a code alone is ambiguous."""
    row = UnitCode.objects.filter(in_force(on), kind=kind, code=code).select_related("unit").first()
    return row.unit if row is not None else None


# --- succession ------------------------------------------------------------------------------------------------------
def successors(unit: Unit, on: dt.date) -> list[Unit]:
    """Return who has taken over everything of a unit by a day, followed to the end; empty while nobody has."""
    found: dict[int, Unit] = {}
    level, seen = [unit.pk], {unit.pk}
    while level:
        rows = list(
            Succession.objects.filter(predecessor__in=level, function="", on__lte=on)
            .select_related("successor")
            .order_by("on", "pk")
        )
        handed_on = {row.predecessor_id for row in rows}
        for pk in handed_on:
            found.pop(pk, None)
        fresh = [row.successor for row in rows if row.successor_id not in seen]
        found.update({successor.pk: successor for successor in fresh})
        level = [successor.pk for successor in fresh]
        seen.update(level)
    return list(found.values())


def custodians(unit: Unit, on: dt.date, *, function: str = "") -> list[Unit]:
    """Return who keeps the records of a unit (of one function of it) on a day: itself, or who took over."""
    if function:
        transfer = (
            Succession.objects.filter(predecessor=unit, function=function, on__lte=on)
            .select_related("successor")
            .order_by("-on")
            .first()
        )
        if transfer is not None:
            return custodians(transfer.successor, on)
    return successors(unit, on) or [unit]


def inherits_from(unit: Unit, other: Unit) -> bool:
    """Tell whether a unit took over everything from another, directly or through others."""
    return any(heir.pk == unit.pk for heir in _all_heirs(other))


def _all_heirs(unit: Unit) -> list[Unit]:
    heirs: dict[int, Unit] = {}
    level = [unit.pk]
    while level:
        rows = Succession.objects.filter(predecessor__in=level, function="").select_related("successor")
        fresh = {row.successor_id: row.successor for row in rows if row.successor_id not in heirs}
        heirs.update(fresh)
        level = list(fresh)
    return list(heirs.values())


# --- people ----------------------------------------------------------------------------------------------------------
def posts_of_unit(unit: Unit, on: dt.date) -> list[Post]:
    """Return who holds a post in a unit on a day, in the order of the paper."""
    return list(
        Post.objects.in_force(on)
        .filter(unit=unit)
        .select_related("officer", "unit")
        .order_by("order", "officer__sort_name", "pk")
    )


def substitutes_on(posts: Iterable[Post], on: dt.date) -> dict[int, Absence]:
    """Return the absence that runs on a day by the key of its post: shown wherever work is about to be given."""
    absences = Absence.objects.filter(in_force(on), post__in=[post.pk for post in posts])
    return {absence.post_id: absence for absence in absences.select_related("substitute__officer")}


# --- signing ---------------------------------------------------------------------------------------------------------
def authorities_on(unit: Unit, on: dt.date) -> list[SigningAuthority]:
    """Return the register of who may sign for a unit on a day."""
    return list(
        SigningAuthority.objects.filter(in_force(on) & in_force(on, "post__"), unit=unit)
        .select_related("post__officer", "post__unit", "unit")
        .order_by("post__order", "form", "pk")
    )


def signing_block(post: Post, unit: Unit, on: dt.date) -> list[str] | None:
    """Return the lines above the name when a post signs for a unit on a day; None when it may not sign."""
    forms = ["own", "tm", "q", "kt", "tl", "tuq"]
    authorities = SigningAuthority.objects.filter(in_force(on) & in_force(on, "post__"), post=post, unit=unit)
    best = min(authorities, key=lambda authority: (forms.index(authority.form), authority.pk), default=None)
    return list(best.block) if best is not None else None
