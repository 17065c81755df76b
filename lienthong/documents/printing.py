"""Pages for print as PDF: the columns of the decree on A4."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lienthong.documents.queries.books import Row
from lienthong.kernel.typesetting import typeset

LAYOUTS = Path(__file__).parent / "layouts"


def book_pdf(
    *,
    title: str,
    agency: str,
    book: str,
    period: str,
    columns: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[Row],
) -> bytes:
    """Return a statutory book as PDF: A4 landscape, the head of the table on every page, pages numbered."""
    data = {
        "title": title,
        "agency": agency,
        "book": book,
        "period": period,
        "columns": list(columns),
        "widths": list(widths),
        "rows": [row.cells for row in rows],
    }
    return typeset(LAYOUTS / "book.typ", data)
