"""Whom a step on a document concerns, and what they are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import F, Min, Q
from django.urls import reverse

from lienthong.documents.models import IncomingDocument, Intake, Step, Wait
from lienthong.kernel.clock import local, local_date
from lienthong.kernel.periods import in_force
from lienthong.notifications.digest import DigestLine
from lienthong.notifications.operations import clear, tell
from lienthong.organisation.models import Post
from lienthong.organisation.roles import roles
from lienthong.tasks.models import Task

FORWARDED = "incoming.forwarded"
DELIVERED = "intake.delivered"
RECALLED = "incoming.recalled"
LATE = "incoming.late"


def ask_for_instruction(document: IncomingDocument, to: Post, *, note: str, at: dt.datetime) -> None:
    """Tell a leader that a document waits for their instruction."""
    urgent = document.urgency != IncomingDocument.Urgency.NORMAL
    word = f"{document.get_urgency_display()}: " if urgent else ""
    text = f"{word}Chờ ý kiến: {document.symbol} {document.abstract}" + (f" ({note})" if note else "")
    tell([to], about=document.subject, text=text, at=at, kind=FORWARDED, urgent=urgent)


def asked_no_more(document: IncomingDocument, *, at: dt.datetime) -> None:
    """Clear the notices that a document waits, once somebody took it further."""
    clear(document.subject, [FORWARDED], at=at)


def delivered(intake: Intake, what: str, *, at: dt.datetime) -> None:
    """Tell the clerks of an agency that something came on the system."""
    tell(_clerks(intake.agency_id, at), about=intake.subject, text=f"Văn bản đến: {what}", at=at, kind=DELIVERED)


def recalled(document: IncomingDocument, reason: str, *, at: dt.datetime) -> None:
    """Tell the clerks, whoever holds the document and who works on it that its sender recalled it."""
    holder = [document.holder_post_id] if document.holder_post_id else []
    working = Task.objects.of(document.subject).open().exclude(lead_post=None).values_list("lead_post", flat=True)
    text = f"Nơi gửi thu hồi {document.symbol}: {reason}. Hãy hủy bản đang giữ."
    concerned = dict.fromkeys([*_clerks(document.agency_id, at), *holder, *working])
    tell(concerned, about=document.subject, text=text, at=at, kind=RECALLED, urgent=True)


def _clerks(agency_id: int, at: dt.datetime) -> list[int]:
    posts = Post.objects.filter(in_force(local_date(at)), unit__agency=agency_id)
    return [post.pk for post in posts if "incoming.register" in roles()[post.role].rights]


def tell_late(wait: Wait, posts: Iterable[Post], *, number: int, at: dt.datetime) -> None:
    """Tell one level that a document waits too long; the levels above also hear before whom it lies."""
    document = wait.document
    step = "chưa chuyển" if wait.step == Step.FORWARD else "chưa có ý kiến"
    who = f" ({wait.post.officer.full_name})" if number > 1 else ""
    since = f"hạn {local(wait.due_at):%H:%M %d/%m/%Y}"
    text = f"Quá hạn, {step}{who}, {since}: {document.symbol or 'văn bản không số'} {document.abstract}"
    urgent = document.urgency != IncomingDocument.Urgency.NORMAL
    tell(posts, about=document.subject, text=text, at=at, kind=LATE, urgent=urgent)


def late_no_more(document: IncomingDocument, *, at: dt.datetime) -> None:
    """Clear the notices that a document waits too long, once somebody took it further."""
    clear(document.subject, [LATE], at=at)


def documents_of_the_day(post: Post, at: dt.datetime) -> list[DigestLine]:  # noqa: ARG001 - the contract of digests
    """Return the documents that wait for a post's instruction, for its morning letter."""
    waiting = IncomingDocument.objects.filter(holder_post=post, state=IncomingDocument.State.FORWARDED).annotate(
        until=Min("waits__due_at", filter=Q(waits__ended_at=None))
    )
    return [
        DigestLine(f"{document.symbol} {document.abstract}", reverse("documents:document", args=[document.pk]))
        for document in waiting.order_by(F("until").asc(nulls_last=True), "-id")[:20]
    ]
