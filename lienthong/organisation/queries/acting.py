"""Who may act today, in which posts, for whom."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from lienthong.kernel.periods import holds, in_force
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Absence, Delegation, Post
from lienthong.organisation.queries.heritage import Heritage, any_unit_has_ended, heritage_of
from lienthong.organisation.roles import roles

ENDED = "units_have_ended"


def actor_for(
    own_post: Post,
    *,
    on: dt.date,
    acting_post: Post | None = None,
    rights: frozenset[str] = frozenset(),
    heritage: Heritage | None = None,
) -> Actor:
    """Build the actor of a post, or of a post that acts for another with the given rights.

    ``heritage`` is what the posts' units inherited, where that is known already.
    Refuses a post that is not held on the day.
    """
    post = acting_post or own_post
    for one in (own_post, post):
        if not holds(one.valid_from, one.valid_to, on):
            raise Refusal(f"Chức vụ {one} không còn hiệu lực. Hãy chọn chức vụ khác.")
    role = roles()[post.role]
    granted = role.rights if acting_post is None else rights & role.rights
    work = (post.audience, post.unit.audience) if role.receives else (post.audience,)
    if heritage is None:
        heritage = heritage_of([post], on)
    return Actor(
        officer=own_post.officer,
        post=post,
        own_post=own_post,
        rights=granted,
        audience=post.unit.audience if role.reads_unit else post.audience,
        work_audiences=(*work, *heritage.to_do(post)),
        inherited_audiences=heritage.to_read(post),
        inherited_agencies=heritage.agencies(post),
    )


def actors_of(officer_pk: int, *, on: dt.date) -> list[Actor]:
    """Return every way in which an officer may act on a day: own posts first, then those they stand in for.

    Two queries for the posts and one each for absences and delegations, whatever the number of posts; two more where
    units are no more.
    """
    own = list(
        Post.objects.in_force(on)
        .filter(Q(officer_id=officer_pk) & in_force(on, "unit__"))
        .select_related("officer", "unit__agency")
        .annotate(**{ENDED: any_unit_has_ended(on)})
        .order_by("-is_primary", "order", "pk")
    )
    by_key = {post.pk: post for post in own}
    absences = list(
        Absence.objects.filter(in_force(on) & Q(substitute_id__in=by_key) & in_force(on, "post__"))
        .select_related("post__officer", "post__unit__agency")
        .order_by("pk")
    )
    delegations = list(
        Delegation.objects.filter(in_force(on) & Q(receiver_id__in=by_key, revoked_at=None) & in_force(on, "giver__"))
        .select_related("giver__officer", "giver__unit__agency")
        .order_by("pk")
    )
    acted_for = [*(absence.post for absence in absences), *(delegation.giver for delegation in delegations)]
    heritage = heritage_of([*own, *acted_for], on) if own and getattr(own[0], ENDED) else Heritage()
    actors = [actor_for(post, on=on, heritage=heritage) for post in own]
    for absence in absences:
        rights, mine = roles()[absence.post.role].rights, by_key[absence.substitute_id]
        actors.append(actor_for(mine, on=on, acting_post=absence.post, rights=rights, heritage=heritage))
    for delegation in delegations:
        rights, mine = frozenset(delegation.rights), by_key[delegation.receiver_id]
        rights = rights or roles()[delegation.giver.role].rights
        actors.append(actor_for(mine, on=on, acting_post=delegation.giver, rights=rights, heritage=heritage))
    return actors
