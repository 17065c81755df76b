"""What a document, task or file is called where it lies in a work file, as it stands now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from lienthong.documents.models import IncomingDocument
from lienthong.files.models import Attachment, StoredFile
from lienthong.files.queries import attachments_of
from lienthong.kernel.clock import local_date
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.queries import name_on
from lienthong.outgoing.models import Draft, OutgoingDocument
from lienthong.tasks.models import Task
from lienthong.workfiles import fileable
from lienthong.workfiles.fileable import Kind, Particulars
from lienthong.workfiles.models import Filing


def particulars_of(subject: Subject) -> Particulars | None:
    """Return what a subject is called now; None for one that is not there or cannot be filed."""
    found = fileable.find(subject.kind)
    return found.particulars(subject.pk) if found else None


def now_of(filing: Filing) -> Particulars | None:
    """Return what a filed thing is called now; a part is asked of its whole."""
    if filing.whole is None:
        return particulars_of(filing.subject)
    kind = fileable.find(filing.whole.subject_kind)
    parts = kind.parts([filing.whole.subject_id]).get(filing.whole.subject_id, ()) if kind else ()
    return next((part.particulars for part in parts if part.subject == filing.subject), None)


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


def _seen(model: Any) -> Callable[[Actor, Sequence[int]], Iterable[int]]:
    return lambda actor, pks: model.objects.visible_to(actor).filter(pk__in=pks).values_list("pk", flat=True)


def declare_kinds() -> None:
    """Declare what the apps below own: documents, drafts, tasks; and uploads, which the work file itself opens."""
    fileable.declare(
        Kind(kind="incoming", name="Văn bản đến", visible=_seen(IncomingDocument), particulars=_incoming),
        Kind(kind="outgoing", name="Văn bản đi", visible=_seen(OutgoingDocument), particulars=_outgoing),
        Kind(kind="draft", name="Dự thảo", visible=_seen(Draft), particulars=_draft),
        Kind(kind="task", name="Nhiệm vụ", visible=_seen(Task), particulars=_task, has_pages=False),
        Kind(kind="stored_file", name="Tệp", visible=_none, particulars=_stored_file, is_upload=True),
    )


def _none(_actor: Actor, _pks: Sequence[int]) -> Iterable[int]:
    return ()


def _pages(subject: Subject) -> int | None:
    standing = Attachment.objects.of(subject).standing().select_related("file__blob")
    return sum(one.file.blob.pages for one in standing) or None


def blobs_of(filings: Iterable[Filing]) -> dict[int, set[int]]:
    """Return the contents that each filing brings into the file, by its key (one query a kind)."""
    return {pk: {one.blob_id for one in stored} for pk, stored in stored_of(filings).items()}


def stored_of(filings: Iterable[Filing]) -> dict[int, list[StoredFile]]:
    """Return the files that each filing brings into the work file, by its key (one query a kind)."""
    rows = list(filings)
    found: dict[int, list[StoredFile]] = {row.pk: [] for row in rows}
    for kind in {row.subject_kind for row in rows}:
        mine = [row for row in rows if row.subject_kind == kind]
        keys = [row.subject_id for row in mine]
        if kind == "stored_file":
            uploads = StoredFile.objects.select_related("blob").in_bulk(keys)
            files = {pk: [one] for pk, one in uploads.items()}
        else:
            files = {pk: [one.file for one in attached] for pk, attached in attachments_of(kind, keys).items()}
        for row in mine:
            found[row.pk] = files.get(row.subject_id, [])
    return found
