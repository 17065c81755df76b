"""Who holds which post, and who is away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from lienthong.kernel.periods import in_force
from lienthong.organisation.models import Absence, Delegation, Officer, Post, Unit, UnitCode
from lienthong.organisation.models.officer import OfficerQuerySet
from lienthong.organisation.roles import roles


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


def page_of_officers(
    officers: OfficerQuerySet, on: dt.date, *, after: tuple[str, int] | None, limit: int
) -> tuple[list[Officer], bool]:
    """Return one page of officers by name after a place, each with ``posts_now``, and whether there are more."""
    rows = officers.by_name()
    if after is not None:
        rows = rows.after(*after)
    posts = Post.objects.in_force(on).select_related("unit").order_by("-is_primary", "order", "pk")
    page = list(
        rows.select_related("user__invitation").prefetch_related(Prefetch("posts", posts, to_attr="posts_now"))[
            : limit + 1
        ]
    )
    return page[:limit], len(page) > limit


@dataclass(frozen=True, slots=True)
class Service:
    """What an officer holds, held, gives and stands in for, as of a day."""

    posts: list[Post]
    former_posts: list[Post]
    absences: list[Absence]
    delegations: list[Delegation]
    standing_in: list[Absence]


def service_of(officer: Officer, on: dt.date) -> Service:
    """Return an officer's posts, absences, delegations and substitutions, in four queries."""
    posts = list(officer.posts.select_related("unit").order_by("-valid_from", "order", "pk"))
    keys = [post.pk for post in posts]
    to_come = Absence.objects.filter(valid_to__gt=on).order_by("valid_from", "pk")
    return Service(
        posts=[post for post in posts if post.valid_to is None or post.valid_to > on],
        former_posts=[post for post in posts if post.valid_to is not None and post.valid_to <= on],
        absences=list(to_come.filter(post__in=keys).select_related("substitute__officer", "post")),
        delegations=list(
            Delegation.objects.filter(giver__in=keys, revoked_at=None, valid_to__gt=on)
            .select_related("receiver__officer", "giver")
            .order_by("valid_from", "pk")
        ),
        standing_in=list(to_come.filter(substitute__in=keys).select_related("post__officer")),
    )


def demo_people(on: dt.date) -> list[Post]:
    """Return the main posts of the demo's invented people, as the one-click change of role lists them."""
    posts = Post.objects.in_force(on).filter(
        is_primary=True, officer__user__is_demo=True, officer__user__is_active=True
    )
    return list(posts.select_related("officer__user", "unit").order_by("unit__order", "unit_id", "order", "pk"))


def officer_lines(on: dt.date) -> list[list[object]]:
    """Return every post of a day as the lines of the sheet that the import takes, unit by unit."""
    posts = Post.objects.in_force(on).select_related("officer", "unit")
    codes = dict(UnitCode.objects.filter(in_force(on), kind="local").values_list("unit", "code"))
    return [
        [
            post.officer.staff_code,
            post.officer.full_name,
            post.officer.email,
            post.officer.phone,
            codes.get(post.unit_id, ""),
            post.title,
            roles()[post.role].name,
            post.order,
            "" if post.is_primary else "x",
            post.valid_from,
        ]
        for post in posts.order_by("unit__order", "unit__name", "order", "officer__sort_name", "pk")
    ]
