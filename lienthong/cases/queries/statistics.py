"""What was received, solved and is still open in a period: one sum over the kept figures, one look at the open rows.

The kept figures say what came in and what was closed, day by day. How many are open at the end of the period is counted
from the rows; how many were carried over into it follows: open at the end, plus closed, less received.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Count, DateTimeField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Least, TruncMonth

from lienthong.cases.models import Case, CaseFigure, MonthlyFigure
from lienthong.cases.queries.statistics_counts import Counts, Key, Line, Slice, Statistics, months_of
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.procedures.models import Procedure, Sector

GROUPS = {
    "unit": "Theo cơ quan",
    "sector": "Theo lĩnh vực",
    "procedure": "Theo thủ tục",
    "channel": "Theo cách nộp",
    "month": "Theo tháng",
}
_KEY = {"sector": "procedure__sector", "procedure": "procedure", "channel": "channel"}
SOLVED = ("early", "on_time", "late")
CLOSED = (*SOLVED, "stopped", "withdrawn")
Told = Mapping[Key, Mapping[str, int]]


def agencies_of(actor: Actor) -> frozenset[int] | None:
    """Return whose figures an officer may read: the agency's own and inherited; None: all, for the province's office.

    Figures name nobody. Which case may be opened stays with ``Case.objects.visible_to``.
    """
    agency = actor.post.unit.agency
    if agency is not None and agency.kind == Unit.Kind.PROVINCE_COMMITTEE:
        return None
    return frozenset({agency.pk} if agency else set()) | actor.inherited_agencies


def statistics_of(slice: Slice, group: str, *, at: dt.datetime) -> Statistics:  # noqa: A002 - the word of this module
    """Return the table of a slice as it stands now, or stood at the end of the period (three queries, any size)."""
    kept = _kept(slice, group)
    standing = _standing(slice, "" if group == "month" else group, at)
    if group == "month":
        return Statistics(slice, group, _months(slice, kept, standing))
    keys = sorted({*kept, *standing}, key=str)
    counts = {key: _whole(kept.get(key, {}), standing.get(key, {})) for key in keys}
    names = _names(group, keys)
    lines = [Line(key, names[key], counts[key]) for key in names if key in counts]
    return Statistics(slice, group, lines)


def _kept(slice: Slice, group: str) -> dict[Key, dict[str, int]]:  # noqa: A002 - as above
    """Return the sums of the kept figures by group."""
    found: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for group_key, measure, channel, count, amount in _summed(slice, group):
        for name, value in _told(measure, channel, count, amount):
            found[group_key][name] += value
    return found


def _summed(slice: Slice, group: str) -> Iterable[tuple[Any, str, str, int, int]]:  # noqa: A002 - as above
    """Sum whole months from the monthly figures and the days at both ends from the daily ones (one query)."""
    days, months = Q(day__gte=slice.since, day__lte=slice.until), slice.whole_months
    if months is None:
        return _sums(CaseFigure.objects.filter(days), slice, group)
    whole = _sums(MonthlyFigure.objects.filter(day__gte=months[0], day__lte=months[1]), slice, group)
    if (slice.since, slice.until) == months:
        return whole
    ends = CaseFigure.objects.filter(days & (Q(day__lt=months[0]) | Q(day__gt=months[1])))
    return whole.union(_sums(ends, slice, group), all=True)


def _sums(rows: QuerySet[Any], slice: Slice, group: str) -> QuerySet[Any, tuple[Any, str, str, int, int]]:  # noqa: A002
    key: Any = TruncMonth("day") if group == "month" else F(_KEY.get(group, "agency"))
    keyed = rows.filter(slice.narrowing("agency")).order_by().annotate(key=key)
    summed: QuerySet[Any, Any] = keyed.values_list("key", "measure", "channel").annotate(Sum("count"), Sum("amount"))
    return summed


def _told(measure: str, channel: str, count: int, amount: int) -> Iterable[tuple[str, int]]:
    if measure == "received":
        return [("online" if channel == Case.Channel.ONLINE else "otherwise", count)]
    if measure in SOLVED:
        return [(measure, count), ("seconds", int(amount))]
    if measure in ("rated", "papers"):
        return [(measure, count), ({"rated": "rating", "papers": "digital"}[measure], int(amount))]
    return [(measure, count)] if measure in Counts.__slots__ else []


def open_at(end: dt.datetime, at: dt.datetime) -> Q:
    """Return the condition on cases that were received and not closed before a moment; the open ones now if later."""
    running = Q(finished_at=None, ended_at=None)
    if end > at:
        return Q(received_at__isnull=False) & running
    return Q(received_at__lt=end) & (running | Q(finished_at__gte=end) | Q(finished_at=None, ended_at__gte=end))


def overdue_at(end: dt.datetime, at: dt.datetime) -> Q:
    """Return the condition on open cases that ran past their promise; a clock that stands still is read where it stood.

    So a case that waits for a supplement is judged at the moment of the request (QĐ 766/QĐ-TTg).
    """
    return Q(promised_at__lt=Least(Value(min(end, at), output_field=DateTimeField()), F("paused_at")))


def _standing(slice: Slice, group: str, at: dt.datetime) -> dict[Key, dict[str, int]]:  # noqa: A002 - as above
    """Count by group what is open at the end of the period."""
    rows = Case.objects.filter(slice.narrowing("competent_agency"), open_at(slice.end, at))
    key: Any = F(_KEY.get(group, "competent_agency")) if group else Value(0)
    counted = rows.order_by().annotate(key=key).values("key").annotate(
        open=Count("pk"),
        overdue=Count("pk", filter=overdue_at(slice.end, at)),
        paused=Count("pk", filter=Q(paused_at__lt=min(slice.end, at))),
    )  # fmt: skip
    return {row["key"]: {name: row[name] for name in ("open", "overdue", "paused")} for row in counted}


def _whole(kept: Mapping[str, int], standing: Mapping[str, int]) -> Counts:
    """Join what was kept and what stands; what was carried over follows."""
    still = {**standing, "in_time": standing.get("open", 0) - standing.get("overdue", 0)}
    counts = Counts(**{**kept, **still})
    return replace(counts, carried=counts.open + counts.closed - counts.received)


def _months(slice: Slice, kept: Told, standing: Told) -> list[Line]:  # noqa: A002 - as above
    """Walk back from the end of the period: what one month carried over was open at the end of the one before."""
    lines: list[Line] = []
    standing_now = standing.get(0, {})
    for month in reversed(months_of(slice.since, slice.until)):
        counts = _whole(kept.get(month, {}), standing_now)
        if lines:
            counts = replace(counts, in_time=None, overdue=None, paused=None)
        lines.append(Line(month, f"Tháng {month:%m/%Y}", counts))
        standing_now = {"open": counts.carried}
    return lines[::-1]


def _names(group: str, keys: Iterable[Any]) -> dict[Any, str]:
    """Return what the groups are called, in the order in which they are shown (one query; none for channels)."""
    if group == "channel":
        return {value: label for value, label in Case.Channel.choices if value in keys}
    if group == "sector":
        return dict(Sector.objects.filter(pk__in=keys).order_by("order", "name").values_list("pk", "name"))
    if group == "procedure":
        return dict(Procedure.objects.filter(pk__in=keys).order_by("sector__order", "name").values_list("pk", "name"))
    return dict(Unit.objects.filter(pk__in=keys).order_by("order", "name").values_list("pk", "name"))
