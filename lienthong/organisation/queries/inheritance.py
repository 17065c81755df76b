"""Who took over from whom."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from lienthong.organisation.models import Succession, Unit


def successors(unit: Unit, on: dt.date) -> list[Unit]:
    """Return who has taken over everything of a unit by a day, followed to the end; empty while nobody has."""
    found: dict[int, Unit] = {}
    level, seen = [unit.pk], {unit.pk}
    while level:
        rows = list(
            Succession.objects.filter(predecessor__in=level, function="", on__lte=on)
            .select_related("successor")
            .order_by("on", "pk")
        )
        handed_on = {row.predecessor_id for row in rows}
        for pk in handed_on:
            found.pop(pk, None)
        fresh = [row.successor for row in rows if row.successor_id not in seen]
        found.update({successor.pk: successor for successor in fresh})
        level = [successor.pk for successor in fresh]
        seen.update(level)
    return list(found.values())


def custodians(unit: Unit, on: dt.date, *, function: str = "") -> list[Unit]:
    """Return who keeps the records of a unit (of one function of it) on a day: itself, or who took over."""
    if function:
        transfer = (
            Succession.objects.filter(predecessor=unit, function=function, on__lte=on)
            .select_related("successor")
            .order_by("-on")
            .first()
        )
        if transfer is not None:
            return custodians(transfer.successor, on)
    return successors(unit, on) or [unit]


def inherits_from(unit: Unit, other: Unit) -> bool:
    """Tell whether a unit took over everything from another, directly or through others."""
    return any(heir.pk == unit.pk for heir in _all_heirs(other))


def _all_heirs(unit: Unit) -> list[Unit]:
    heirs: dict[int, Unit] = {}
    level = [unit.pk]
    while level:
        rows = Succession.objects.filter(predecessor__in=level, function="").select_related("successor")
        fresh = {row.successor_id: row.successor for row in rows if row.successor_id not in heirs}
        heirs.update(fresh)
        level = list(fresh)
    return list(heirs.values())


def successions_of(unit: Unit) -> list[Succession]:
    """Return what a unit took over and what was taken over from it, newest first."""
    rows = Succession.objects.filter(Q(predecessor=unit) | Q(successor=unit))
    return list(rows.select_related("predecessor", "successor").order_by("-on", "pk"))
