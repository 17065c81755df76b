"""The list of incoming documents as a spreadsheet: exactly what the filters show, row by row."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator

from django.http import FileResponse

from lienthong.documents.models import IncomingDocument
from lienthong.documents.queries.lists import Filters, incoming_page, late_documents
from lienthong.kernel.clock import local, local_date
from lienthong.kernel.spreadsheets import write_table
from lienthong.organisation.actor import Actor

MOST_EXPORTED = 5000
BATCH = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    "Ngày đến",
    "Số đến",
    "Số, ký hiệu",
    "Ngày văn bản",
    "Cơ quan ban hành",
    "Trích yếu",
    "Độ khẩn",
    "Trạng thái",
    "Chờ ý kiến của",
    "Hạn giải quyết",
)
WIDTHS = (11, 8, 20, 12, 30, 60, 12, 22, 24, 16)


def workbook(actor: Actor, filters: Filters, at: dt.datetime) -> FileResponse:
    """Return what the list shows, newest first, at most ``MOST_EXPORTED`` rows; the file says so where it is cut."""
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    heading = (
        f"Văn bản đến: {_said(filters)}",
        f"{actor.post.unit} · lúc {local(at):%H:%M %d/%m/%Y} · tối đa {MOST_EXPORTED} văn bản, mới nhất trước",
    )
    rows = (_cells(document) for document in _documents(actor, filters, at))
    write_table(stream, title="Văn bản đến", columns=COLUMNS, rows=rows, heading=heading, widths=WIDTHS)
    stream.seek(0)
    name = f"Văn bản đến {local(at):%d-%m-%Y %Hh%M}.xlsx"
    return FileResponse(stream, as_attachment=True, filename=name, content_type=XLSX)


def _documents(actor: Actor, filters: Filters, at: dt.datetime) -> Iterator[IncomingDocument]:
    if filters.late:
        yield from late_documents(actor, at).documents
        return
    after = None
    for _ in range(MOST_EXPORTED // BATCH):
        page = incoming_page(actor, filters, after=after, size=BATCH)
        yield from page.documents
        after = page.older
        if after is None:
            return


def _cells(document: IncomingDocument) -> tuple[str | int, ...]:
    holder = document.holder_post if document.state == IncomingDocument.State.FORWARDED else None
    return (
        f"{document.arrival_date:%d/%m/%Y}",
        str(document.arrival_number),
        document.symbol,
        f"{document.document_date:%d/%m/%Y}" if document.document_date else "",
        document.issuer,
        document.title,
        document.get_urgency_display(),
        document.get_state_display(),
        holder.officer.full_name if holder else "",
        f"{local_date(document.due_at):%d/%m/%Y}" if document.due_at else "",
    )


def _said(filters: Filters) -> str:
    """Return the filters in words, as the head of the file."""
    said = [
        str(IncomingDocument.State(filters.state).label) if filters.state else "",
        "khẩn" if filters.urgent else "",
        "chờ tôi cho ý kiến" if filters.waiting else "",
        "chờ quá hạn" if filters.late else "",
        f"từ ngày {filters.since:%d/%m/%Y}" if filters.since else "",
        f"đến ngày {filters.until:%d/%m/%Y}" if filters.until else "",
    ]
    return ", ".join(filter(None, said)) or "tất cả"
