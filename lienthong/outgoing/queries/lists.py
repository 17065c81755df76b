"""The lists of drafts and of outgoing documents: each a walk of one index, page by page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from lienthong.organisation.actor import Actor
from lienthong.outgoing.models import Draft, DraftReader, OutgoingDocument, OutgoingReader, ReviewStep, Signature

PAGE = 25
MOST_WAITING = 200
DRAFT_RELATED = ("document_type", "unit", "author__officer", "holder__officer")


@dataclass(frozen=True, slots=True)
class DraftPage:
    """One page of drafts, newest first, and the keys where its neighbours begin (None where there are none)."""

    drafts: list[Draft]
    newer: int | None = None
    older: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the list of documents a page begins: the day and key of the document before it."""

    day: dt.date
    pk: int

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.pk}"

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """Read a place from an address; None when it is none."""
        day, _, pk = text.partition(".")
        try:
            return cls(dt.date.fromisoformat(day), int(pk[:18]))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One page of documents, newest first, and the places of its neighbours."""

    documents: list[OutgoingDocument]
    newer: Place | None
    older: Place | None


def draft_page(
    actor: Actor, *, state: str = "", after: int | None = None, before: int | None = None, size: int = PAGE
) -> DraftPage:
    """Return the drafts open to an actor, those begun last first. One query, whatever the number."""
    readers = DraftReader.objects.filter(audience__in=actor.audiences)
    readers = readers.filter(state=state) if state else readers.filter(state__in=Draft.OPEN_STATES)
    if before is not None:
        readers = readers.filter(draft_id__gt=before).order_by("draft_id", "audience")
    else:
        readers = readers.filter(draft_id__lt=after) if after is not None else readers
        readers = readers.order_by("-draft_id", "audience")
    found = readers.distinct("draft_id").select_related(*(f"draft__{name}" for name in DRAFT_RELATED))[: size + 1]
    rows = [row.draft for row in found]
    has_more, rows = len(rows) > size, rows[:size]
    if before is not None:
        rows.reverse()
    first, last = (rows[0].pk, rows[-1].pk) if rows else (None, None)
    return DraftPage(
        drafts=rows,
        newer=first if (has_more if before is not None else after is not None) else None,
        older=last if (has_more or before is not None) else None,
    )


def waiting_drafts(actor: Actor, what: str) -> DraftPage:
    """Return the drafts that wait for an actor: to look at, to sign, to write on, or to issue; first due first."""
    found = WAITING[what](actor).select_related(*DRAFT_RELATED).order_by("due_at", "pk")
    if what == "issue":
        standing = Signature.objects.filter(withdrawn_at=None)
        found = found.prefetch_related(Prefetch("signatures", standing, to_attr="standing"))
    return DraftPage(drafts=list(found[:MOST_WAITING]))


def to_review(actor: Actor) -> QuerySet[Draft]:
    """Return the drafts of which a step waits for the actor's post."""
    steps = ReviewStep.objects.filter(post__in=actor.posts, state=ReviewStep.State.CURRENT)
    return Draft.objects.filter(pk__in=steps.values("draft"), state=Draft.State.REVIEW)


def to_sign(actor: Actor) -> QuerySet[Draft]:
    """Return the drafts that wait for the signature of the actor's post."""
    return Draft.objects.filter(holder=actor.post.pk, state=Draft.State.SIGNING)


def to_write(actor: Actor) -> QuerySet[Draft]:
    """Return the drafts that the actor's post is writing."""
    return Draft.objects.filter(holder__in=actor.posts, state=Draft.State.WRITING)


def to_issue(actor: Actor) -> QuerySet[Draft]:
    """Return the signed drafts of the agency that wait for a number."""
    agencies = {actor.post.unit.agency_id, *actor.inherited_agencies} - {None}
    return Draft.objects.filter(agency_id__in=agencies, state=Draft.State.SIGNED)


WAITING = {"review": to_review, "signing": to_sign, "mine": to_write, "issue": to_issue}


def document_page(
    actor: Actor,
    *,
    scope: str,
    state: str = "",
    unread: bool = False,
    since: dt.date | None = None,
    until: dt.date | None = None,
    size: int = PAGE,
    after: Place | None = None,
    before: Place | None = None,
) -> DocumentPage:
    """Return the documents after (older than) or before (newer than) a place. One query, whatever the number."""
    readers = OutgoingReader.objects.filter(audience__in=actor.audiences, scope=scope)
    if state:
        readers = readers.filter(state=state)
    if unread:
        readers = readers.filter(is_addressee=True, read_at=None)
    if since:
        readers = readers.filter(issue_date__gte=since)
    if until:
        readers = readers.filter(issue_date__lte=until)
    if before:
        later = Q(issue_date__gt=before.day) | Q(issue_date=before.day, document_id__gt=before.pk)
        readers = readers.filter(later).order_by("issue_date", "document_id", "audience")
        readers = readers.distinct("issue_date", "document_id")
    else:
        if after:
            earlier = Q(issue_date__lt=after.day) | Q(issue_date=after.day, document_id__lt=after.pk)
            readers = readers.filter(earlier)
        readers = readers.order_by("-issue_date", "-document_id", "audience").distinct("issue_date", "document_id")
    related = ("document__document_type", "document__unit")
    rows = [row.document for row in readers.select_related(*related)[: size + 1]]
    has_more, rows = len(rows) > size, rows[:size]
    if before:
        rows.reverse()
    first, last = (place_of(rows[0]), place_of(rows[-1])) if rows else (None, None)
    return DocumentPage(
        documents=rows,
        newer=first if (has_more if before else after) else None,
        older=last if (has_more or before) else None,
    )


def place_of(document: OutgoingDocument) -> Place:
    """Return where a document stands in the list."""
    return Place(document.issue_date, document.pk)
