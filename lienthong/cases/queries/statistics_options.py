"""What the statistics can be narrowed to, and what the chosen things are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lienthong.cases.models import Case
from lienthong.cases.queries.statistics_counts import Slice
from lienthong.organisation.models import Unit
from lienthong.procedures.models import Procedure, Sector

Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Options:
    """The agencies (none where there is only one), the sectors and the channels to choose from."""

    units: Sequence[Option]
    sectors: Sequence[Option]
    channels: Sequence[Option]


def options(part: Slice) -> Options:
    """Return what can be chosen (two queries)."""
    units = Unit.objects.filter(is_agency=True, is_external=False, valid_from__lte=part.until)
    if part.agencies is not None:
        units = units.filter(pk__in=part.agencies)
    named_units = [(str(pk), name) for pk, name in units.order_by("order", "name").values_list("pk", "short_name")]
    sectors = [(str(pk), name) for pk, name in Sector.objects.order_by("order", "name").values_list("pk", "name")]
    return Options(named_units if len(named_units) > 1 else [], sectors, Case.Channel.choices)


def named(part: Slice) -> list[tuple[str, str]]:
    """Return what the table is narrowed to, in words, each with the name of its filter (a query for each chosen)."""
    found = []
    if part.unit:
        found.append(("unit", Unit.objects.filter(pk=part.unit).values_list("short_name", flat=True).first() or ""))
    if part.sector:
        found.append(("sector", Sector.objects.filter(pk=part.sector).values_list("name", flat=True).first() or ""))
    if part.procedure:
        rows = Procedure.objects.filter(pk=part.procedure).values_list("name", flat=True)
        found.append(("procedure", rows.first() or ""))
    if part.channel:
        found.append(("channel", Case.Channel(part.channel).label))
    return found
