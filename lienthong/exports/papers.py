"""A table as PDF/A-2b: at once where it is short, in parts where it is long.

Typst holds a whole document in memory (180 KB for a row of ten columns), so a long table is set in parts of ``PART``
rows, each in a process of its own that gives its memory back. The parts are joined, and the page numbers (3/2503),
whose total is known only then, are laid over them from a second document of numbers alone. Every piece is PDF/A-2b, and
joining keeps what the standard asks of the whole: fonts within, the colour profile, the declaration in the metadata.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    PdfObject,
    RectangleObject,
    StreamObject,
)

from lienthong.kernel.typesetting import typeset

LAYOUTS = Path(__file__).parent / "layouts"
ROOT = Path(__file__).resolve().parents[2]
PART = 1000
SECONDS = 300
NUMBER = "/PageNumber"


def set_at_once(
    heading: Mapping[str, Any],
    *,
    columns: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[object]],
) -> bytes:
    """Return a short table as tagged PDF/A-2b: A4 landscape, the head on every page, pages numbered."""
    return typeset(
        LAYOUTS / "table.typ", _data(heading, columns, widths, rows) | {"is_first": True, "numbering": "1/1"}
    )


def set_in_parts(
    heading: Mapping[str, Any],
    *,
    columns: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[object]],
    to: IO[bytes],
    progress: Callable[[int], object],
) -> None:
    """Write a table of any length as PDF/A-2b to a stream, telling after each part how many rows are set."""
    with tempfile.TemporaryDirectory(prefix="table-") as directory:
        parts: list[Path] = []
        done = 0
        batches = _batches(rows)
        batch: list[Sequence[object]] | None = next(batches)
        while batch is not None:
            following = next(batches, None)
            part = Path(directory) / f"{len(parts):05}.pdf"
            set_part(heading, columns, widths, batch, part, is_first=not parts, is_last=following is None)
            parts.append(part)
            done += len(batch)
            progress(done)
            batch = following
        _join(parts, to, Path(directory) / "numbers.pdf")


def set_part(
    heading: Mapping[str, Any],
    columns: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[object]],
    to: Path,
    *,
    is_first: bool,
    is_last: bool = True,
) -> None:
    """Set one part without numbers into a file, in a process of its own; who signs stands below the last."""
    data = _data(heading, columns, widths, rows) | {"is_first": is_first, "numbering": None}
    _set("table.typ", data if is_last else data | {"signature": ""}, to)


def _data(
    heading: Mapping[str, Any], columns: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[object]]
) -> dict[str, Any]:
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    return {**heading, "columns": list(columns), "widths": list(widths), "rows": cells}


def _batches(rows: Iterable[Sequence[object]]) -> Iterator[list[Sequence[object]]]:
    rest = iter(rows)
    first = list(islice(rest, PART))
    yield first  # an empty table has its head and one page
    while batch := list(islice(rest, PART)):
        yield batch


def _set(layout: str, data: Mapping[str, Any], to: Path) -> None:
    order = {"layout": str(LAYOUTS / layout), "data": json.dumps(data, ensure_ascii=False), "to": str(to)}
    subprocess.run(
        [sys.executable, "-m", "lienthong.exports.setting"],
        input=json.dumps(order, ensure_ascii=False).encode(),
        cwd=ROOT,
        timeout=SECONDS,
        check=True,
    )


def _join(parts: Sequence[Path], to: IO[bytes], numbers: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(parts[0]))
    told = writer.metadata
    for part in parts[1:]:
        writer.append(PdfReader(part), import_outline=False)
    writer.metadata = told  # as the metadata stream has it: the standard asks that both say the same
    pages = list(writer.pages)
    _set("numbers.typ", {"total": len(pages)}, numbers)
    opening, closing = (_stream(writer, command) for command in (b"q\n", b"\nQ\nq /PageNumber Do Q\n"))
    for page, number in zip(pages, PdfReader(numbers).pages, strict=True):
        _lay_over(writer, page, number, opening, closing)
    writer.write(to)


def _lay_over(writer: PdfWriter, page: Any, number: Any, opening: PdfObject, closing: PdfObject) -> None:
    """Put one page on another as a form, without reading either: what the page drew is fenced in by q and Q."""
    form = DecodedStreamObject()
    form.set_data(number.get_contents().get_data())
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): RectangleObject(number.mediabox),
            NameObject("/Resources"): number["/Resources"].clone(writer),
        }
    )
    own = DictionaryObject(page["/Resources"].get_object())  # pages share their resources; each has a number of its own
    drawings: Any = own.get("/XObject", DictionaryObject())
    forms = DictionaryObject(drawings.get_object())
    forms[NameObject(NUMBER)] = _added(writer, form.flate_encode())
    own[NameObject("/XObject")] = forms
    page[NameObject("/Resources")] = own
    drawn = page.raw_get("/Contents")
    inner = list(drawn.get_object()) if isinstance(drawn.get_object(), ArrayObject) else [drawn]
    page[NameObject("/Contents")] = ArrayObject([opening, *inner, closing])


def _stream(writer: PdfWriter, command: bytes) -> PdfObject:
    stream = DecodedStreamObject()
    stream.set_data(command)
    return _added(writer, stream)


def _added(writer: PdfWriter, stream: StreamObject) -> PdfObject:
    return writer._add_object(stream)  # noqa: SLF001 - the library has no public way to add an object
