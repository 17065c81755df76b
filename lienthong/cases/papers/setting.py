"""How a paper is set: its head, its lines, its table, who signs."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from lienthong.cases.models import Case
from lienthong.cases.papers.marks import code128, qr
from lienthong.cases.tracking import address_of
from lienthong.formatting.setting.fonts import DIRECTORY, printable
from lienthong.kernel.clock import local, local_date
from lienthong.kernel.typesetting import typeset
from lienthong.organisation.queries import name_on
from lienthong.stationery.heads import place_in

LAYOUT = Path(__file__).parent.parent / "layouts" / "paper.typ"
DOTS = "…………"
Words = dict[str, Any]
"""Everything that stands on a paper, as JSON: what ``pdf_of`` needs and nothing else."""


@dataclass(slots=True)
class Sheet:
    """Một tờ: ``lines`` are (label, text), ``table`` its heads and rows, ``ends`` the words below, two who sign."""

    title: str
    number: str
    lines: list[tuple[str, str]]
    heads: list[str] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    after: list[tuple[str, str]] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    left: str = "Người nộp hồ sơ"
    right: str = "Người tiếp nhận hồ sơ"
    right_name: str = ""
    code: str = ""
    marks: bool = False


def words_of(sheet: Sheet, case: Case, *, at: dt.datetime) -> Words:
    """Return the words of a sheet about a case; ``at`` is the moment that stands on it."""
    day = local(at)
    head, desk = name_on(case.receiving_agency, day.date()), ""
    if case.receiving_unit_id != case.receiving_agency_id:
        desk = name_on(case.receiving_unit, day.date())
    return {
        **asdict(sheet),
        "lines": _printable_pairs(sheet.lines),
        "after": _printable_pairs(sheet.after),
        "rows": [[printable(cell) for cell in row] for row in sheet.rows],
        "ends": [printable(one) for one in sheet.ends],
        "agency": printable(head),
        "desk": printable(desk),
        "place": place_in(head),
        "day": f"ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        "code": case.code,
        "address": f"{settings.BASE_URL.rstrip('/')}{address_of(case)}",
        "created": {"year": day.year, "month": day.month, "day": day.day},
    }


def pdf_of(words: Words) -> bytes:
    """Return the words of a paper as PDF/A-2b, A5; the same words give the same bytes."""
    marks = {"bars": "", "qr": ""}
    if words["marks"]:
        marks = {"bars": code128(words["code"]), "qr": qr(words["address"])}
    return typeset(LAYOUT, words | marks, font_paths=[DIRECTORY])


def said_at(at: dt.datetime) -> str:
    """Say a moment as the forms do: "10 giờ 00 phút, ngày 10 tháng 3 năm 2014"."""
    here = local(at)
    return f"{here:%H} giờ {here:%M} phút, ngày {here:%d} tháng {here:%m} năm {here:%Y}"


def day_of(at: dt.datetime) -> dt.date:
    """Return the day that stands on a paper of a moment."""
    return local_date(at)


def _printable_pairs(pairs: list[tuple[str, str]]) -> list[list[str]]:
    return [[printable(label), printable(text) or DOTS] for label, text in pairs]
