"""Finding procedures, the version of a day, and who handles a sector."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from lienthong.kernel.periods import holds
from lienthong.kernel.vietnamese import fold
from lienthong.organisation.models import Post, Unit
from lienthong.procedures import everyday
from lienthong.procedures.models import Competence, ProcedureVersion, Sector

MOST = 12
PAGE = 40
MOST_OTHERS = 200


def published(code: str, on: dt.date) -> ProcedureVersion | None:
    """Return the version of a procedure that holds on a day; None where there is none."""
    return versions(on).filter(procedure__code=code).first()


def ended_by(version: ProcedureVersion) -> ProcedureVersion | None:
    """Return the published version that ends on the day on which this one begins."""
    rows = version.procedure.versions.published().filter(valid_from__lt=version.valid_from)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=version.valid_from)).exclude(pk=version.pk).first()


def versions(on: dt.date) -> QuerySet[ProcedureVersion]:
    """Return the versions that hold on a day, with their procedures."""
    return ProcedureVersion.objects.in_force(on).select_related("procedure__sector").defer("text")


def find(words: str, *, on: dt.date, sector: str = "", most: int = MOST) -> Sequence[ProcedureVersion]:
    """Return the procedures of a day that have every word in code, name or plain words (one query), the best first.

    Marks and both placements of tones do not matter; names that begin with the words stand first.
    """
    asked = fold(words).split()
    found = versions(on).defer("text")
    if sector:
        found = found.filter(procedure__sector__key=sector)
    for word in asked[:10]:
        found = found.filter(procedure__words__contains=word)
    rows = list(found.order_by("procedure__sector__order", "procedure__code")[: most * 5])
    line = " ".join(asked)
    rows.sort(key=lambda row: _rank(row, line))
    return rows[:most]


def nearest(words: str, *, on: dt.date, sector: str = "", most: int = MOST) -> Sequence[ProcedureVersion]:
    """Return the procedures that answer best what was asked in words of every day (two queries); see ``everyday``."""
    asked = everyday.wishes(words)
    if not asked:
        return []
    rows = versions(on)
    if sector:
        rows = rows.filter(procedure__sector__key=sector)
    any_of = "|".join(re.escape(phrase) for wish in asked for phrase in wish.phrases)
    texts = dict(rows.filter(procedure__words__regex=rf"\m({any_of})\M").values_list("pk", "procedure__words"))
    best = everyday.ranked(asked, texts)[:most]
    found = rows.in_bulk(best)
    return [found[pk] for pk in best]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the catalogue: versions by code, and the code after which the next page begins ("" = the last)."""

    versions: Sequence[ProcedureVersion]
    older: str = ""


def page_of(words: str, *, on: dt.date, sector: str = "", after: str = "", size: int = PAGE) -> Page:
    """Return a page of the procedures of a day: by code, or the best found where words are asked for. One query."""
    if words:
        return Page(find(words, on=on, sector=sector, most=size))
    rows = versions(on).defer("text")
    if sector:
        rows = rows.filter(procedure__sector__key=sector)
    found = list(rows.filter(procedure__code__gt=after).order_by("procedure__code")[: size + 1])
    return Page(found[:size], found[size - 1].procedure.code if len(found) > size else "")


def not_today(state: str, *, on: dt.date, sector: str = "", most: int = MOST_OTHERS) -> Page:
    """Return the published versions that begin after a day (``later``) or have ended by then (``ended``)."""
    rows = ProcedureVersion.objects.published().select_related("procedure__sector").defer("text")
    rows = rows.filter(valid_from__gt=on) if state == "later" else rows.filter(valid_to__lte=on)
    if sector:
        rows = rows.filter(procedure__sector__key=sector)
    return Page(list(rows.order_by("procedure__code", "-number")[:most]))


def sectors_of(on: dt.date) -> list[tuple[str, str, int]]:
    """Return the sectors that have procedures on a day: key, name, how many."""
    rows = versions(on).order_by().values_list("procedure__sector__key", "procedure__sector__name")
    counted = rows.annotate(n=Count("pk")).order_by("procedure__sector__order")
    return [(key, name, n) for key, name, n in counted]


def sectors() -> QuerySet[Sector]:
    """Return every sector, in its order."""
    return Sector.objects.order_by("order", "name")


def sectors_with_counts() -> QuerySet[Sector]:
    """Return every sector with how many procedures it has as ``count``."""
    return sectors().annotate(count=Count("procedures"))


def competences_on(on: dt.date) -> list[Competence]:
    """Return who handles what on a day and later, by agency and sector."""
    rows = Competence.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on))
    rows = rows.select_related("agency", "sector", "unit", "post__officer")
    return list(rows.order_by("agency__order", "agency__name", "sector__order", "valid_from"))


def parts_of(agency: Unit, on: dt.date) -> list[Unit]:
    """Return what may handle a sector for an agency: itself, what belongs to it, what stands right below it."""
    near = Q(pk=agency.pk) | Q(agency=agency) | Q(parent=agency)
    return list(Unit.objects.existing(on).filter(near).exclude(kind=Unit.Kind.ONE_STOP).order_by("order", "name"))


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
