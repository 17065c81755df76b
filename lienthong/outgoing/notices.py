"""Whom a step of a draft concerns, and what they are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from lienthong.documents.models import IncomingDocument
from lienthong.kernel.clock import local_date
from lienthong.kernel.periods import in_force
from lienthong.notifications.digest import DigestLine
from lienthong.notifications.operations import clear, tell
from lienthong.organisation.models import Post
from lienthong.organisation.roles import roles
from lienthong.outgoing.models import Dispatch, Draft, OutgoingDocument, Recipient, ReviewStep

REVIEW, SIGNING, BACK, REMARK, SIGNED, INSIDE, CAME_BACK, DESTROYED, SHARED = (
    "draft.review",
    "draft.signing",
    "draft.back",
    "draft.remark",
    "draft.signed",
    "outgoing.inside",
    "outgoing.came_back",
    "outgoing.copy_destroyed",
    "draft.shared",
)
KINDS = {
    REVIEW: "Dự thảo chờ xem",
    SIGNING: "Dự thảo chờ ký",
    BACK: "Dự thảo bị trả lại",
    REMARK: "Góp ý dự thảo",
    SIGNED: "Văn bản chờ phát hành",
    INSIDE: "Văn bản nội bộ gửi đến",
    CAME_BACK: "Văn bản đi bị trả lại",
    DESTROYED: "Bản thu hồi đã hủy",
    SHARED: "Mời cùng soạn",
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


def asked_to_write(draft: Draft, post: Post, *, by: Post, at: dt.datetime) -> None:
    """Tell a colleague that they are asked to write on a draft too."""
    tell([post], about=draft.subject, text=f"{by.officer} mời cùng soạn: {draft}", at=at, kind=SHARED)


def waits_for_issue(draft: Draft, *, at: dt.datetime) -> None:
    """Tell the clerks of the agency that a signed document waits for its number."""
    clerks = _clerks(draft.agency_id, at)
    tell(clerks, about=draft.subject, text=f"Chờ phát hành: {draft}", at=at, kind=SIGNED, urgent=_urgent(draft))


def settled(draft: Draft, *, at: dt.datetime) -> None:
    """Take away the notices of steps that somebody took."""
    clear(draft.subject, [REVIEW, SIGNING, SIGNED, BACK], at=at)


def sent_inside(document: OutgoingDocument, recipient: Recipient, *, at: dt.datetime) -> None:
    """Tell who receives a document inside the agency."""
    if recipient.post_id is not None:
        posts = [recipient.post_id]
    else:
        held = Post.objects.filter(in_force(local_date(at)), unit=recipient.unit_id)
        posts = [post.pk for post in held if roles()[post.role].receives]
    text = f"Văn bản gửi đến: {document.symbol} {document.abstract}"
    tell(posts, about=document.subject, text=text, at=at, kind=INSIDE)


def came_back_from(dispatch: Dispatch, *, at: dt.datetime) -> None:
    """Tell the clerks and the author that a receiver sent a document back, and why."""
    document = dispatch.document
    text = f"{dispatch.recipient.line} trả lại {document.symbol}: {dispatch.reason}"
    concerned = dict.fromkeys([*_clerks(document.agency_id, at), document.draft.author_id])
    tell(concerned, about=document.subject, text=text, at=at, kind=CAME_BACK, urgent=True)


def copy_destroyed(dispatch: Dispatch, *, at: dt.datetime) -> None:
    """Tell who recalled a document, and the clerks, that a receiver destroyed its copy."""
    document = dispatch.document
    text = f"{dispatch.recipient.line} đã hủy bản thu hồi của {document.symbol}"
    concerned = dict.fromkeys([*_clerks(document.agency_id, at), document.recall.post_id])
    tell(concerned, about=document.subject, text=text, at=at, kind=DESTROYED)


def drafts_of_the_day(post: Post, at: dt.datetime) -> list[DigestLine]:  # noqa: ARG001 - the contract of digests
    """Return the drafts that wait for a post to look at or to sign, for its morning letter."""
    steps = ReviewStep.objects.filter(post=post, state=ReviewStep.State.CURRENT).values("draft")
    looking = Q(pk__in=steps, state=Draft.State.REVIEW)
    signing = Q(holder=post, state=Draft.State.SIGNING)
    rows = Draft.objects.filter(looking | signing).select_related("document_type").order_by("due_at", "pk")[:20]
    words = {Draft.State.REVIEW: "Chờ xem", Draft.State.SIGNING: "Chờ ký"}
    return [
        DigestLine(f"{words[Draft.State(row.state)]}: {row}", reverse("outgoing:draft", args=[row.pk])) for row in rows
    ]


def _clerks(agency_id: int, at: dt.datetime) -> list[int]:
    posts = Post.objects.filter(in_force(local_date(at)), unit__agency=agency_id)
    return [post.pk for post in posts if "outgoing.issue" in roles()[post.role].rights]


def _urgent(draft: Draft) -> bool:
    return draft.urgency != IncomingDocument.Urgency.NORMAL
