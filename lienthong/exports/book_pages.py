"""The page of a statutory book, for the views of the apps that declare one: screen, print, PDF, XLSX.

A short period is given at once; a long one is ordered as an export (``AT_ONCE`` rows).
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header

from lienthong.exports import books, papers
from lienthong.exports.books import StatutoryBook
from lienthong.exports.forms import PeriodForm
from lienthong.exports.tables import Table, write
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.ui.requests import OfficerRequest

PAGE = 200
AT_ONCE = 3000
NARROW = 11
"""Columns of numbers and days, which stay on one line."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page of a book stands in the app: the list of books above it, and its entry of the menu."""

    back: str
    back_label: str
    section: str


def show(request: OfficerRequest, sorts: Sequence[StatutoryBook], word: str, pk: int, place: Place) -> HttpResponseBase:
    """Answer with a book over a period (this month, where none is chosen), in the asked form.

    ``sorts``: the kinds of book of this app, which the page offers beside each other. 404 for a book not theirs.
    """
    sort = next((one for one in sorts if one.word == word), None)
    book = sort.find(request.actor, pk) if sort else None
    if sort is None or book is None:
        raise Http404
    today = local_date(request.at)
    form = PeriodForm(request.GET if {"since", "until"} & set(request.GET) else _this_month(today))
    chips = [(one.title, one.address(pk), one is sort) for one in sorts]
    context = {"book": book, "sort": sort, "form": form, "chips": chips, "place": place, "presets": _presets(today)}
    context["narrow"] = {column for column, width in enumerate(sort.widths) if width <= NARROW}
    if not form.is_valid():
        return render(request, "exports/book.html", context, status=422)
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    table = books.table_of(sort, book, since=since, until=until)
    match request.GET.get("format"):
        case "xlsx":
            return _xlsx(_short(table))
        case "pdf":
            return _pdf(_short(table))
        case "print":
            _short(table)
            rows = list(sort.rows(book, since=since, until=until))
            shares = [round(100 * width / sum(sort.widths), 1) for width in sort.widths]
            return render(
                request, "exports/book_print.html", context | {"rows": rows, "table": table, "shares": shares}
            )
    shown = list(islice(sort.rows(book, since=since, until=until, after=request.GET.get("after", "")), PAGE + 1))
    context |= _page(shown, table, pk, since, until)
    return render(request, "exports/book.html", context)


def _page(shown: list[books.Row], table: Table, pk: int, since: dt.date, until: dt.date) -> dict[str, Any]:
    rows = shown[:PAGE]
    return {
        "rows": rows,
        "total": table.total,
        "next": rows[-1].place if len(shown) > PAGE else "",
        "is_long": table.total > AT_ONCE,
        "at_once": AT_ONCE,
        "parameters": json.dumps(books.parameters(pk, since, until)),
    }


def _short(table: Table) -> Table:
    if table.total > AT_ONCE:
        raise Refusal(
            f"Khoảng thời gian này có {table.total} dòng, nhiều hơn {AT_ONCE} dòng được tải ngay. "
            "Hãy về trang sổ và bấm “Đặt kết xuất”, hoặc chọn thời gian ngắn hơn."
        )
    return table


def _xlsx(table: Table) -> FileResponse:
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write(table, "xlsx", stream, lambda _done: None)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=f"{table.name}.xlsx", content_type=XLSX)


def _pdf(table: Table) -> HttpResponse:
    heading = {"title": table.title, "owner": table.owner, "lines": list(table.lines), "signature": table.signature}
    content = papers.set_at_once(heading, columns=table.columns, widths=table.widths, rows=table.rows())
    named = content_disposition_header(as_attachment=False, filename=f"{table.name}.pdf") or "inline"
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": named})


def _this_month(today: dt.date) -> dict[str, str]:
    return {"since": f"{today:01/%m/%Y}", "until": f"{today:%d/%m/%Y}"}


def _presets(today: dt.date) -> list[tuple[str, str, str]]:
    """The periods that are asked for most: their words, first and last day."""
    month = today.replace(day=1)
    last = month - dt.timedelta(days=1)
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    year = today.replace(month=1, day=1)
    former = year.replace(year=year.year - 1)
    periods = (
        ("Tháng này", month, today),
        ("Tháng trước", last.replace(day=1), last),
        ("Quý này", quarter, today),
        ("Năm nay", year, today),
        ("Năm trước", former, year - dt.timedelta(days=1)),
    )
    return [(label, f"{since:%d/%m/%Y}", f"{until:%d/%m/%Y}") for label, since, until in periods]
