"""The list of work files: a walk of one index, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from lienthong.documents.models import IncomingDocument, IncomingReader
from lienthong.organisation.actor import Actor
from lienthong.workfiles.models import Filing, WorkFile, WorkFileReader

PAGE = 25
RELATED = ("file__post__officer", "file__unit")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to: a state, a year, what is due at the archive, what the actor keeps."""

    state: str = ""
    year: int | None = None
    due: bool = False
    mine: bool = False

    @property
    def is_set(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.state or self.year or self.due or self.mine)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of files, newest first, and the keys where its neighbours begin (None where there are none)."""

    files: list[WorkFile]
    newer: int | None
    older: int | None


def file_page(
    actor: Actor, filters: Filters, *, after: int | None = None, before: int | None = None, size: int = PAGE
) -> Page:
    """Return the files after (older than) or before (newer than) a key. One query, whatever the size."""
    readers = WorkFileReader.objects.filter(audience__in=actor.audiences)
    if filters.state:
        readers = readers.filter(state=filters.state)
    if filters.year:
        readers = readers.filter(year=filters.year)
    if filters.due:
        readers = readers.filter(is_due=True)
    if filters.mine:
        readers = readers.filter(file__post__in=actor.posts)
    if before:
        readers = readers.filter(file__gt=before).order_by("file")
    else:
        readers = (readers.filter(file__lt=after) if after else readers).order_by("-file")
    if actor.inherited_audiences:  # one file may be open to two of their keys
        readers = readers.distinct("file")
    rows = [row.file for row in readers.select_related("file", *RELATED)[: size + 1]]
    has_more, rows = len(rows) > size, rows[:size]
    if before:
        rows.reverse()
    first, last = (rows[0].pk, rows[-1].pk) if rows else (None, None)
    return Page(
        files=rows,
        newer=first if (has_more if before else after) else None,
        older=last if (has_more or before) else None,
    )


def open_files(actor: Actor, most: int = 200) -> list[WorkFile]:
    """Return the open files that an actor reads, newest first (one query); the policy says into which they may put."""
    rows = WorkFile.objects.visible_to(actor).filter(state=WorkFile.State.OPEN).select_related("unit", "post__officer")
    return list(rows.order_by("-pk")[:most])


def unfiled_documents(actor: Actor, most: int = 50) -> list[IncomingDocument]:
    """Return the newest settled documents that an actor reads and that lie in no file yet (one query)."""
    lying = Filing.objects.filter(subject_kind="incoming", subject_id=OuterRef("document"), removed_at=None)
    readers = IncomingReader.objects.filter(audience__in=actor.audiences, state=IncomingDocument.State.SETTLED)
    readers = readers.filter(~Exists(lying)).select_related("document__document_type")
    rows = readers.order_by("-arrival_date", "-document")[: most * len(actor.audiences)]
    return list({row.document_id: row.document for row in rows}.values())[:most]
