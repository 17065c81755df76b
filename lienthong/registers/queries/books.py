"""A register as a book: its columns, and the entries of a period as rows in the order of their numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q, QuerySet

from lienthong.exports.books import Row
from lienthong.fields.checking import text_of
from lienthong.fields.kind import Context
from lienthong.organisation.queries.communes import Communes
from lienthong.registers.definition import Definition
from lienthong.registers.models import Entry, RegisterBook
from lienthong.ui.formats import day

CHUNK = 500
BEFORE, AFTER = ("Số", "Ngày vào sổ", "Chủ thể"), ("Số giấy tờ", "Có giá trị đến", "Ghi chú")
BEFORE_WIDTHS, AFTER_WIDTHS = (10, 12, 24), (16, 12, 24)
WIDTHS = {"number": 10, "money": 14, "date": 12, "yes_no": 8, "choice": 16, "text": 20}


def columns_of(definition: Definition) -> tuple[str, ...]:
    """Return the heads of the columns of a register."""
    return (*BEFORE, *(one.name for one in definition.form.fields), *AFTER)


def widths_of(definition: Definition) -> tuple[int, ...]:
    """Return the widths of the columns, in characters."""
    return (*BEFORE_WIDTHS, *(WIDTHS.get(one.kind.name, 28) for one in definition.form.fields), *AFTER_WIDTHS)


def rows_of(
    definition: Definition, book: RegisterBook, *, since: dt.date, until: dt.date, after: str = ""
) -> Iterator[Row]:
    """Yield the lines of a period (days of entering, both included), batch by batch; void ones with their reason."""
    rows = _entries(book, since, until)
    place = after.split("-")
    if len(place) == 2 and all(part.isdecimal() and len(part) < 10 for part in place):
        year, number = int(place[0]), int(place[1])
        rows = rows.filter(Q(year__gt=year) | Q(year=year, number__gt=number))
    known = Communes()
    found = rows.select_related("end").order_by("year", "number")
    for entry in found.iterator(chunk_size=CHUNK):
        yield Row(entry.pk, _cells(definition, entry, known), f"{entry.year}-{entry.number}")


def total_of(book: RegisterBook, *, since: dt.date, until: dt.date) -> int:
    """Return how many lines a period of the book has."""
    return _entries(book, since, until).count()


def _entries(book: RegisterBook, since: dt.date, until: dt.date) -> QuerySet[Entry]:
    return Entry.objects.filter(book=book.pk, entered_on__gte=since, entered_on__lte=until)


def _cells(definition: Definition, entry: Entry, known: Communes) -> tuple[str, ...]:
    context = Context(entry.entered_on, {}, known)
    said = (
        text_of(one, entry.values[one.key], context) if one.key in entry.values else ""
        for one in definition.form.fields
    )  # fmt: skip
    ends = day(entry.valid_to) if entry.valid_to else ""
    return (entry.symbol, day(entry.entered_on), entry.holder_name, *said, entry.paper, ends, _note(entry))


def _note(entry: Entry) -> str:
    if entry.state != Entry.State.IN_FORCE:
        return f"{entry.get_state_display()} {day(entry.end.at)}: {entry.end.reason}"
    return f"Đã cải chính {entry.corrections} lần" if entry.corrections else ""
