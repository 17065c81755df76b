"""Filling a list of files from a table: every row is tried, and kept only when all of them can be."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.vietnamese import fold
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.workfiles.models import FilePlan, Heading
from lienthong.workfiles.operations.plans import Retention, add_heading, plan_file
from lienthong.workfiles.retention import read
from lienthong.workfiles.sheets import Row

CODE = re.compile(r"^(\d{1,4})\s*[./-]\s*(\w[\w-]{0,11})$")
NAMED = re.compile(r"^(?:[IVX]+\.\s*|\d+\.\s*)?(\w[\w-]{0,11})\s*[.:-]\s*(.+)$")


@dataclass(frozen=True, slots=True)
class Line:
    """What became, or would become, of one row."""

    row: Row
    words: str
    is_wrong: bool = False


@dataclass(slots=True)
class Report:
    """What became of every row; nothing is kept while one is wrong."""

    lines: list[Line] = field(default_factory=list)
    is_kept: bool = False

    @property
    def faults(self) -> int:
        """How many rows are wrong."""
        return sum(line.is_wrong for line in self.lines)

    @property
    def files(self) -> int:
        """How many files are, or would be, added."""
        return sum(not line.is_wrong and not line.row.heading for line in self.lines)


def import_plan(
    plan: FilePlan, rows: Sequence[Row], *, keep: bool, reason: str = "", actor: Actor, at: dt.datetime
) -> Report:
    """Try every row of a table in a list of files; keep them when asked to and all are right, else nothing changes."""
    report = Report()
    with transaction.atomic():
        people = _people(plan, at)
        title = ""
        for row in rows:
            if row.heading:
                title = row.heading
            report.lines.append(_line(plan, row, title, people, reason, actor, at))
        report.is_kept = keep and not report.faults
        if not report.is_kept:
            transaction.set_rollback(True)
    return report


def _line(
    plan: FilePlan,
    row: Row,
    title: str,
    people: dict[str, list[Unit | Post]],
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> Line:
    if row.heading:
        return Line(row, "Đề mục của các hồ sơ bên dưới")
    try:
        with transaction.atomic():
            return Line(row, _file(plan, row, title, people, reason, actor, at))
    except Refusal as refusal:
        return Line(row, refusal.message, is_wrong=True)


def _file(
    plan: FilePlan,
    row: Row,
    title: str,
    people: dict[str, list[Unit | Post]],
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> str:
    code = CODE.match(row.cells.get("code", ""))
    if code is None:
        raise Refusal(f"“{row.cells.get('code', '')}” không phải số và ký hiệu hồ sơ. Hãy ghi như 01.TCCB.")
    kept = read(row.cells.get("retention", ""))
    if kept is None:
        raise Refusal("Thời hạn bảo quản phải là “Vĩnh viễn” hoặc số năm, ví dụ 20 năm.")
    keeper = _keeper(row.cells.get("keeper", ""), people)
    heading, is_new = _heading(plan, code[2].upper(), title, reason, actor, at)
    planned = plan_file(
        heading,
        title=row.cells["title"],
        retention=Retention(is_permanent=kept[0], years=kept[1]),
        number=int(code[1]),
        unit=keeper if isinstance(keeper, Unit) else None,
        post=keeper if isinstance(keeper, Post) else None,
        note=row.cells.get("note", ""),
        reason=reason,
        actor=actor,
        at=at,
    )
    return f"Thêm {planned.code}" + (f", đề mục mới {heading.abbreviation}" if is_new else "")


def _heading(
    plan: FilePlan, abbreviation: str, title: str, reason: str, actor: Actor, at: dt.datetime
) -> tuple[Heading, bool]:
    known = plan.headings.filter(abbreviation=abbreviation).first()
    if known is not None:
        return known, False
    named = NAMED.match(title)
    words = named[2] if named and named[1].upper() == abbreviation else title or abbreviation
    return add_heading(plan, abbreviation=abbreviation, title=words, reason=reason, actor=actor, at=at), True


def _people(plan: FilePlan, at: dt.datetime) -> dict[str, list[Unit | Post]]:
    """Return the units and posts of the agency by what they are called, marks and case aside."""
    on = local_date(at)
    known: dict[str, list[Unit | Post]] = {}
    for unit in Unit.objects.existing(on).filter(agency=plan.agency_id):
        for name in {fold(unit.name), fold(unit.short_name)}:
            known.setdefault(name, []).append(unit)
    for post in Post.objects.in_force(on).filter(unit__agency=plan.agency_id).select_related("officer", "unit"):
        known.setdefault(fold(post.officer.full_name), []).append(post)
    return known


def _keeper(name: str, people: dict[str, list[Unit | Post]]) -> Unit | Post | None:
    if not name:
        return None
    found = people.get(fold(name), [])
    if len(found) != 1:
        said = "Có nhiều người, đơn vị tên" if found else "Cơ quan không có người, đơn vị"
        raise Refusal(f"{said} “{name}”. Hãy ghi đúng họ tên hoặc tên đơn vị.")
    return found[0]
