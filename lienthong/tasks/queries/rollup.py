"""The roll-up of tasks: how many of each legal class, by programme, unit or leader; aggregated in SQL, three queries.

Every figure opens the list behind it: the same filters in the address, the same conditions (``lists.of_class``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, QuerySet
from django.urls import reverse

from lienthong.organisation.actor import Actor
from lienthong.tasks.classes import LABELS, Class
from lienthong.tasks.models import Task
from lienthong.tasks.queries.lists import ANY, Filters, of_class, visible

BY = {
    "programme": ("Chương trình", "programme", "programme__title"),
    "unit": ("Đơn vị chủ trì", "lead_unit", "lead_unit__short_name"),
    "leader": ("Người giao", "assigner_post", "assigner_post__officer__full_name"),
}
# What is late stands first: on a phone the other columns are out of sight.
SHORT = {
    Class.OVERDUE: "Quá hạn",
    Class.NOT_STARTED: "Chưa làm",
    Class.IN_TIME: "Trong hạn",
    Class.DONE_ON_TIME: "Xong đúng hạn",
    Class.DONE_LATE: "Xong trễ",
    Class.NO_DEADLINE: "Không hạn",
    Class.SUSPENDED: "Tạm dừng",
    Class.CANCELLED: "Hủy",
}
COLUMNS = tuple(SHORT)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the roll-up, and the list behind it."""

    value: int
    url: str
    kind: str

    @property
    def label(self) -> str:
        """What it counts, in the words of the regulations."""
        return LABELS.get(Class(self.kind), "") if self.kind != "total" else "Nhiệm vụ"

    @property
    def short(self) -> str:
        """What it counts, in the words of the column."""
        return SHORT.get(Class(self.kind), "") if self.kind != "total" else "Tổng"

    @property
    def tone(self) -> str:
        """Red for what is late and still open."""
        return "late" if self.kind == Class.OVERDUE else ""


@dataclass(frozen=True, slots=True)
class Line:
    """One programme, unit or leader."""

    name: str
    total: Figure
    figures: list[Figure]
    light: str
    percent: int


@dataclass(frozen=True, slots=True)
class Board:
    """A roll-up: its lines and their sum."""

    by: str
    heading: str
    columns: list[tuple[Class, str]]
    lines: list[Line]
    sum: Line


def board(actor: Actor, filters: Filters, *, by: str, at: dt.datetime) -> Board:
    """Roll up what an actor sees, in one query."""
    heading, key, name = BY[by]
    tasks = visible(actor, filters, at)
    if by == "programme":
        tasks = tasks.filter(programme__isnull=False, parent=None)
    rows = _grouped(tasks, key, name, at)
    lines = [
        _line(str(row["name"]), [row[one.value] for one in COLUMNS], row["total"], {**_query(filters), by: row["key"]})
        for row in rows
    ]
    sums = [sum(line.figures[index].value for line in lines) for index in range(len(COLUMNS))]
    total = sum(line.total.value for line in lines)
    whole = {**_query(filters), "programme": filters.programme or ANY} if by == "programme" else _query(filters)
    return Board(by, heading, list(SHORT.items()), lines, _line("Tổng cộng", sums, total, whole))


def _grouped(tasks: QuerySet[Task], key: str, name: str, at: dt.datetime) -> list[dict[str, Any]]:
    counts = {one.value: Count("pk", filter=of_class(one, at)) for one in COLUMNS}
    rows = tasks.order_by().values(key=F(key), name=F(name)).annotate(total=Count("pk"), **counts).order_by("name")
    return [dict(row) for row in rows]


def _query(filters: Filters) -> dict[str, object]:
    said = {
        "class": filters.legal_class,
        "unit": filters.unit,
        "leader": filters.leader,
        "programme": filters.programme,
    }
    return {name: value for name, value in said.items() if value}


def _line(name: str, values: Sequence[int], total: int, query: dict[str, object]) -> Line:
    address = reverse("tasks:list")
    figures = [
        Figure(value, f"{address}?{urlencode({**query, 'class': one.value})}", one.value)
        for one, value in zip(COLUMNS, values, strict=True)
    ]
    by_class = dict(zip(COLUMNS, values, strict=True))
    done = by_class[Class.DONE_ON_TIME] + by_class[Class.DONE_LATE]
    counted = total - by_class[Class.CANCELLED]
    return Line(
        name,
        Figure(total, f"{address}?{urlencode(query)}", "total"),
        figures,
        light(by_class),
        round(100 * done / counted) if counted else 0,
    )


def light(counts: dict[Class, int]) -> str:
    """Return the traffic light: red while anything is overdue, amber where something ended late, else green."""
    if counts[Class.OVERDUE]:
        return "late"
    return "soon" if counts[Class.DONE_LATE] else "done"
