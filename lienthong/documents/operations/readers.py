"""The shadows of a document: its state and who may read it, kept in step with the row itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from lienthong.documents.models import IncomingDocument, IncomingReader
from lienthong.search.operations import open_many_to as search_many
from lienthong.search.operations import reindex_audiences, set_state


def locked(document: IncomingDocument) -> IncomingDocument:
    """Return the document with its row held until the transaction ends."""
    return IncomingDocument.objects.select_for_update(of=("self",)).select_related("agency", "book").get(pk=document.pk)


def enter(document: IncomingDocument, state: str) -> None:
    """Let a locked document enter a state: the row, the shadows of its readers and the search index."""
    document.state = state
    document.save(update_fields=["state"])
    document.readers.update(state=state)
    set_state(document.subject, state)


def open_to(document: IncomingDocument, audiences: Iterable[int]) -> None:
    """Open a document to more audiences (two queries when there is news, one when there is none)."""
    known = set(document.readers.values_list("audience", flat=True))
    fresh = sorted(set(audiences) - known)
    if not fresh:
        return
    IncomingReader.objects.bulk_create((reader_of(document, audience) for audience in fresh), ignore_conflicts=True)
    reindex_audiences(document.subject, known | set(fresh))


def open_many_to(documents: QuerySet[IncomingDocument], audiences: Collection[int]) -> None:
    """Open many documents to more audiences with three statements."""
    rows = list(documents.select_for_update(of=("self",)).order_by("pk"))
    IncomingReader.objects.bulk_create(
        (reader_of(row, key) for row in rows for key in sorted(audiences)), ignore_conflicts=True, batch_size=1000
    )
    search_many("incoming", [row.pk for row in rows], audiences)


def reader_of(document: IncomingDocument, audience: int) -> IncomingReader:
    """Return the row (not yet written) that opens a document to an audience, with the document's shadows."""
    return IncomingReader(
        document=document,
        audience=audience,
        arrival_date=document.arrival_date,
        state=document.state,
        is_urgent=document.urgency != IncomingDocument.Urgency.NORMAL,
    )
