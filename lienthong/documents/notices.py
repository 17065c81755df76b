"""Whom a step on a document concerns, and what they are told."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from lienthong.documents.models import IncomingDocument
from lienthong.notifications.digest import DigestLine
from lienthong.notifications.operations import clear, tell
from lienthong.organisation.models import Post

FORWARDED = "incoming.forwarded"


def ask_for_instruction(document: IncomingDocument, to: Post, *, note: str, at: dt.datetime) -> None:
    """Tell a leader that a document waits for their instruction."""
    urgent = document.urgency != IncomingDocument.Urgency.NORMAL
    word = f"{document.get_urgency_display()}: " if urgent else ""
    text = f"{word}Chờ ý kiến: {document.symbol} {document.abstract}" + (f" ({note})" if note else "")
    tell([to], about=document.subject, text=text, at=at, kind=FORWARDED, urgent=urgent)


def asked_no_more(document: IncomingDocument, *, at: dt.datetime) -> None:
    """Clear the notices that a document waits, once somebody took it further."""
    clear(document.subject, [FORWARDED], at=at)


def documents_of_the_day(post: Post, at: dt.datetime) -> list[DigestLine]:  # noqa: ARG001 - the contract of digests
    """Return the documents that wait for a post's instruction, for its morning letter."""
    waiting = IncomingDocument.objects.filter(holder_post=post, state=IncomingDocument.State.FORWARDED)
    return [
        DigestLine(f"{document.symbol} {document.abstract}", reverse("documents:document", args=[document.pk]))
        for document in waiting.order_by("-id")[:20]
    ]
