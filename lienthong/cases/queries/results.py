"""What everybody may know: how each agency solves its cases; figures only, no case and no person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.cache import cache

from lienthong.cases.queries.statistics import statistics_of
from lienthong.cases.queries.statistics_counts import Slice, month_end
from lienthong.kernel.clock import local_date

PERIODS = {"thang": "Tháng này", "thang-truoc": "Tháng trước", "nam": "Năm nay"}
KEPT = 600
"""Seconds for which a table is kept."""
COLUMNS = (
    "Cơ quan",
    "Tiếp nhận",
    "Nộp trực tuyến (%)",
    "Đã giải quyết",
    "Trước và đúng hạn (%)",
    "Đang giải quyết",
    "Trong đó quá hạn",
    "Thời gian giải quyết trung bình (ngày)",
    "Mức độ hài lòng (%)",
)
WIDTHS = (40, 12, 12, 12, 12, 12, 12, 14, 12)
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Results:
    """The public table of a period, and as of when it was counted."""

    since: dt.date
    until: dt.date
    counted_at: dt.datetime
    rows: list[tuple[Cell, ...]]


def period_of(name: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the days of a named period."""
    first = today.replace(day=1)
    if name == "thang-truoc":
        last = first - dt.timedelta(days=1)
        return last.replace(day=1), last
    return (today.replace(month=1, day=1), today) if name == "nam" else (first, month_end(first))


def results_of(name: str, *, at: dt.datetime) -> Results:
    """Return the table of a named period, counted at most ``KEPT`` seconds ago."""
    since, until = period_of(name, local_date(at))
    key = f"cases.results.{since:%Y%m%d}.{until:%Y%m%d}"
    kept: Results | None = cache.get(key)
    if kept is None:
        kept = Results(since, until, at, _rows(since, until, at))
        cache.set(key, kept, KEPT)
    return kept


def _rows(since: dt.date, until: dt.date, at: dt.datetime) -> list[tuple[Cell, ...]]:
    lines = statistics_of(Slice(since, until), "unit", at=at).lines
    return [
        (line.name, one.received, one.online_share, one.solved, one.punctual_share, one.open, one.overdue,
         one.average_days, one.satisfaction)
        for line in lines
        for one in (line.counts,)
    ]  # fmt: skip
