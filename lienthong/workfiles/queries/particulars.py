"""What a document, task or file is called where it lies in a work file, as it stands now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from lienthong.documents.models import IncomingDocument
from lienthong.files.models import Attachment, StoredFile
from lienthong.files.queries import attachments_of
from lienthong.kernel.clock import local_date
from lienthong.kernel.subjects import Subject
from lienthong.organisation.queries import name_on
from lienthong.outgoing.models import Draft, OutgoingDocument
from lienthong.tasks.models import Task
from lienthong.workfiles.models import Filing

KINDS = {
    "incoming": "Văn bản đến",
    "outgoing": "Văn bản đi",
    "draft": "Dự thảo",
    "task": "Nhiệm vụ",
    "stored_file": "Tệp",
}
"""What may lie in a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """The columns of the list of documents (NĐ 30/2020 Phụ lục V and VI)."""

    symbol: str = ""
    title: str = ""
    issuer: str = ""
    date: dt.date | None = None
    pages: int | None = None

    def columns(self) -> dict[str, object]:
        """Return them as the columns of a filing, cut to their lengths."""
        return {
            "symbol": self.symbol[:60],
            "title": self.title[:500],
            "issuer": self.issuer[:200],
            "date": self.date,
            "pages": self.pages,
        }


def particulars_of(subject: Subject) -> Particulars | None:
    """Return what a subject is called now; None for one that is not there or cannot be filed."""
    found = _READERS.get(subject.kind)
    return found(subject.pk) if found else None


def _incoming(pk: int) -> Particulars | None:
    row = IncomingDocument.objects.select_related("document_type").filter(pk=pk).first()
    if row is None:
        return None
    pages = row.pages or _pages(Subject("incoming", pk))
    return Particulars(symbol=row.symbol, title=row.title, issuer=row.issuer, date=row.document_date, pages=pages)


def _outgoing(pk: int) -> Particulars | None:
    row = OutgoingDocument.objects.select_related("document_type", "agency").filter(pk=pk).first()
    if row is None:
        return None
    return Particulars(
        symbol=row.symbol,
        title=row.title,
        issuer=name_on(row.agency, row.issue_date),  # as a list writes it; the paper itself has it in capitals
        date=row.issue_date,
        pages=row.pages,
    )


def _draft(pk: int) -> Particulars | None:
    row = Draft.objects.select_related("document_type", "agency").filter(pk=pk).first()
    if row is None:
        return None
    title = f"Dự thảo {row.document_type.name} {row.abstract}"
    return Particulars(title=title, issuer=row.agency.name)


def _task(pk: int) -> Particulars | None:
    row = Task.objects.select_related("assigner_unit").filter(pk=pk).first()
    if row is None or row.assigner_unit is None:
        return None
    day = local_date(row.assigned_at)
    return Particulars(
        title=f"Nhiệm vụ: {row.title}", issuer=row.assigner_unit.name, date=day, pages=_pages(row.subject)
    )


def _stored_file(pk: int) -> Particulars | None:
    row = StoredFile.objects.select_related("blob").filter(pk=pk).first()
    if row is None:
        return None
    name = row.name.rsplit(".", 1)[0]
    return Particulars(title=name, date=None, pages=row.blob.pages or None)


_READERS = {
    "incoming": _incoming,
    "outgoing": _outgoing,
    "draft": _draft,
    "task": _task,
    "stored_file": _stored_file,
}


def _pages(subject: Subject) -> int | None:
    standing = Attachment.objects.of(subject).standing().select_related("file__blob")
    return sum(one.file.blob.pages for one in standing) or None


def blobs_of(filings: Iterable[Filing]) -> dict[int, set[int]]:
    """Return the contents that each filing brings into the file, by its key (one query a kind)."""
    rows = list(filings)
    found: dict[int, set[int]] = {row.pk: set() for row in rows}
    for kind in {row.subject_kind for row in rows}:
        mine = [row for row in rows if row.subject_kind == kind]
        keys = [row.subject_id for row in mine]
        if kind == "stored_file":
            blobs = {pk: {blob} for pk, blob in StoredFile.objects.filter(pk__in=keys).values_list("pk", "blob_id")}
        else:
            blobs = {pk: {one.file.blob_id for one in attached} for pk, attached in attachments_of(kind, keys).items()}
        for row in mine:
            found[row.pk] = blobs.get(row.subject_id, set())
    return found
