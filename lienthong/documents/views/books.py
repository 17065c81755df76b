"""The statutory books: on screen, for print, as XLSX and as PDF."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from lienthong.documents import policies
from lienthong.documents.forms import BookForm, PeriodForm
from lienthong.documents.models import Book
from lienthong.documents.operations.registration import open_book
from lienthong.documents.printing import book_pdf
from lienthong.documents.queries.books import (
    FOLLOW_UP_COLUMNS,
    INCOMING_COLUMNS,
    Row,
    every_book,
    follow_up_rows,
    incoming_rows,
)
from lienthong.documents.views.registration import place_refusal
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.spreadsheets import write_table
from lienthong.ui.requests import OfficerRequest, officers_only

ON_SCREEN = 500
IN_PDF = 3000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Sort:
    """One of the statutory books: its title, columns, widths (characters) and where its rows come from."""

    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Callable[..., Iterator[Row]]


SORTS = {
    "incoming": Sort(
        "Sổ đăng ký văn bản đến", INCOMING_COLUMNS, (11, 7, 24, 18, 11, 50, 24, 11, 20, 18), incoming_rows
    ),
    "follow-up": Sort(
        "Sổ theo dõi giải quyết văn bản đến", FOLLOW_UP_COLUMNS, (7, 60, 24, 16, 30, 20, 18), follow_up_rows
    ),
}


@officers_only("incoming.print_books")
def listing(request: OfficerRequest) -> HttpResponse:
    """The books of the agency."""
    books = Book.objects.visible_to(request.actor).select_related("agency").order_by("-is_default", "name")
    return render(request, "documents/books/list.html", {"books": books})


@officers_only("books.open")
def opening(request: OfficerRequest) -> HttpResponse:
    """Open a book for an agency; below, the agencies and their books."""
    form = BookForm(request.POST or None, on=local_date(request.at))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = open_book(
                given["agency"],
                name=given["name"],
                is_default=given["is_default"],
                actor=request.actor,
                at=request.at,
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            place_refusal(form, refusal)
        else:
            messages.success(request, f"Đã mở {made.name} của {made.agency}.")
            return redirect("documents:book_opening")
    status = 422 if form.errors else 200
    return render(request, "documents/books/opening.html", {"form": form, "books": every_book()}, status=status)


@officers_only("incoming.print_books")
def book(request: OfficerRequest, pk: int, sort: str) -> HttpResponseBase:
    """One book over a period (this month, where none is chosen), in the asked form."""
    found = get_object_or_404(Book.objects.visible_to(request.actor).select_related("agency"), pk=pk)
    if sort not in SORTS:
        raise Http404
    if not policies.can_print_books(request.actor, found):
        raise Forbidden("Chức vụ hiện tại không được xem sổ này.")
    today = local_date(request.at)
    form = PeriodForm(request.GET or {"since": f"{today:01/%m/%Y}", "until": f"{today:%d/%m/%Y}"})
    kind = SORTS[sort]
    context = {"book": found, "sort": sort, "kind": kind, "form": form, "sorts": SORTS}
    if not form.is_valid():
        return render(request, "documents/books/book.html", context, status=422)
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    rows = kind.rows(found, since=since, until=until)
    match request.GET.get("format"):
        case "xlsx":
            return _xlsx(found, kind, rows, since, until)
        case "pdf":
            return _pdf(found, kind, rows, since, until)
    shown = list(islice(rows, ON_SCREEN + 1))
    context |= {"rows": shown[:ON_SCREEN], "is_cut": len(shown) > ON_SCREEN, "since": since, "until": until}
    template = "print" if request.GET.get("format") == "print" else "book"
    return render(request, f"documents/books/{template}.html", context)


def _xlsx(book: Book, kind: Sort, rows: Iterator[Row], since: dt.date, until: dt.date) -> FileResponse:
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    heading = (kind.title.upper(), f"{book.agency} · {book.name}", _period(since, until))
    cells = (row.cells for row in rows)
    write_table(stream, title=kind.title, columns=kind.columns, rows=cells, heading=heading, widths=kind.widths)
    stream.seek(0)
    name = f"{kind.title} {since:%d-%m-%Y} {until:%d-%m-%Y}.xlsx"
    return FileResponse(stream, as_attachment=True, filename=name, content_type=XLSX)


def _pdf(book: Book, kind: Sort, rows: Iterator[Row], since: dt.date, until: dt.date) -> HttpResponse:
    lines = list(islice(rows, IN_PDF + 1))
    if len(lines) > IN_PDF:
        raise Refusal(f"Một tệp PDF chứa tối đa {IN_PDF} dòng. Hãy chọn thời gian ngắn hơn, hoặc tải XLSX.")
    content = book_pdf(
        title=kind.title,
        agency=book.agency.name,
        book=book.name,
        period=_period(since, until),
        columns=kind.columns,
        widths=kind.widths,
        rows=lines,
    )
    name = f"{kind.title} {since:%d-%m-%Y} {until:%d-%m-%Y}.pdf"
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = FileResponse(b"", filename=name).headers.get(
        "Content-Disposition", "inline"
    )
    return response


def _period(since: dt.date, until: dt.date) -> str:
    return f"Từ ngày {since:%d/%m/%Y} đến ngày {until:%d/%m/%Y}"
