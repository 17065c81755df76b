"""Which head a unit prints on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lienthong.kernel.periods import holds
from lienthong.kernel.vietnamese import fold
from lienthong.organisation.models import Unit, UnitName, UnitPlacement
from lienthong.stationery.heads import CAPITAL, COLLECTIVES, HeadLines, default_head, place_in
from lienthong.stationery.models import Letterhead

TALLEST_TREE = 12


@dataclass(frozen=True, slots=True)
class _Placed:
    """A unit of a line upwards as it stood on a day."""

    unit: Unit
    name: str
    named_from: dt.date | None
    placed_from: dt.date | None


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch of a unit's timeline of heads: from when to when, and what was printed."""

    valid_from: dt.date
    valid_to: dt.date | None
    head: HeadLines
    row: Letterhead | None
    is_now: bool
    is_renamed: bool


def letterhead_on(unit: Unit, on: dt.date, *, in_person: bool = False) -> HeadLines:
    """Return the head that papers of a unit carried on a day.

    A unit without a seal issues under the nearest unit above that has one. The row that held on the day says the head;
    without one it follows from the tree of units and their names on that day. ``in_person``: the chairman of a people's
    committee by the authority of the post; other units know no such head and print their own.
    """
    line = _issuing(_line_on(unit, on))
    capacity = _capacity(line[0].unit, in_person=in_person)
    row = Letterhead.objects.in_force(on).filter(unit=line[0].unit, capacity=capacity).first()
    return _head(line, row, capacity)


def head_periods(unit: Unit, on: dt.date, *, in_person: bool = False) -> list[Period]:
    """Return the timeline of a unit's heads, newest first: a new period wherever a row, a name or a place changed."""
    capacity = _capacity(unit, in_person=in_person)
    rows = list(Letterhead.objects.filter(unit=unit, capacity=capacity).order_by("valid_from"))
    changes = {unit.valid_from} | {row.valid_from for row in rows} | {row.valid_to for row in rows if row.valid_to}
    changes |= set(unit.names.values_list("valid_from", flat=True))
    changes |= set(unit.placements.values_list("valid_from", flat=True))
    changes |= set(
        UnitName.objects.filter(unit__in=unit.placements.values("parent")).values_list("valid_from", flat=True)
    )
    days = sorted(day for day in changes if day >= unit.valid_from and (unit.valid_to is None or day < unit.valid_to))
    found: list[Period] = []
    for day, following in zip(days, [*days[1:], unit.valid_to], strict=True):
        line = _line_on(unit, day)
        row = next((row for row in rows if holds(row.valid_from, row.valid_to, day)), None)
        head = _head(line, row, capacity)
        if found and (found[-1].head, found[-1].row) == (head, row):
            day = found.pop().valid_from  # noqa: PLW2901 - the same head goes on
        is_renamed = row is not None and head.issuer != row.issuer
        found.append(Period(day, following, head, row, holds(day, following, on), is_renamed))
    return found[::-1]


def letterhead_row(unit: Unit, on: dt.date, *, in_person: bool = False) -> Letterhead | None:
    """Return the row that holds for a unit itself on a day."""
    capacity = _capacity(unit, in_person=in_person)
    return Letterhead.objects.in_force(on).filter(unit=unit, capacity=capacity).first()


def agencies_with_heads(on: dt.date, words: str, keys: set[int] | None = None) -> list[tuple[Unit, HeadLines, bool]]:
    """Return the agencies of a day, each with its head and whether a row says it; four queries, whatever their number.

    ``words``: only those whose name holds the words; ``keys``: only those with these keys.
    """
    units = Unit.objects.existing(on).agencies().filter(is_external=False)
    if keys is not None:
        units = units.filter(pk__in=keys)
    wanted = fold(words).split()
    shown = [unit for unit in units.order_by("order", "name", "pk") if all(word in fold(unit.name) for word in wanted)]
    rows = {
        row.unit_id: row
        for row in Letterhead.objects.in_force(on).filter(unit__in=shown, capacity=Letterhead.Capacity.UNIT)
    }
    lines = _lines_on(shown, on)
    alone = Letterhead.Capacity.UNIT
    return [(unit, _head(lines[unit.pk], rows.get(unit.pk), alone), unit.pk in rows) for unit in shown]


def _capacity(unit: Unit, *, in_person: bool) -> str:
    alone = in_person and unit.kind in COLLECTIVES
    return Letterhead.Capacity.PERSON if alone else Letterhead.Capacity.UNIT


def _issuing(line: list[_Placed]) -> list[_Placed]:
    """Return the line from the nearest unit that has a seal; where none has, from the unit itself."""
    for place, placed in enumerate(line):
        if placed.unit.is_agency:
            return line[place:]
    return line


def _head(line: list[_Placed], row: Letterhead | None, capacity: str) -> HeadLines:
    """Return what the row says, except the lines that a later change of name or place has overtaken."""
    own, parent = line[0], line[1] if len(line) > 1 else None
    default = default_head(
        kind=own.unit.kind,
        name=own.name,
        parent_name=parent.name if parent else "",
        place=next((place for one in line if (place := place_in(one.name))), _capital(own.unit)),
        in_person=capacity == Letterhead.Capacity.PERSON,
    )
    if row is None:
        return default
    moved = [day for day in (own.placed_from, parent.named_from if parent else None) if day is not None]
    return HeadLines(
        superior=default.superior if any(day > row.valid_from for day in moved) else row.superior,
        issuer=default.issuer if own.named_from is not None and own.named_from > row.valid_from else row.issuer,
        place=row.place or default.place,
        contact=row.contact,
    )


def _capital(unit: Unit) -> str:
    return CAPITAL if unit.kind == Unit.Kind.CENTRAL else ""


def _line_on(unit: Unit, on: dt.date) -> list[_Placed]:
    return _lines_on([unit], on)[unit.pk]


def _lines_on(units: list[Unit], on: dt.date) -> dict[int, list[_Placed]]:
    """Return for each unit the line upwards as it stood on a day: a query for each level, one for all the names."""
    known = {unit.pk: unit for unit in units}
    placed: dict[int, UnitPlacement | None] = {}
    level = list(known)
    for _ in range(TALLEST_TREE):
        if not level:
            break
        rows = {
            row.unit_id: row
            for row in UnitPlacement.objects.filter(unit__in=level, valid_from__lte=on)
            .select_related("parent")
            .order_by("valid_from")
        }
        placed |= {pk: rows.get(pk) for pk in level}
        parents = {row.parent_id: row.parent for row in rows.values() if row.parent_id not in placed}
        known |= parents
        level = list(parents)
    names: dict[int, UnitName] = {}
    for name in UnitName.objects.filter(unit__in=known).order_by("valid_from"):
        if name.valid_from <= on or name.unit_id not in names:
            names[name.unit_id] = name
    return {unit.pk: _walk(unit, known, placed, names) for unit in units}


def _walk(
    unit: Unit, known: dict[int, Unit], placed: dict[int, UnitPlacement | None], names: dict[int, UnitName]
) -> list[_Placed]:
    line: list[_Placed] = []
    above: Unit | None = unit
    while above is not None and len(line) < TALLEST_TREE:
        name, placement = names.get(above.pk), placed.get(above.pk)
        line.append(
            _Placed(
                above,
                name.name if name else above.name,
                name.valid_from if name else None,
                placement.valid_from if placement else None,
            )
        )
        above = known.get(placement.parent_id) if placement else None
    return line
