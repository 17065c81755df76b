"""What a register is, as its file says it; pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lienthong.fields.form import Form
from lienthong.fields.kinds.date import written

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
COMPETENT = "competent"
KEEPERS = (COMPETENT, "commune", "district", "department", "province")


@dataclass(frozen=True, slots=True)
class Origin:
    """Nguồn vào sổ: which result of which procedure enters, and from where in what was said each field is taken."""

    procedure: str
    result: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Definition:
    """Loại sổ quản lý: one version of it, whole. ``valid_to`` is the first day on which it no longer holds.

    ``keeper`` says which agency keeps the book: the one that decided, or the one of a level above it. ``symbol`` is how
    an entry is called, of ``{so}`` and ``{nam}``. ``title`` are paths into the values that name an entry. An entry
    holds for ``years`` and ``months`` from its day; for both nought it has no end.
    """

    key: str
    version: int
    valid_from: dt.date
    name: str
    entry: str
    source: str
    form: Form
    valid_to: dt.date | None = None
    sector: str = ""
    verified: bool = False
    keeper: str = COMPETENT
    symbol: str = "{so}/{nam}"
    title: tuple[str, ...] = ()
    years: int = 0
    months: int = 0
    origins: tuple[Origin, ...] = ()

    def origin_of(self, procedure: str, result: str) -> Origin:
        """Return from where values are taken for a result; fields of the same key where the file does not say."""
        found = [one for one in self.origins if one.procedure == procedure and one.result in (result, "")]
        return found[0] if found else Origin(procedure, result)

    def values_from(self, origin: Origin, said: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of an entry out of what was said in a procedure's form; what is not there is left out."""
        taken = {key: at_path(said, origin.values.get(key, key)) for key in (one.key for one in self.form.fields)}
        return {key: value for key, value in taken.items() if value not in (None, "", [], {})}

    def title_of(self, values: Mapping[str, Any]) -> str:
        """Return how an entry is called in lists."""
        parts = (at_path(values, path) for path in self.title)
        return ", ".join(_said(part) for part in parts if isinstance(part, str | int) and part != "")[:500]

    def ends_on(self, on: dt.date) -> dt.date | None:
        """Return the last day on which an entry of a day holds, None where it has no end (29 February counts as 28)."""
        if not self.years and not self.months:
            return None
        count = on.month - 1 + self.months
        year, month = on.year + self.years + count // 12, count % 12 + 1
        return dt.date(year, month, min(on.day, _days(year, month)))

    def symbol_of(self, number: int, year: int) -> str:
        """Return how an entry is numbered: ``12/2014``."""
        return self.symbol.replace("{so}", f"{number:02}").replace("{nam}", str(year))


def at_path(said: Mapping[str, Any], path: str) -> Any:
    """Return what stands at a dotted path; None where nothing does."""
    found: Any = said
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _said(part: str | int) -> str:
    return written(part) if isinstance(part, str) and DAY.fullmatch(part) else str(part)


def _days(year: int, month: int) -> int:
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return (following - dt.timedelta(days=1)).day
