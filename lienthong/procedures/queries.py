"""Finding procedures, the version of a day, and who handles a sector."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet

from lienthong.kernel.periods import holds
from lienthong.kernel.vietnamese import fold
from lienthong.organisation.models import Post, Unit
from lienthong.procedures.models import Competence, ProcedureVersion

MOST = 12


def published(code: str, on: dt.date) -> ProcedureVersion | None:
    """Return the version of a procedure that holds on a day; None where there is none."""
    return versions(on).filter(procedure__code=code).first()


def versions(on: dt.date) -> QuerySet[ProcedureVersion]:
    """Return the versions that hold on a day, with their procedures."""
    return ProcedureVersion.objects.in_force(on).select_related("procedure__sector").defer("text")


def find(words: str, *, on: dt.date, sector: str = "", most: int = MOST) -> Sequence[ProcedureVersion]:
    """Return the procedures of a day that have every word in code, name or plain words (one query), the best first.

    Marks and both placements of tones do not matter; names that begin with the words stand first.
    """
    asked = fold(words).split()
    found = versions(on)
    if sector:
        found = found.filter(procedure__sector__key=sector)
    for word in asked[:10]:
        found = found.filter(procedure__words__contains=word)
    rows = list(found.order_by("procedure__sector__order", "procedure__code")[: most * 5])
    line = " ".join(asked)
    rows.sort(key=lambda row: _rank(row, line))
    return rows[:most]


def _rank(row: ProcedureVersion, line: str) -> int:
    name = fold(row.name)
    return 0 if name.startswith(line) else 1 if line in name else 2 if line in row.procedure.words else 3


def handler(agency: Unit, sector: str, on: dt.date) -> tuple[Unit, Post | None]:
    """Return the part of an agency, and perhaps the officer, that handles a sector on a day; else the agency itself."""
    rows = Competence.objects.in_force(on).filter(agency=agency, sector__key=sector)
    row = rows.select_related("unit__agency", "post__officer").first()
    if row is None:
        return agency, None
    return row.unit, row.post if row.post and holds(row.post.valid_from, row.post.valid_to, on) else None
