"""A list of files as people have it, sent as XLSX or pasted: read into rows of text. No rows of ours, no rules."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from openpyxl import load_workbook

from lienthong.kernel.refusal import Refusal
from lienthong.kernel.vietnamese import fold, nfc

MOST_ROWS = 2_000
MOST_BYTES = 5_000_000
MOST_UNPACKED = 50_000_000
HEADINGS = {
    "code": ("so va ky hieu ho so", "so ky hieu ho so", "ky hieu ho so", "so va ky hieu", "ma ho so"),
    "title": ("tieu de ho so", "ten ho so", "tieu de"),
    "retention": ("thoi han bao quan", "thoi han"),
    "keeper": ("nguoi lap ho so", "nguoi lap", "don vi, nguoi lap ho so", "don vi lap", "don vi"),
    "note": ("ghi chu",),
}
NAMES = {"code": "Số và ký hiệu hồ sơ", "title": "Tiêu đề hồ sơ", "retention": "Thời hạn bảo quản"}
UNREADABLE = "Không đọc được tệp này như bảng tính XLSX. Hãy lưu lại dạng .xlsx rồi nhập lại."


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet: where it stands, its cells by column; ``heading`` for a line that is a heading alone."""

    line: int
    cells: dict[str, str]
    heading: str = ""


def read_xlsx(source: BinaryIO) -> list[list[str]]:
    """Read the first sheet of a workbook. Refuses what is too large, packed to burst, or no workbook."""
    content = source.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Refusal("Tệp lớn hơn 5 MB. Chỉ giữ lại bảng danh mục rồi nhập lại.", field="file")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
                raise Refusal("Tệp nén quá mức cho phép nên không được mở.", field="file")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        lines = book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS + 50, max_col=30)
        return [[_text(value) for value in line] for line in lines]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError, TypeError):
        raise Refusal(UNREADABLE, field="file") from None


def read_pasted(text: str) -> list[list[str]]:
    """Read cells pasted from a spreadsheet: lines, and tabs between the cells."""
    return [[cell.strip() for cell in line.split("\t")] for line in nfc(text).replace("\r\n", "\n").split("\n")]


def rows_of(lines: Sequence[Sequence[str]]) -> list[Row]:
    """Find the line of headings and return what stands below it. Refuses a table without our columns."""
    for place, line in enumerate(lines[:20]):
        places = _places(line)
        if {"code", "title"} <= set(places):
            rows = [_row(number, cells, places) for number, cells in enumerate(lines[place + 1 :], start=place + 2)]
            found = [row for row in rows if row is not None]
            if not found:
                raise Refusal("Bảng không có dòng nào dưới hàng tiêu đề.", field="file")
            if len(found) > MOST_ROWS:
                raise Refusal(f"Bảng có hơn {MOST_ROWS} dòng. Hãy chia thành nhiều tệp.", field="file")
            return found
    raise Refusal(f"Bảng phải có hàng tiêu đề với các cột: {', '.join(NAMES.values())}.", field="file")


def _places(line: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, cell in enumerate(line):
        words = " ".join(fold(cell).split()).rstrip(" *")
        for name, known in HEADINGS.items():
            if name not in places and words in known:
                places[name] = index
    return places


def _row(number: int, cells: Sequence[str], places: dict[str, int]) -> Row | None:
    filled = [cell for cell in cells if cell]
    told = {name: cells[index] if index < len(cells) else "" for name, index in places.items()}
    if not filled or all(cell.strip("()").isdigit() for cell in filled):
        return None  # an empty line, or the numbers of the columns
    if len(filled) == 1:
        return Row(number, told, heading=filled[0])
    return Row(number, told)


def _text(value: object) -> str:
    if value is None:
        return ""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return " ".join(nfc(text).split())
