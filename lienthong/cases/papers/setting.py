"""How a paper is set: its head, its lines, its table, who signs."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings

from lienthong.cases.models import Case
from lienthong.cases.papers.marks import code128, qr
from lienthong.cases.tracking import address_of
from lienthong.formatting.setting.fonts import DIRECTORY, printable
from lienthong.kernel.clock import local
from lienthong.kernel.typesetting import typeset
from lienthong.organisation.models import Unit

LAYOUT = Path(__file__).parent.parent / "layouts" / "paper.typ"
DOTS = "…………"


@dataclass(slots=True)
class Sheet:
    """Một tờ: ``lines`` are (label, text), ``table`` its heads and rows, ``ends`` the words below, two who sign."""

    title: str
    number: str
    lines: list[tuple[str, str]]
    heads: list[str] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    left: str = "Người nộp hồ sơ"
    right: str = "Người tiếp nhận hồ sơ"
    right_name: str = ""
    code: str = ""
    marks: bool = False


def pdf_of(sheet: Sheet, case: Case, *, at: dt.datetime) -> bytes:
    """Return a sheet about a case as PDF/A-2b, A5; ``at`` is the moment that stands on it. The same gives the same."""
    day = local(at)
    data = {
        **asdict(sheet),
        "lines": [[printable(label), printable(text) or DOTS] for label, text in sheet.lines],
        "rows": [[printable(cell) for cell in row] for row in sheet.rows],
        "ends": [printable(one) for one in sheet.ends],
        "agency": head_of(case.receiving_agency),
        "desk": case.receiving_unit.name if case.receiving_unit_id != case.receiving_agency_id else "",
        "place": place_of(case.receiving_agency),
        "day": f"ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        "bars": code128(case.code) if sheet.marks else "",
        "qr": qr(f"{settings.BASE_URL.rstrip('/')}{address_of(case)}") if sheet.marks else "",
        "code": case.code,
        "created": {"year": day.year, "month": day.month, "day": day.day},
    }
    return typeset(LAYOUT, data, font_paths=[DIRECTORY])


def head_of(agency: Unit) -> str:
    """Return the agency as it heads a paper."""
    return printable(agency.name)


def place_of(agency: Unit) -> str:
    """Return the place that stands before the date: the area of an agency, without what kind of committee it is."""
    name = agency.short_name.removeprefix("UBND ")
    return name if agency.kind in (Unit.Kind.COMMUNE, Unit.Kind.DISTRICT) else ""
