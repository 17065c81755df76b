"""Who writes on a draft, and who of the unit might."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lienthong.organisation.models import Post
from lienthong.organisation.roles import roles
from lienthong.outgoing.models import Draft


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the drafting unit who writes, and whether the draft is open to them."""

    post: Post
    writes: bool


def colleagues(draft: Draft, *, on: dt.date) -> list[Colleague]:
    """Return those of the drafting unit who write drafts, without the author (two queries)."""
    posts = Post.objects.in_force(on).filter(unit=draft.unit).exclude(pk=draft.author_id)
    rows = posts.select_related("officer", "unit").order_by("order", "pk")
    readers = set(draft.readers.values_list("audience", flat=True))
    found = []
    for post in rows:
        role = roles()[post.role]
        if "drafts.write" in role.rights:
            key = post.unit.audience if role.reads_unit else post.audience
            found.append(Colleague(post, key in readers))
    return found
