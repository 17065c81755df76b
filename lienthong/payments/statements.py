"""A gateway's list of what it took, as CSV: read into lines. Pure; the columns are found by their headings."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lienthong.kernel.clock import VIETNAM
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.vietnamese import fold

LARGEST = 10_000_000
MOST_LINES = 50_000
HEADINGS = {
    "reference": ("reference", "ma thanh toan", "ma don hang", "ma tham chieu", "order id", "orderid", "ma hoa don"),
    "transaction": ("transaction", "ma giao dich", "so giao dich", "transaction id", "transactionid", "trace"),
    "amount": ("amount", "so tien", "so tien giao dich", "so tien (vnd)", "gia tri"),
    "time": ("time", "thoi gian", "ngay giao dich", "thoi gian giao dich", "ngay", "paid at"),
    "state": ("state", "status", "trang thai", "ket qua"),
}
NAMES = {"reference": "Mã thanh toán", "transaction": "Mã giao dịch", "amount": "Số tiền", "time": "Thời gian"}
PAID_WORDS = {"", "paid", "success", "successful", "thanh cong", "da thanh toan", "00", "hoan thanh"}
MOMENTS = (
    "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y%m%d%H%M%S", "%d/%m/%Y",
    "%Y-%m-%d",
)  # fmt: skip
AMOUNT = re.compile(r"^(\d{1,3}(?:[., ]\d{3})+|\d+)(?:[.,]0{1,2})?\s*(?:đ|vnd|vnđ)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One payment that the gateway says it took, and where it stands in the file."""

    line: int
    reference: str
    transaction: str
    amount: int
    at: dt.datetime


def read(content: bytes) -> list[StatementLine]:
    """Return the lines of a list. Refuses what is no such list, and names the line that cannot be read."""
    rows = _rows(_decoded(content))
    head, places = _head(rows)
    read_lines = (_line(number, row, places) for number, row in rows if number > head)
    lines = [line for line in read_lines if line]
    if not lines:
        raise Refusal("Tệp không có giao dịch thành công nào dưới hàng tiêu đề.", field="file")
    return lines


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST:
        raise Refusal("Tệp lớn hơn 10 MB. Hãy xuất từng tuần rồi đối soát lần lượt.", field="file")
    if content.startswith((b"PK", b"%PDF")) or b"\0" in content[:2000]:
        raise Refusal("Đây không phải tệp CSV. Hãy xuất bảng kê của cổng thanh toán ra CSV (UTF-8).", field="file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal("Tệp CSV không phải UTF-8. Hãy lưu lại dạng “CSV UTF-8”.", field="file") from None


def _rows(text: str) -> list[tuple[int, list[str]]]:
    top = "\n".join(text.splitlines()[:20])
    separator = max(";\t,", key=top.count)  # amounts may hold commas, so a tie is no comma
    try:
        reader = csv.reader(io.StringIO(text), delimiter=separator)
        rows = [
            (reader.line_num, [cell.strip() for cell in row]) for row in reader if any(cell.strip() for cell in row)
        ]
    except csv.Error:
        raise Refusal(
            "Không đọc được tệp này như một bảng CSV. Hãy xuất lại từ cổng thanh toán.", field="file"
        ) from None
    if len(rows) > MOST_LINES:
        raise Refusal(f"Tệp có hơn {MOST_LINES} dòng. Hãy chia theo ngày.", field="file")
    return rows


def _head(rows: Sequence[tuple[int, list[str]]]) -> tuple[int, dict[str, int]]:
    """Return the line of the headings and where each column stands."""
    for number, row in rows[:20]:
        folded = [" ".join(fold(cell).split()) for cell in row]
        places = {key: place for key, known in HEADINGS.items() for place, word in enumerate(folded) if word in known}
        if {"reference", "transaction", "amount", "time"} <= set(places):
            return number, places
    raise Refusal(f"Bảng phải có hàng tiêu đề với các cột: {', '.join(NAMES.values())}.", field="file")


def _line(number: int, row: list[str], places: dict[str, int]) -> StatementLine | None:
    told = {key: row[place] if place < len(row) else "" for key, place in places.items()}
    if fold(told.get("state", "")) not in PAID_WORDS:
        return None
    amount = AMOUNT.match(told["amount"])
    if not amount:
        raise Refusal(f"Dòng {number}: không đọc được số tiền “{told['amount'][:40]}”.", field="file")
    if not told["transaction"] or not told["reference"]:
        raise Refusal(f"Dòng {number}: thiếu mã thanh toán hoặc mã giao dịch.", field="file")
    value = int(re.sub(r"\D", "", amount[1]))
    return StatementLine(
        number, told["reference"][:80], told["transaction"][:80], min(value, 10**15), _moment(number, told["time"])
    )


def _moment(number: int, text: str) -> dt.datetime:
    for form in MOMENTS:
        try:
            return dt.datetime.strptime(text, form).replace(tzinfo=VIETNAM).astimezone(dt.UTC)
        except ValueError:
            continue
    raise Refusal(f"Dòng {number}: không đọc được thời gian “{text[:40]}”. Ví dụ: 10/03/2014 09:30:00.", field="file")
