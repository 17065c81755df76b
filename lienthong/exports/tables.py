"""A long table to be written out, whatever it tells: its heading, its columns and where its rows come from."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from lienthong.exports.papers import set_in_parts
from lienthong.kernel.spreadsheets import Cell, harmless, write_table

Progress = Callable[[int], object]
"""Told how many rows are written; it may raise to stop the writing."""
FORMATS = {"xlsx": "XLSX", "pdf": "PDF", "csv": "CSV"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Bảng để kết xuất: ``rows`` is called once for each writing and yields batch by batch, never all in memory.

    ``owner`` stands above the title (the agency), ``lines`` below it; ``name`` is that of the file, without its ending;
    ``signature`` says who signs below the last line on paper;
    ``label`` names it in the list of exports and in the notice.
    """

    title: str
    name: str
    label: str = ""
    owner: str = ""
    lines: tuple[str, ...] = ()
    signature: str = ""
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    total: int
    rows: Callable[[], Iterable[Sequence[Cell]]]


def write(table: Table, format: str, stream: IO[bytes], progress: Progress) -> None:  # noqa: A002 - the word of the page
    """Write a table to a stream in constant memory, telling how many rows are written."""
    {"xlsx": _xlsx, "csv": _csv, "pdf": _pdf}[format](table, stream, progress)


def _counted(table: Table, progress: Progress) -> Iterator[Sequence[Cell]]:
    for number, row in enumerate(table.rows(), start=1):
        yield row
        progress(number)


def _xlsx(table: Table, stream: IO[bytes], progress: Progress) -> None:
    heading = [line for line in (table.owner, table.title.upper(), *table.lines) if line]
    rows = _counted(table, progress)
    write_table(stream, title=table.title, columns=table.columns, rows=rows, heading=heading, widths=table.widths)


def _csv(table: Table, stream: IO[bytes], progress: Progress) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(table.columns)
    for row in _counted(table, progress):
        writer.writerow([harmless(cell) for cell in row])
    text.detach()


def _pdf(table: Table, stream: IO[bytes], progress: Progress) -> None:
    heading = {"title": table.title, "owner": table.owner, "lines": list(table.lines), "signature": table.signature}
    set_in_parts(heading, columns=table.columns, widths=table.widths, rows=table.rows(), to=stream, progress=progress)
