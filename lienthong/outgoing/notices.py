"""Whom a step of a draft concerns, and what they are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from lienthong.documents.models import IncomingDocument
from lienthong.kernel.clock import local_date
from lienthong.kernel.periods import in_force
from lienthong.notifications.operations import clear, tell
from lienthong.organisation.models import Post
from lienthong.organisation.roles import roles
from lienthong.outgoing.models import Draft

REVIEW, SIGNING, BACK, REMARK, SIGNED = (
    "draft.review",
    "draft.signing",
    "draft.back",
    "draft.remark",
    "draft.signed",
)
KINDS = {
    REVIEW: "Dự thảo chờ xem",
    SIGNING: "Dự thảo chờ ký",
    BACK: "Dự thảo bị trả lại",
    REMARK: "Góp ý dự thảo",
    SIGNED: "Văn bản chờ phát hành",
}


def waits_for_review(draft: Draft, posts: Iterable[Post | int], *, at: dt.datetime) -> None:
    """Tell reviewers that a draft waits for them."""
    tell(posts, about=draft.subject, text=f"Chờ xem dự thảo: {draft}", at=at, kind=REVIEW, urgent=_urgent(draft))


def waits_for_signature(draft: Draft, post: Post, *, at: dt.datetime) -> None:
    """Tell the signer that a draft waits for the signature."""
    tell([post], about=draft.subject, text=f"Chờ ký: {draft}", at=at, kind=SIGNING, urgent=_urgent(draft))


def came_back(draft: Draft, posts: Iterable[Post | int], reason: str, *, at: dt.datetime) -> None:
    """Tell author or reviewers that a draft came back, and why."""
    tell(posts, about=draft.subject, text=f"Trả lại dự thảo: {draft}. Lý do: {reason}", at=at, kind=BACK)


def remarked(draft: Draft, text: str, *, by: Post, at: dt.datetime) -> None:
    """Tell the author of a remark that is not their own."""
    if by.pk != draft.author_id:
        said = f"{by.officer} góp ý dự thảo {draft.abstract}: {text}"
        tell([draft.author_id], about=draft.subject, text=said, at=at, kind=REMARK)


def waits_for_issue(draft: Draft, *, at: dt.datetime) -> None:
    """Tell the clerks of the agency that a signed document waits for its number."""
    clerks = [
        post.pk
        for post in Post.objects.filter(in_force(local_date(at)), unit__agency=draft.agency_id)
        if "outgoing.issue" in roles()[post.role].rights
    ]
    tell(clerks, about=draft.subject, text=f"Chờ phát hành: {draft}", at=at, kind=SIGNED, urgent=_urgent(draft))


def settled(draft: Draft, *, at: dt.datetime) -> None:
    """Take away the notices of steps that somebody took."""
    clear(draft.subject, [REVIEW, SIGNING, SIGNED, BACK], at=at)


def _urgent(draft: Draft) -> bool:
    return draft.urgency != IncomingDocument.Urgency.NORMAL
