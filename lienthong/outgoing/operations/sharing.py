"""Writing together: the author asks a colleague of the drafting unit to write on the draft too."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post
from lienthong.outgoing import notices, policies
from lienthong.outgoing.models import Draft
from lienthong.outgoing.operations.readers import locked, open_to
from lienthong.outgoing.queries.together import colleagues


@transaction.atomic
def share(draft: Draft, post: Post, *, actor: Actor, at: dt.datetime) -> Draft:
    """Open a draft to a colleague of the drafting unit, who then writes on it too; again changes nothing.

    Refuses who does not write the draft, and whoever is not of the unit or does not write.
    """
    draft = locked(draft)
    if not policies.can_put_up(actor, draft):
        raise Forbidden("Chỉ người soạn thảo mời được người cùng soạn, khi dự thảo đang soạn.")
    found = next((one for one in colleagues(draft, on=local_date(at)) if one.post.pk == post.pk), None)
    if found is None:
        raise Refusal(f"{post.officer} không soạn thảo ở {draft.unit}. Hãy chọn người trong danh sách.", field="post")
    if found.writes:
        return draft
    open_to(draft, [post.audience])
    record(draft.subject, "draft.shared", actor=actor, at=at, particulars={"with": str(post)})
    notices.asked_to_write(draft, post, by=actor.post, at=at)
    return draft
