"""What the papers are called on a day: dated data with its source (``data/case_papers.toml``)."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Edition:
    """Mẫu giấy tờ: the names of the papers from a day on; ``verified``: read in the source itself."""

    valid_from: dt.date
    source: str
    verified: bool
    receipt: str
    supplement: str
    refusal: str
    apology: str
    control: str
    book: str


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition, the newest first."""
    with (settings.BASE_DIR / "data" / "case_papers.toml").open("rb") as file:
        rows = tomllib.load(file)["editions"]
    return tuple(sorted((Edition(**row) for row in rows), key=lambda one: one.valid_from, reverse=True))


def edition_on(day: dt.date) -> Edition:
    """Return the edition of a day; days before the first have the first."""
    known = editions()
    return next((one for one in known if one.valid_from <= day), known[-1])
