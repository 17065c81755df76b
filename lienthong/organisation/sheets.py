"""Sheets of units and people: reading XLSX and CSV into rows of text, and writing them. No rows of ours, no rules.

What is read is hostile until proved otherwise: size, count and unpacked size are bounded, formulas are taken by their
stored value. What is written never starts a formula in the reader's program.
"""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from lienthong.kernel.refusal import Refusal
from lienthong.kernel.vietnamese import fold, nfc
from lienthong.organisation.rules import clean

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_ROWS = 5000
UNREADABLE = "Không đọc được tệp này. Hãy mở bằng Excel hoặc LibreOffice, lưu lại dạng XLSX rồi nhập lại."


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in code, its heading on paper, and what to write in it."""

    key: str
    heading: str
    help: str = ""
    needed: bool = False


UNITS = "Đơn vị"
PEOPLE = "Cán bộ"
COLUMNS: dict[str, tuple[Column, ...]] = {
    UNITS: (
        Column("code", "Mã nội bộ", "Mỗi đơn vị một mã, dùng để nối các dòng. Ví dụ STTTT.CNTT", needed=True),
        Column("name", "Tên đầy đủ", needed=True),
        Column("short_name", "Tên ngắn"),
        Column(
            "kind",
            "Loại",
            "UBND tỉnh; Văn phòng; Sở, ban, ngành; Phòng, ban chuyên môn; UBND cấp huyện; …",
            needed=True,
        ),
        Column("parent", "Mã cấp trên", "Mã nội bộ của đơn vị cấp trên; để trống nếu cao nhất"),
        Column("is_agency", "Có con dấu", "Ghi x nếu có con dấu, sổ và văn thư riêng"),
        Column("symbol", "Ký hiệu", "Ký hiệu trong số văn bản, ví dụ STTTT"),
        Column("edoc", "Mã định danh", "Mã trao đổi văn bản điện tử, ví dụ H11.14"),
        Column("order", "Thứ tự", "Số"),
        Column("valid_from", "Từ ngày", "dd/mm/yyyy", needed=True),
    ),
    PEOPLE: (
        Column("staff_code", "Mã cán bộ", "Nên có: dùng để nhận ra người khi nhập lại"),
        Column("full_name", "Họ và tên", needed=True),
        Column("email", "Thư điện tử"),
        Column("phone", "Điện thoại"),
        Column("unit", "Mã đơn vị", "Mã nội bộ ở trang Đơn vị", needed=True),
        Column("title", "Chức vụ", needed=True),
        Column("role", "Vai trò", "Văn thư; Lãnh đạo cơ quan; Trưởng phòng; Chuyên viên; …", needed=True),
        Column("order", "Thứ tự", "Số"),
        Column("concurrent", "Kiêm nhiệm", "Ghi x nếu là chức vụ kiêm nhiệm"),
        Column("valid_from", "Từ ngày", "dd/mm/yyyy", needed=True),
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a sheet: where it stands, and its cells as text by column key."""

    sheet: str
    number: int
    cells: dict[str, str]


def read(name: str, content: bytes) -> list[Row]:
    """Return the rows of a file; refuses what is too large, broken, of another kind, or without our headings."""
    if not content:
        raise Refusal("Tệp này rỗng (0 byte). Hãy chọn tệp khác.", field="sheet")
    if len(content) > LARGEST_FILE:
        raise Refusal("Tệp lớn hơn 5 MB. Hãy chia thành nhiều tệp.", field="sheet")
    sheets = list(_xlsx(content) if content.startswith(b"PK") else _csv(name, content))
    _require_headings(sheets)
    rows = [row for sheet in sheets for row in _rows(sheet)]
    if not rows:
        raise Refusal("Tệp không có dòng nào dưới hàng tiêu đề. Hãy điền theo tệp mẫu.", field="sheet")
    if len(rows) > MOST_ROWS:
        raise Refusal(f"Tệp có hơn {MOST_ROWS} dòng. Hãy chia thành nhiều tệp, đơn vị cấp trên trước.", field="sheet")
    return rows


def _xlsx(content: bytes) -> Iterator[list[list[str]]]:
    try:
        _require_modest(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            lines = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 50, max_col=40)
            yield [[_text(cell) for cell in line] for line in lines]
    except Refusal:
        raise
    except Exception as error:
        raise Refusal(UNREADABLE, field="sheet") from error


def _require_modest(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > LARGEST_UNPACKED:
            raise Refusal("Tệp bung ra quá lớn nên không được đọc. Hãy lưu lại chỉ các dòng cần nhập.", field="sheet")


def _csv(name: str, content: bytes) -> Iterator[list[list[str]]]:
    if not name.lower().endswith((".csv", ".txt")):
        raise Refusal("Đây không phải tệp XLSX hay CSV. Hãy dùng tệp mẫu.", field="sheet")
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    try:
        yield [[clean(cell) for cell in line] for line in csv.reader(io.StringIO(text), delimiter=separator)]
    except csv.Error:
        raise Refusal(UNREADABLE, field="sheet") from None


def _decoded(content: bytes) -> str:
    """Return the text of a CSV as Excel writes it: UTF-8, Unicode with its mark, or the Vietnamese code page 1258.

    The old code page can be read into anything; it is believed only where one of our headings comes out.
    """
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\x00" in content and not marked:
        raise Refusal("Đây không phải tệp XLSX hay CSV. Hãy dùng tệp mẫu.", field="sheet")
    try:
        return content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        text = nfc(content.decode("cp1258", errors="replace"))
    headings = {column.heading for columns in COLUMNS.values() for column in columns if not column.heading.isascii()}
    if any(heading in text for heading in headings):
        return text
    raise Refusal("Tệp CSV không phải UTF-8. Hãy lưu lại dạng “CSV UTF-8” hoặc XLSX.", field="sheet")


def _require_headings(sheets: Sequence[list[list[str]]]) -> None:
    """Refuse a file in which no sheet bears our headings; name those that are missing from the likeliest one."""
    heads = [line for sheet in sheets for line in sheet[:10] if any(line)]
    if not heads or any(_kind_of(line) for line in heads):
        return
    lacking = min((_lacking(line, columns) for line in heads for columns in COLUMNS.values()), key=len)
    raise Refusal(
        f"Không thấy hàng tiêu đề của tệp mẫu: thiếu cột {', '.join(f'“{heading}”' for heading in lacking)}. "
        "Hãy ghi đúng tên cột như trong tệp mẫu rồi chọn lại tệp.",
        field="sheet",
    )


def _lacking(line: Sequence[str], columns: Sequence[Column]) -> list[str]:
    found = {fold(clean(cell)).rstrip(" *") for cell in line}
    return [column.heading for column in columns if column.needed and fold(column.heading) not in found]


def _rows(lines: list[list[str]]) -> Iterator[Row]:
    """Find the heading line of one of our sheets, then yield what stands below it."""
    for place, line in enumerate(lines[:10]):
        found = _kind_of(line)
        if found is None:
            continue
        sheet, keys = found
        for number, cells in enumerate(lines[place + 1 :], start=place + 2):
            told = {key: cell for key, cell in zip(keys, cells, strict=False) if key}
            if any(told.values()) and not told.get(keys[0] or "", "").startswith("#"):
                yield Row(sheet, number, told)
        return


def _kind_of(line: Sequence[str]) -> tuple[str, list[str | None]] | None:
    headings = [fold(clean(cell)).rstrip(" *") for cell in line]
    for sheet, columns in COLUMNS.items():
        by_heading = {fold(column.heading): column.key for column in columns}
        if all(fold(column.heading) in headings for column in columns if column.needed):
            return sheet, [by_heading.get(heading) for heading in headings]
    return None


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value))


def write(sheets: dict[str, Iterable[Sequence[Any]]], *, with_help: bool = False) -> bytes:
    """Return a workbook of our sheets with the rows given; text that looks like a formula stays text."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        columns = COLUMNS[name]
        lines: list[Sequence[Any]] = [[f"{c.heading} *" if c.needed else c.heading for c in columns]]
        if with_help:
            lines.append([f"# {columns[0].help}", *(column.help for column in columns[1:])])
        for number, line in enumerate([*lines, *rows], start=1):
            for place, value in enumerate(line, start=1):
                cell = sheet.cell(number, place)
                cell.value = f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else value
                if isinstance(value, str):
                    cell.data_type = "s"
                    cell.quotePrefix = value.startswith(("=", "+", "-", "@", "\t", "\r"))
                if with_help and number == 2:
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
                    cell.font = Font(italic=True, color="666666")
        for place, column in enumerate(columns, start=1):
            sheet.cell(1, place).font = Font(bold=True)
            sheet.cell(1, place).fill = PatternFill("solid", fgColor="DCEBEC")
            sheet.column_dimensions[get_column_letter(place)].width = max(14, len(column.heading) + 6)
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
