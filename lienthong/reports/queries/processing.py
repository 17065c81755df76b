"""How documents were processed in a period: in, out, on time and late, by unit; five queries, whatever the size."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields
from typing import Any

from django.db.models import Count, Q

from lienthong.documents.models import IncomingDocument
from lienthong.kernel.clock import at_local
from lienthong.organisation.models import Unit
from lienthong.outgoing.models import OutgoingDocument
from lienthong.outgoing.models.book import Scope
from lienthong.tasks.models import Task

COLUMNS = (
    "Đơn vị",
    "Kỳ trước chuyển sang",
    "Được giao trong kỳ",
    "Giải quyết đúng hạn",
    "Giải quyết trễ hạn",
    "Đang giải quyết, trong hạn",
    "Đang giải quyết, quá hạn",
    "Văn bản đi đã soạn",
)
WIDTHS = (36, 14, 14, 14, 14, 14, 14, 14)


@dataclass(frozen=True, slots=True)
class Counts:
    """What one unit, or all of them, had to do with incoming documents, and what it wrote.

    Carried over and assigned are together what it had; on time, late, in time and overdue are together the same.
    """

    carried: int = 0
    assigned: int = 0
    on_time: int = 0
    late: int = 0
    in_time: int = 0
    overdue: int = 0
    written: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Sum each figure."""
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def had(self) -> int:
        """All that there was to do."""
        return self.carried + self.assigned

    @property
    def on_time_share(self) -> int | None:
        """Percent of what was settled that was settled on time; None where nothing was."""
        settled = self.on_time + self.late
        return round(100 * self.on_time / settled) if settled else None

    def cells(self) -> list[int]:
        """Return the figures in the order of the columns."""
        return [getattr(self, one.name) for one in fields(self)]

    def named(self) -> list[tuple[str, int]]:
        """Return each figure with the words of its column."""
        return list(zip(COLUMNS[1:], self.cells(), strict=True))


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit's line."""

    unit: Unit
    counts: Counts


@dataclass(frozen=True, slots=True)
class Processing:
    """The report of one agency over a period (both days included), as things stood at its end."""

    agency: Unit
    since: dt.date
    until: dt.date
    arrived: int
    returned: int
    issued: int
    internal: int
    lines: list[UnitLine] = field(default_factory=list)

    @property
    def sum(self) -> Counts:
        """The figures of all units together."""
        return sum((line.counts for line in self.lines), Counts())


def processing_of(agency: Unit, *, since: dt.date, until: dt.date, at: dt.datetime) -> Processing:
    """Count an agency's documents of a period; what is still open is judged at the period's end, or now if earlier."""
    begin = at_local(since, dt.time.min)
    end = min(at_local(until + dt.timedelta(days=1), dt.time.min), at)
    units = {unit.pk: unit for unit in Unit.objects.filter(agency=agency)}
    work = {row["lead_unit"]: row for row in _work(units, begin, end)}
    incoming = IncomingDocument.objects.filter(agency=agency, arrival_date__gte=since, arrival_date__lte=until)
    arrived = incoming.aggregate(all=Count("pk"), returned=Count("pk", filter=Q(state=IncomingDocument.State.RETURNED)))
    outgoing = OutgoingDocument.objects.filter(agency=agency, issue_date__gte=since, issue_date__lte=until)
    issued = outgoing.aggregate(
        outgoing=Count("pk", filter=Q(scope=Scope.OUTGOING)), internal=Count("pk", filter=Q(scope=Scope.INTERNAL))
    )
    written = dict(outgoing.order_by().values_list("unit").annotate(Count("pk")))
    lines = [
        UnitLine(unit, Counts(**{name: work.get(pk, {}).get(name, 0) for name in _FIGURES}, written=written.get(pk, 0)))
        for pk, unit in units.items()
        if pk in work or pk in written
    ]
    lines.sort(key=lambda line: (line.unit.order, line.unit.name))
    return Processing(
        agency=agency,
        since=since,
        until=until,
        arrived=arrived["all"],
        returned=arrived["returned"],
        issued=issued["outgoing"],
        internal=issued["internal"],
        lines=lines,
    )


_FIGURES = ("carried", "assigned", "on_time", "late", "in_time", "overdue")


def _work(units: dict[int, Unit], begin: dt.datetime, end: dt.datetime) -> list[dict[str, Any]]:
    """Count the tasks on incoming documents that units of the agency led and that were not done before the period.

    As in the legal classes: a result counts from the day on which it was reported, once it is verified.
    """
    done = Q(state=Task.State.DONE)
    finished = done & Q(finished_at__lt=end)
    past_due = Q(due_at__isnull=False, due_at__lt=end) & ~Q(state=Task.State.SUSPENDED)
    rows = (
        Task.objects.filter(subject_kind="incoming", lead_unit__in=units, parent=None, assigned_at__lt=end)
        .exclude(state=Task.State.CANCELLED)
        .exclude(done & Q(finished_at__lt=begin))
        .order_by()
        .values("lead_unit")
        .annotate(
            carried=Count("pk", filter=Q(assigned_at__lt=begin)),
            assigned=Count("pk", filter=Q(assigned_at__gte=begin)),
            on_time=Count("pk", filter=finished & ~Q(is_late=True)),
            late=Count("pk", filter=finished & Q(is_late=True)),
            in_time=Count("pk", filter=~finished & ~past_due),
            overdue=Count("pk", filter=~finished & past_due),
        )
    )
    return [{**row} for row in rows]
