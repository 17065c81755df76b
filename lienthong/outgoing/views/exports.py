"""The lists of drafts and of outgoing documents as spreadsheets: exactly what the filters show, row by row."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import FileResponse

from lienthong.kernel.clock import local, local_date
from lienthong.kernel.spreadsheets import write_table
from lienthong.organisation.actor import Actor
from lienthong.outgoing.models import Draft, OutgoingDocument
from lienthong.outgoing.queries.lists import document_page, draft_page, waiting_drafts

MOST_EXPORTED = 5000
BATCH = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCUMENTS = ("Số, ký hiệu", "Ngày văn bản", "Trích yếu", "Người ký", "Đơn vị soạn", "Độ khẩn", "Trạng thái")
DRAFTS = ("Loại", "Trích yếu", "Người soạn", "Đơn vị soạn", "Độ khẩn", "Trạng thái", "Đang ở", "Hạn")


def documents(actor: Actor, filters: dict[str, Any], *, title: str, said: str, at: dt.datetime) -> FileResponse:
    """Return what the list of documents shows, newest first, at most ``MOST_EXPORTED`` rows."""
    rows = (_document_cells(one) for one in _documents(actor, filters))
    return _workbook(rows, DOCUMENTS, (20, 12, 60, 24, 20, 12, 20), title=title, said=said, actor=actor, at=at)


def drafts(actor: Actor, *, waiting: str, state: str, said: str, at: dt.datetime) -> FileResponse:
    """Return what the list of drafts shows, at most ``MOST_EXPORTED`` rows."""
    rows = (_draft_cells(one) for one in _drafts(actor, waiting, state))
    return _workbook(rows, DRAFTS, (16, 60, 24, 20, 12, 22, 24, 12), title="Dự thảo", said=said, actor=actor, at=at)


def _workbook(
    rows: Iterable[tuple[str, ...]], columns: tuple[str, ...], widths: tuple[int, ...], *, title: str, said: str,
    actor: Actor, at: dt.datetime,
) -> FileResponse:  # fmt: skip
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    heading = (
        f"{title}: {said}",
        f"{actor.post.unit} · lúc {local(at):%H:%M %d/%m/%Y} · tối đa {MOST_EXPORTED} dòng, mới nhất trước",
    )
    write_table(stream, title=title, columns=columns, rows=rows, heading=heading, widths=widths)
    stream.seek(0)
    name = f"{title} {local(at):%d-%m-%Y %Hh%M}.xlsx"
    return FileResponse(stream, as_attachment=True, filename=name, content_type=XLSX)


def _documents(actor: Actor, filters: dict[str, Any]) -> Iterator[OutgoingDocument]:
    after = None
    for _ in range(MOST_EXPORTED // BATCH):
        page = document_page(actor, **filters, after=after, size=BATCH)
        yield from page.documents
        after = page.older
        if after is None:
            return


def _drafts(actor: Actor, waiting: str, state: str) -> Iterator[Draft]:
    if waiting:
        yield from waiting_drafts(actor, waiting).drafts
        return
    after = None
    for _ in range(MOST_EXPORTED // BATCH):
        page = draft_page(actor, state=state, after=after, size=BATCH)
        yield from page.drafts
        after = page.older
        if after is None:
            return


def _document_cells(document: OutgoingDocument) -> tuple[str, ...]:
    return (
        document.symbol,
        f"{document.issue_date:%d/%m/%Y}",
        document.title,
        document.signer,
        document.unit.short_name,
        document.get_urgency_display(),
        document.get_state_display(),
    )


def _draft_cells(draft: Draft) -> tuple[str, ...]:
    return (
        draft.document_type.name,
        draft.abstract,
        draft.author.officer.full_name,
        draft.unit.short_name,
        draft.get_urgency_display(),
        draft.get_state_display(),
        draft.holder.officer.full_name if draft.holder else "",
        f"{local_date(draft.due_at):%d/%m/%Y}" if draft.due_at else "",
    )
