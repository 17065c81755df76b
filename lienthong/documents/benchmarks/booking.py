"""``bench book``: a whole book as XLSX and as PDF, each beside a floor that does nothing else.

Floor of the XLSX: a server-side cursor over the same rows into the bare writer of CSV. Floor of the PDF: Typst alone
over the same rows, already fetched, in the same parts, without joining them.
"""

from __future__ import annotations

import csv
import io
import resource
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from lienthong.documents.models import Book
from lienthong.documents.printing import INCOMING
from lienthong.exports import papers
from lienthong.exports.books import table_of
from lienthong.exports.tables import Table, write
from lienthong.kernel.timing import bare_connection

PEAK = Path("/proc/self/clear_refs")
_ROWS = """
SELECT d.arrival_date, d.arrival_number, d.issuer, d.symbol, d.document_date, coalesce(t.name || ' ', '') || d.abstract,
       d.note, d.state, d.id
  FROM documents_incomingdocument d LEFT JOIN catalogue_documenttype t ON t.id = d.document_type_id
 WHERE d.book_id = %s ORDER BY d.year, d.arrival_number
"""


def measure(size: int) -> dict[str, object]:  # noqa: ARG001 - the contract of benchmarks
    """Write the book of the data set once in each form."""
    book = Book.objects.select_related("agency").get(name="Sổ đo")
    days = book.documents.order_by("arrival_date").values_list("arrival_date", flat=True)
    table = table_of(INCOMING, book, since=days[0], until=days.last() or days[0])
    rows = list(table.rows())
    return {
        "rows": table.total,
        **_both("xlsx", table, lambda stream: _bare_csv(book, stream)),
        **_both("pdf", table, lambda _stream: _bare_typst(table, rows)),
    }


def _both(form: str, table: Table, floor: Callable[[Any], None]) -> dict[str, object]:
    with tempfile.TemporaryFile() as stream:
        seconds, peak = _timed(lambda: write(table, form, stream, lambda _done: None))
        size = stream.tell()
    with tempfile.TemporaryFile() as stream:
        floor_seconds, _ = _timed(lambda: floor(stream))
    return {
        f"{form}_s": round(seconds, 1),
        f"{form}_rows_per_s": round(table.total / seconds),
        f"{form}_floor_s": round(floor_seconds, 1),
        f"{form}_ratio": round(seconds / floor_seconds, 2),
        f"{form}_grew_mb": peak,
        f"{form}_child_peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10 if form == "pdf" else 0,
        f"{form}_mb": round(size / (1 << 20), 1),
    }


def _timed(act: Callable[[], object]) -> tuple[float, int]:
    """Return how many seconds something takes, and by how many MB this process was larger at most (Linux)."""
    before = _memory("VmRSS")
    if PEAK.exists():
        PEAK.write_text("5")  # forget the former peak
    started = time.perf_counter()
    act()
    return time.perf_counter() - started, max(0, _memory("VmHWM") - before) >> 10


def _memory(name: str) -> int:
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


def _bare_csv(book: Book, stream: Any) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    with bare_connection() as bare, bare.cursor("book") as cursor:
        cursor.execute(_ROWS, [book.pk])
        csv.writer(text).writerows(cursor)
    text.detach()


def _bare_typst(table: Table, rows: list[Any]) -> None:
    heading = {"title": table.title, "owner": table.owner, "lines": list(table.lines)}
    rest = iter(rows)
    with tempfile.TemporaryDirectory() as directory:
        while batch := list(islice(rest, papers.PART)):
            papers.set_part(heading, table.columns, table.widths, batch, Path(directory) / "part.pdf", is_first=False)
