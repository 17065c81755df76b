"""By what a document is found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from lienthong.documents.models import IncomingDocument
from lienthong.files.models import FileText
from lienthong.files.queries import attachments_of
from lienthong.search.operations import index_entry
from lienthong.search.sources import Entry

BATCH = 200


def index_document(document: IncomingDocument, audiences: Iterable[int], *, at: dt.datetime) -> None:
    """Write what a document is found by (one statement); the text of its files follows by a job and stays."""
    index_entry(entry_of(document, audiences, at=at))


def entry_of(document: IncomingDocument, audiences: Iterable[int], *, at: dt.datetime, body: str = "") -> Entry:
    """Return the search entry of a document."""
    return Entry(
        subject=document.subject,
        title=f"{document.title} · {document.issuer}",
        symbol=document.symbol,
        body=body,
        kind="incoming",
        unit_id=document.agency_id,
        year=document.year,
        state=document.state,
        audiences=audiences,
        at=at,
    )


def entries() -> Iterator[Entry]:
    """Yield the entry of every document, oldest first, with the texts of its files (for a rebuilt index)."""
    last = 0
    while True:
        documents = list(
            IncomingDocument.objects.filter(pk__gt=last)
            .select_related("document_type")
            .prefetch_related("readers")
            .order_by("pk")[:BATCH]
        )
        if not documents:
            return
        texts = _texts([document.pk for document in documents])
        for document in documents:
            audiences = [reader.audience for reader in document.readers.all()]
            body = texts.get(document.pk, "")
            yield entry_of(document, audiences, at=document.registered_at, body=body)
        last = documents[-1].pk


def _texts(pks: list[int]) -> dict[int, str]:
    attached = attachments_of("incoming", pks)
    blobs = {one.file.blob_id for group in attached.values() for one in group}
    read = dict(FileText.objects.filter(blob__in=blobs).values_list("blob_id", "text"))
    return {
        pk: "\n".join(filter(None, (read.get(one.file.blob_id, "") for one in group))) for pk, group in attached.items()
    }
