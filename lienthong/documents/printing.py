"""Pages for print as PDF: A4, the fonts of the house, the columns of the decree."""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import render_to_string
from weasyprint import HTML

from lienthong.documents.queries.books import Row


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
    shares = [round(100 * width / sum(widths), 2) for width in widths]
    context = {
        "title": title,
        "agency": agency,
        "book": book,
        "period": period,
        "columns": list(zip(columns, shares, strict=True)),
        "rows": rows,
    }
    html = render_to_string("documents/books/pdf.html", context)
    content: bytes = HTML(string=html, url_fetcher=_refuse).write_pdf()
    return content


def _refuse(url: str, *_args: object, **_kwargs: object) -> dict[str, object]:
    raise ValueError(f"a printed page fetches nothing: {url}")
