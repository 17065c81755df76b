"""Communes of a day by their code and by any words of their name, for forms and for boxes that pick addresses."""

from __future__ import annotations

import datetime as dt
import re

from lienthong.kernel.periods import in_force
from lienthong.kernel.vietnamese import fold, sort_key
from lienthong.organisation.models import Unit, UnitCode

MOST = 12


class Communes:
    """The communes of the house as forms see them; each is looked up once."""

    def __init__(self) -> None:
        self._units: dict[tuple[str, dt.date], Unit | None] = {}

    def commune(self, code: str, on: dt.date) -> str | None:
        """Return the name of a commune with what it lies in; None for an unknown code."""
        unit = self.unit(code, on)
        return _name(unit) if unit else None

    def unit(self, code: str, on: dt.date) -> Unit | None:
        """Return the unit of a commune."""
        if (code, on) not in self._units:
            rows = UnitCode.objects.filter(in_force(on), kind=UnitCode.Kind.GSO, code=code)
            row = rows.select_related("unit__parent").first()
            self._units[code, on] = row.unit if row else None
        return self._units[code, on]

    def file(self, pk: int) -> str | None:  # noqa: ARG002 - the protocol of forms
        """Return nothing: files are not known here."""
        return None


def find_communes(words: str, *, on: dt.date, most: int = MOST) -> list[dict[str, str]]:
    """Return communes whose name or code has every word: ``value`` is the code, ``note`` the code again (one query)."""
    asked = re.findall(r"\w+", fold(words))
    rows = UnitCode.objects.filter(in_force(on), kind=UnitCode.Kind.GSO, unit__kind="commune")
    found = []
    for row in rows.select_related("unit__parent"):
        label = _name(row.unit)
        if all(word in fold(f"{label} {row.code}") for word in asked):
            found.append({"value": row.code, "label": label, "note": row.code})
    line = " ".join(asked)
    found.sort(key=lambda one: (line not in fold(one["label"])[: len(line) + 4], sort_key(one["label"])))
    return found[:most]


def _name(unit: Unit) -> str:
    names = [unit.short_name, *([unit.parent.short_name] if unit.parent is not None else [])]
    return ", ".join(name.removeprefix("UBND ") for name in names)
