"""Pictures of pages and first rows of tables: made when first asked for, then kept beside the contents."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from lienthong.files import sandbox, storage
from lienthong.files.incoming import in_words, incoming_directory
from lienthong.files.models import Blob
from lienthong.kernel.refusal import Refusal

WIDTHS = (480, 960, 1600)
ROWS = 200
LONGEST_TEXT = 400_000
SECONDS = 20


def page_picture(blob: Blob, number: int, width: int) -> bytes:
    """Return a page as a WebP picture of the given width; refuses a page that cannot be drawn within the limits."""
    return _kept(f"{folder(blob)}{number}-{width}.webp", lambda: _drawn(blob, number, width))


def draw_first_page(blob: Blob) -> None:
    """Draw the page that everybody will look at first; what cannot be drawn says so when it is asked for."""
    if blob.pages:
        with contextlib.suppress(Refusal, FileNotFoundError):
            page_picture(blob, 1, 960)


def tables(blob: Blob) -> list[tuple[str, list[list[str]]]]:
    """Return the first rows of every sheet of a workbook."""
    kept = _kept(f"{folder(blob)}tables.json", lambda: json.dumps(_read_tables(blob)).encode())
    return [(str(title), rows) for title, rows in json.loads(kept)]


def folder(blob: Blob) -> str:
    """Return where what is drawn from a content is kept."""
    return f"previews/{blob.sha256[:2]}/{blob.sha256}/"


def _kept(name: str, make: Callable[[], bytes]) -> bytes:
    store = storage.storage()
    try:
        with store.open(name) as file:
            return bytes(file.read())
    except FileNotFoundError:
        pass
    made = make()
    try:
        store.save(name, ContentFile(made))
    except OSError as error:
        if not isinstance(in_words(error), Refusal):
            raise
    return made


def _drawn(blob: Blob, number: int, width: int) -> bytes:
    with (
        storage.on_disk(blob.path) as path,
        tempfile.TemporaryDirectory(dir=incoming_directory(), prefix="draw-") as directory,
    ):
        to = Path(directory) / "page.webp"
        order: dict[str, Any] = {"path": str(path), "kind": blob.kind, "number": number, "width": width, "to": str(to)}
        sandbox.run("page", seconds=SECONDS, **order)
        return to.read_bytes()


def _read_tables(blob: Blob) -> list[Any]:
    with storage.on_disk(blob.path) as path:
        sheets: list[Any] = sandbox.run("tables", seconds=SECONDS, path=str(path), rows=ROWS)["sheets"]
    return sheets
