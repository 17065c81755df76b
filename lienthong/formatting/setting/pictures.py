"""Pages as pictures, to look at before signing."""

from __future__ import annotations

import datetime as dt
import io

import pypdfium2

from lienthong.formatting.official import Official
from lienthong.formatting.setting.pages import set_pages

BROADEST = 4.0


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def page_png(pdf: bytes, page: int, scale: float = 1.5) -> bytes:
    """Return one page (from 1) as PNG; ``scale`` 1 is 72 dots an inch. A page after the last is the last."""
    with pypdfium2.PdfDocument(pdf) as document:
        place = max(1, min(page, len(document))) - 1
        picture = document[place].render(scale=max(0.1, min(scale, BROADEST))).to_pil()
    target = io.BytesIO()
    picture.convert("RGB").save(target, "PNG", optimize=False)
    return target.getvalue()


def preview_png(official: Official, page: int = 1, scale: float = 1.5, *, created: dt.datetime) -> bytes:
    """Return one page of an official document as PNG."""
    return page_png(set_pages(official, created=created), page, scale)
