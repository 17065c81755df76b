"""The papers of the archive: lists and minutes as PDF and XLSX, set from plain values (NĐ 30/2020 Phụ lục V)."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lienthong.formatting.setting.fonts import DIRECTORY, printable
from lienthong.kernel.clock import local
from lienthong.kernel.spreadsheets import Cell, write_table
from lienthong.kernel.typesetting import typeset

LAYOUT = Path(__file__).parent / "layouts" / "list.typ"

PLAN_COLUMNS = ("Số và ký hiệu hồ sơ", "Tiêu đề hồ sơ", "Thời hạn bảo quản", "Người lập hồ sơ", "Ghi chú")
PLAN_WIDTHS = (12, 40, 12, 18, 12)
FILES_COLUMNS = (
    "Số TT",
    "Số, ký hiệu hồ sơ",
    "Tiêu đề hồ sơ",
    "Thời gian tài liệu",
    "Thời hạn bảo quản",
    "Số tờ, số trang",
    "Ghi chú",
)
FILES_WIDTHS = (6, 14, 40, 18, 12, 10, 14)
CONTENTS_COLUMNS = (
    "Số TT",
    "Số, ký hiệu văn bản",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Tác giả văn bản",
    "Tờ số, trang số",
    "Ghi chú",
)
CONTENTS_WIDTHS = (6, 15, 13, 40, 22, 10, 12)


@dataclass(frozen=True, slots=True)
class Signer:
    """A place for a signature: whose, and the name where it is known."""

    title: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands at the top of a paper: who stands above, who issues, where and when."""

    superior: str = ""
    issuer: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Giấy tờ của lưu trữ: a heading, lines, a table (a row of one cell is a heading within it), lines, signatures."""

    title: str
    name: str
    head: Head
    under: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    rows: Sequence[Sequence[Cell]] = ()
    after: tuple[str, ...] = ()
    signers: tuple[Signer, ...] = ()
    flipped: bool = False


def as_pdf(paper: Paper, *, created: dt.datetime) -> bytes:
    """Return the paper as PDF/A-2b; the same paper and moment give the same bytes."""
    day = local(created)
    data = {
        "title": paper.title,
        "superior": paper.head.superior,
        "issuer": paper.head.issuer,
        "place": paper.head.place,
        "under": list(paper.under),
        "before": list(paper.before),
        "columns": list(paper.columns),
        "widths": list(paper.widths),
        "rows": [["" if cell is None else printable(str(cell)) for cell in row] for row in paper.rows],
        "after": list(paper.after),
        "signers": [{"title": one.title, "name": one.name} for one in paper.signers],
        "flipped": paper.flipped,
        "created": {"year": day.year, "month": day.month, "day": day.day},
    }
    return typeset(LAYOUT, data, font_paths=[DIRECTORY])


def as_xlsx(paper: Paper) -> bytes:
    """Return the paper's table as a workbook."""
    stream = io.BytesIO()
    heading = [line for line in (paper.head.issuer, paper.title.upper(), *paper.under, *paper.before) if line]
    write_table(
        stream,
        title=paper.title[:31].replace("/", "-"),
        columns=paper.columns,
        rows=[list(row) + [None] * (len(paper.columns) - len(row)) for row in paper.rows],
        heading=heading,
        widths=paper.widths,
    )
    return stream.getvalue()
