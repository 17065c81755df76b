"""The sheet of an official document on a date: margins, sizes and spaces, from ``data/formatting/page.toml``."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

EDITIONS = Path(__file__).resolve().parents[3] / "data" / "formatting" / "page.toml"

PAGE_WIDTH = 210.0
PAGE_HEIGHT = 297.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One edition of the page: lengths in mm, sizes of letters in pt."""

    name: str
    source: str
    valid_from: dt.date
    valid_to: dt.date | None
    margins: dict[str, float]
    page_number: dict[str, Any]
    sizes: dict[str, float]
    text: dict[str, float]
    rules: dict[str, float]
    urgency_boxes: dict[str, list[float]]

    @property
    def width(self) -> float:
        """Return how wide the text is, in mm."""
        return PAGE_WIDTH - self.margins["left"] - self.margins["right"]


def sheet(on: dt.date) -> Sheet:
    """Return the sheet in force on a date; before the first edition, the first."""
    known = _sheets()
    return next((one for one in reversed(known) if one.valid_from <= on), known[0])


@lru_cache(maxsize=1)
def _sheets() -> tuple[Sheet, ...]:
    editions = tomllib.loads(EDITIONS.read_text(encoding="utf-8"))["editions"]
    return tuple(
        Sheet(
            name=edition["name"],
            source=edition["source"],
            valid_from=edition["valid_from"],
            valid_to=edition.get("valid_to"),
            margins=edition["margins"],
            page_number=edition["page_number"],
            sizes=edition["sizes"],
            text=edition["text"],
            rules=edition["rules"],
            urgency_boxes=edition["urgency_boxes"],
        )
        for edition in sorted(editions, key=lambda edition: edition["valid_from"])
    )
