"""Units under units, as they stand and as they stood."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from lienthong.kernel.periods import in_force
from lienthong.kernel.vietnamese import fold
from lienthong.organisation.models import Unit, UnitCode, UnitName, UnitPlacement
from lienthong.organisation.models.unit import UnitQuerySet


def children_on(parent: Unit | None, on: dt.date) -> list[Unit]:
    """Return the units that stood directly under a unit (or at the top) on a day, under the names of that day."""
    if parent is None:
        placed_later = UnitPlacement.objects.filter(in_force(on), unit=OuterRef("pk"))
        units = Unit.objects.existing(on).filter(~Exists(placed_later))
    else:
        units = Unit.objects.existing(on).filter(in_force(on, "placements__"), placements__parent=parent)
    return list(as_named_on(units, on).order_by("order", "name", "pk"))


def as_named_on(units: UnitQuerySet, on: dt.date) -> UnitQuerySet:
    """Annotate units with ``name_then`` and with ``parts_then``: how many units stood under each on the day."""
    names = UnitName.objects.filter(in_force(on), unit=OuterRef("pk"))
    parts = UnitPlacement.objects.filter(in_force(on), parent=OuterRef("pk")).filter(in_force(on, "unit__"))
    counted = parts.order_by().values("parent").annotate(n=Count("pk")).values("n")
    return units.annotate(
        name_then=Coalesce(Subquery(names.values("name")[:1]), F("name")),
        parts_then=Coalesce(Subquery(counted), 0),
    )


def name_on(unit: Unit, on: dt.date) -> str:
    """Return what a unit was called on a day; before its first name, its first."""
    row = unit.names.filter(valid_from__lte=on).order_by("-valid_from").first()
    return row.name if row is not None else unit.names.order_by("valid_from")[:1].get().name


def unit_by_code(kind: str, code: str, on: dt.date) -> Unit | None:
    """Return the unit that a code meant on a day: a code alone is ambiguous."""
    row = UnitCode.objects.filter(in_force(on), kind=kind, code=code).select_related("unit").first()
    return row.unit if row is not None else None


def find_units(words: str, on: dt.date, *, limit: int = 50) -> list[Unit]:
    """Return the units of a day whose name, short name or symbol holds the words, with or without marks."""
    wanted = fold(words).split()
    rows = Unit.objects.existing(on).values_list("pk", "name", "short_name", "symbol").order_by("name", "pk")
    found = [pk for pk, *texts in rows if all(word in fold(" ".join(texts)) for word in wanted)]
    units = Unit.objects.select_related("parent").in_bulk(found[:limit])
    return [units[pk] for pk in found[:limit]]


def unit_lines(on: dt.date) -> list[list[object]]:
    """Return every unit of a day as the lines of the sheet that the import takes, parents before their parts."""
    units = list(Unit.objects.existing(on).order_by("order", "name", "pk"))
    codes: dict[tuple[int, str], str] = {
        (unit, kind): code
        for unit, kind, code in UnitCode.objects.filter(in_force(on)).values_list("unit", "kind", "code")
    }
    parts: dict[int | None, list[Unit]] = {}
    for unit in units:
        parts.setdefault(unit.parent_id, []).append(unit)

    def below(parent: int | None) -> list[Unit]:
        return [one for unit in parts.get(parent, []) for one in (unit, *below(unit.pk))]

    return [
        [
            codes.get((unit.pk, "local"), ""),
            unit.name,
            unit.short_name,
            unit.get_kind_display(),
            codes.get((unit.parent_id, "local"), "") if unit.parent_id else "",
            "x" if unit.is_agency else "",
            unit.symbol,
            codes.get((unit.pk, "edoc"), ""),
            unit.order,
            unit.valid_from,
        ]
        for unit in below(None)
    ]
