"""Communes of a day by any words of their name, for the boxes in which addresses are picked."""

from __future__ import annotations

import datetime as dt
import re

from lienthong.kernel.periods import in_force
from lienthong.kernel.vietnamese import fold, sort_key
from lienthong.organisation.models import UnitCode

MOST = 12


def find_communes(words: str, *, on: dt.date, most: int = MOST) -> list[dict[str, str]]:
    """Return communes whose name or code has every word: ``value`` is the code, ``note`` the district (one query)."""
    asked = re.findall(r"\w+", fold(words))
    rows = UnitCode.objects.filter(in_force(on), kind=UnitCode.Kind.GSO, unit__kind="commune")
    found = []
    for row in rows.select_related("unit__parent"):
        name = row.unit.short_name.removeprefix("UBND ")
        parent = row.unit.parent.short_name.removeprefix("UBND ") if row.unit.parent else ""
        whole = fold(f"{name} {parent} {row.code}")
        if all(word in whole for word in asked):
            found.append({"value": row.code, "label": f"{name}, {parent}" if parent else name, "note": row.code})
    line = " ".join(asked)
    return sorted(found, key=lambda one: (line not in fold(one["label"])[: len(line) + 4], sort_key(one["label"])))[
        :most
    ]
