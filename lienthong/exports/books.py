"""The statutory books: declared by the app whose documents stand in them, shown, printed and exported here.

How to declare one (in ``presence.py``), and how its page is drawn (in ``views``):

    OUTGOING = StatutoryBook(
        word="outgoing", title="Sổ đăng ký văn bản đi", columns=OUTGOING_COLUMNS, widths=(18, 11, …),
        find=find_book,                 # (actor, pk) -> book | None, through visible_to and the policy
        rows=outgoing_rows,             # (book, since=, until=, after="") -> Iterator[Row], batch by batch
        total=outgoing_total,           # (book, since=, until=) -> int
        address=lambda pk: reverse("outgoing:book", args=[pk, "outgoing"]),
    )
    books.declare(OUTGOING)

    @officers_only("outgoing.print_books")
    def book(request, pk, sort):
        return book_pages.show(request, BOOKS, sort, pk, back=reverse("outgoing:books"), section="outgoing_books")

A ``Row`` has its cells in the order of the columns and ``place``: where it stands, as a word that ``rows`` takes as
``after`` to go on behind it. ``find`` returns what has ``pk``, ``name`` and ``agency`` (with a name).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from lienthong.exports import kinds
from lienthong.exports.kinds import ExportKind, Parameters
from lienthong.exports.tables import Table
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a book: its record's key, its cells in the order of the columns, and its place."""

    pk: int
    cells: tuple[str, ...]
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatutoryBook:
    """One kind of statutory book: its title, columns, widths (characters) and where book and rows come from."""

    word: str
    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    find: Callable[[Actor, int], Any]
    rows: Callable[..., Iterator[Row]]
    total: Callable[..., int]
    address: Callable[[int], str]

    @property
    def export_kind(self) -> str:
        """The word of the kind of export that carries this book."""
        return f"book.{self.word}"


def declare(book: StatutoryBook) -> None:
    """Declare a statutory book, so that a long period of it can be ordered; called from ``ready()``."""
    kinds.declare(
        ExportKind(
            kind=book.export_kind,
            name=book.title,
            clean=_clean,
            allowed=partial(_allowed, book),
            table=partial(_table, book),
            formats=("pdf", "xlsx"),
        )
    )


def parameters(pk: int, since: dt.date, until: dt.date) -> Parameters:
    """Return what is kept of the wish for a period of a book."""
    return {"book": pk, "since": since.isoformat(), "until": until.isoformat()}


def table_of(sort: StatutoryBook, book: Any, *, since: dt.date, until: dt.date, total: int | None = None) -> Table:
    """Return a period of a book as a table to be written."""
    return Table(
        title=sort.title,
        signature="Người giữ sổ",
        name=f"{sort.title} {since:%d-%m-%Y} {until:%d-%m-%Y}",
        label=f"{sort.title}, {period(since, until).lower()}",
        owner=book.agency.name,
        lines=(book.name, period(since, until)),
        columns=sort.columns,
        widths=sort.widths,
        total=sort.total(book, since=since, until=until) if total is None else total,
        rows=lambda: (row.cells for row in sort.rows(book, since=since, until=until)),
    )


def period(since: dt.date, until: dt.date) -> str:
    """Say a period as a book does."""
    return f"Từ ngày {since:%d/%m/%Y} đến ngày {until:%d/%m/%Y}"


def _clean(given: Mapping[str, Any]) -> Parameters:
    try:
        wish = parameters(
            int(given["book"]), dt.date.fromisoformat(given["since"]), dt.date.fromisoformat(given["until"])
        )
    except (KeyError, TypeError, ValueError):
        raise Refusal("Chưa rõ sổ hoặc khoảng thời gian. Hãy mở lại trang sổ rồi đặt kết xuất.") from None
    if wish["until"] < wish["since"]:
        raise Refusal("Ngày cuối phải từ ngày đầu trở đi.", field="until")
    return wish


def _allowed(sort: StatutoryBook, actor: Actor, wish: Parameters) -> bool:
    return sort.find(actor, wish["book"]) is not None


def _table(sort: StatutoryBook, actor: Actor, wish: Parameters) -> Table:
    book = sort.find(actor, wish["book"])
    if book is None:
        raise Refusal("Chức vụ này không còn được xem sổ. Hãy đặt lại trong chức vụ được xem sổ.")
    since, until = dt.date.fromisoformat(wish["since"]), dt.date.fromisoformat(wish["until"])
    return table_of(sort, book, since=since, until=until)
