"""The list of incoming documents: a walk of one index, page by page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from lienthong.documents.models import IncomingDocument, IncomingReader
from lienthong.documents.queries.waiting import late_for
from lienthong.organisation.actor import Actor

PAGE = 25


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to: a state, urgent ones only, days of arrival (both included), or what waits for me.

    ``waiting`` keeps the documents that lie before the actor's post for instruction; ``late`` those that wait too long
    and that the actor must see to (see ``late_documents``).
    """

    state: str = ""
    urgent: bool = False
    waiting: bool = False
    late: bool = False
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the list a page begins: the arrival day and key of the document before it."""

    arrival_date: dt.date
    pk: int

    def __str__(self) -> str:
        return f"{self.arrival_date.isoformat()}.{self.pk}"

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """Read a place from an address; None when it is none."""
        day, _, pk = text.partition(".")
        try:
            return cls(dt.date.fromisoformat(day), int(pk))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of documents, newest first, and the places of its neighbours (None where there are none)."""

    documents: list[IncomingDocument]
    newer: Place | None
    older: Place | None


def incoming_page(
    actor: Actor, filters: Filters, *, after: Place | None = None, before: Place | None = None, size: int = PAGE
) -> Page:
    """Return the documents after (older than) or before (newer than) a place. One query, whatever the size.

    With inherited keys the page is merged from one walk for each key, each no longer than the page.
    """
    readers = _narrowed(IncomingReader.objects.all(), filters)
    if filters.waiting:
        readers = readers.filter(state=IncomingDocument.State.FORWARDED, document__holder_post__in=actor.posts)
    if before:
        later = Q(arrival_date__gt=before.arrival_date) | Q(arrival_date=before.arrival_date, document_id__gt=before.pk)
        readers = readers.filter(later, arrival_date__gte=before.arrival_date).order_by("arrival_date", "document_id")
    else:
        if after:
            earlier = Q(arrival_date__lt=after.arrival_date) | Q(
                arrival_date=after.arrival_date, document_id__lt=after.pk
            )
            readers = readers.filter(earlier, arrival_date__lte=after.arrival_date)
        readers = readers.order_by("-arrival_date", "-document_id")
    rows = _walk(readers, actor.audiences, size + 1)
    has_more, rows = len(rows) > size, rows[:size]
    if before:
        rows.reverse()
    first, last = (place_of(rows[0]), place_of(rows[-1])) if rows else (None, None)
    return Page(
        documents=rows,
        newer=first if (has_more if before else after) else None,
        older=last if (has_more or before) else None,
    )


def late_documents(actor: Actor, now: dt.datetime) -> Page:
    """Return the documents that wait too long, the longest first; at most ``MOST_LATE``, on one page. One query."""
    late = late_for(actor, now).order_by("due_at", "pk").select_related(*RELATED, "document")
    return Page(documents=[wait.document for wait in late[:MOST_LATE]], newer=None, older=None)


MOST_LATE = 200


def _walk(readers: QuerySet[IncomingReader], audiences: Sequence[int], most: int) -> list[IncomingDocument]:
    """Return the first documents in the order of the readers that one of the audiences reads."""
    if len(audiences) > 1:
        walks = [readers.filter(audience=audience).values("pk")[:most] for audience in audiences]
        found = IncomingReader.objects.filter(pk__in=walks[0].union(*walks[1:], all=True))
        order = readers.query.order_by
        found = found.order_by("document", "audience").distinct("document")
        readers = IncomingReader.objects.filter(pk__in=found.values("pk")).order_by(*order)
    else:
        readers = readers.filter(audience=audiences[0])
    return [row.document for row in readers.select_related(*RELATED)[:most]]


RELATED = ("document__document_type", "document__holder_post__officer")


def place_of(document: IncomingDocument) -> Place:
    """Return where a document stands in the list."""
    return Place(document.arrival_date, document.pk)


def _narrowed(readers: QuerySet[IncomingReader], filters: Filters) -> QuerySet[IncomingReader]:
    if filters.state:
        readers = readers.filter(state=filters.state)
    if filters.urgent:
        readers = readers.filter(is_urgent=True)
    if filters.since:
        readers = readers.filter(arrival_date__gte=filters.since)
    if filters.until:
        readers = readers.filter(arrival_date__lte=filters.until)
    return readers
