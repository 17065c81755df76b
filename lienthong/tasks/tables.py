"""A table of tasks as people have it, pasted or sent as XLSX: read row by row, each row with its faults."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from openpyxl import load_workbook

from lienthong.kernel.refusal import Refusal
from lienthong.kernel.vietnamese import fold, nfc
from lienthong.organisation.models import Unit
from lienthong.tasks.due import Due, parse
from lienthong.tasks.operations import Item

MOST_ROWS = 500
MOST_BYTES = 5_000_000
MOST_UNPACKED = 50_000_000
COLUMNS = ("number", "title", "lead", "co_workers", "product", "due")
HEADINGS = {
    "number": ("stt", "so thu tu", "tt", "so"),
    "title": ("nhiem vu", "noi dung", "cong viec", "viec phai lam"),
    "lead": ("chu tri", "don vi chu tri", "don vi thuc hien", "co quan chu tri"),
    "co_workers": ("phoi hop", "don vi phoi hop", "co quan phoi hop"),
    "product": ("san pham", "ket qua"),
    "due": ("thoi han", "han", "thoi gian", "quy", "tien do"),
}
SHORT_FORMS = {
    "ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "tp": "thanh pho", "tx": "thi xa", "tt": "thi tran",
    "vp": "van phong", "h": "huyen", "p": "phuong", "x": "xa",
}  # fmt: skip
"""Words that people shorten in the names of units, without marks."""


@dataclass(slots=True)
class DraftRow:
    """One row of the table: what it says, what it means, and what is wrong with it."""

    line: int
    title: str
    said_lead: str
    said_due: str
    number: int | None = None
    lead: Unit | None = None
    co_workers: list[Unit] = field(default_factory=list)
    product: str = ""
    due: Due | None = None
    faults: list[str] = field(default_factory=list)

    def item(self) -> Item:
        """Return the row as a task to add; only of a row without faults."""
        assert self.lead is not None  # noqa: S101 - a row without faults has both
        assert self.due is not None  # noqa: S101
        return Item(
            self.title, self.lead, self.due, co_workers=self.co_workers, product=self.product, number=self.number
        )


def read_pasted(text: str) -> list[list[str]]:
    """Read cells pasted from a spreadsheet: lines, and tabs between the cells."""
    lines = [line for line in nfc(text).replace("\r\n", "\n").split("\n") if line.strip()]
    return _limited([[cell.strip() for cell in line.split("\t")] for line in lines])


def read_xlsx(source: BinaryIO) -> list[list[str]]:
    """Read the first sheet of a workbook. Refuses what is too large, packed to burst, or no workbook."""
    content = source.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Refusal("Tệp lớn hơn 5 MB. Chỉ giữ lại bảng nhiệm vụ rồi gửi lại.", field="file")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
                raise Refusal("Tệp nén quá mức cho phép nên không được mở.", field="file")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = [
            [_cell(value) for value in row]
            for row in book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS + 2)
        ]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError):
        raise Refusal(
            "Không đọc được tệp này như bảng tính XLSX. Lưu lại dạng .xlsx rồi gửi lại.", field="file"
        ) from None
    return _limited([row for row in rows if any(row)])


def _cell(value: object) -> str:
    if value is None:
        return ""
    date = getattr(value, "date", None)
    if callable(date):
        return f"{value:%d/%m/%Y}"
    return nfc(str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)).strip()


def _limited(rows: list[list[str]]) -> list[list[str]]:
    if len(rows) > MOST_ROWS + 1:
        raise Refusal(f"Bảng có hơn {MOST_ROWS} dòng. Chia bảng rồi nhập từng phần.", field="file")
    if not rows:
        raise Refusal("Bảng không có dòng nào.", field="pasted")
    return rows


def drafts(rows: Sequence[Sequence[str]], units: Iterable[Unit], *, year: int, on: dt.date) -> list[DraftRow]:
    """Read the rows of a table; a first row of headings says which column is which, else the usual order holds."""
    columns = _headings(rows[0])
    body = rows[1:] if columns else rows
    places = columns or {name: index for index, name in enumerate(COLUMNS)}
    known = _by_name(units)
    first = 2 if columns else 1
    found = [_draft(row, places, known, year, line, on) for line, row in enumerate(body, start=first)]
    return [row for row in found if row.title or row.said_lead]


def _headings(row: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, cell in enumerate(row):
        heading = " ".join(fold(cell).replace(",", " ").split())
        for name, words in HEADINGS.items():
            if name not in places and any(heading == word or (len(word) > 3 and word in heading) for word in words):
                places[name] = index
                break
    return places if {"title", "lead"} <= set(places) else {}


def _by_name(units: Iterable[Unit]) -> dict[str, list[Unit]]:
    known: dict[str, list[Unit]] = {}
    for unit in units:
        for name in {_spelt_out(unit.name), _spelt_out(unit.short_name), _spelt_out(unit.symbol)} - {""}:
            known.setdefault(name, []).append(unit)
    return known


def _spelt_out(name: str) -> str:
    """Return the name of a unit as one key: marks and case aside, usual short forms spelt out."""
    words = re.sub(r"[.,\s]+", " ", fold(name)).split()
    return " ".join(SHORT_FORMS.get(word, word) for word in words)


def _draft(
    row: Sequence[str], places: dict[str, int], known: dict[str, list[Unit]], year: int, line: int, on: dt.date
) -> DraftRow:
    said = {name: row[index].strip() if index < len(row) else "" for name, index in places.items()}
    draft = DraftRow(line, said.get("title", "")[:500], said.get("lead", ""), said.get("due", ""))
    draft.product = said.get("product", "")[:500]
    number = said.get("number", "").rstrip(".")
    draft.number = int(number) if number.isdigit() and len(number) < 7 else None
    if not draft.title:
        draft.faults.append("Thiếu nội dung nhiệm vụ.")
    draft.lead = _unit(draft.said_lead, known, "chủ trì", draft.faults)
    for name in said.get("co_workers", "").replace(";", ",").split(","):
        if name.strip() and (unit := _unit(name, known, "phối hợp", draft.faults)):
            draft.co_workers.append(unit)
    draft.due = parse(draft.said_due, year=year)
    if draft.due is None:
        draft.faults.append(f"Không hiểu thời hạn “{draft.said_due}”." if draft.said_due else "Thiếu thời hạn.")
    elif draft.due.date and draft.due.date < on:
        draft.faults.append(f"Thời hạn {draft.due.date:%d/%m/%Y} đã qua.")
    return draft


def _unit(name: str, known: dict[str, list[Unit]], role: str, faults: list[str]) -> Unit | None:
    found = known.get(_spelt_out(name), [])
    if len(found) == 1:
        return found[0]
    if not name.strip():
        faults.append(f"Thiếu đơn vị {role}.")
    elif found:
        faults.append(f"Có {len(found)} đơn vị tên “{name.strip()}”; ghi tên đầy đủ.")
    else:
        faults.append(f"Không có đơn vị {role} “{name.strip()}” trong phạm vi giao việc.")
    return None
