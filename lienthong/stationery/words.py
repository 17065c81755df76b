"""The closed list of words that a template may ask for, and how each value is written on paper.

Whoever fills a template gives values under these words; a template may declare further fields of its own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

Kind = Literal["line", "text", "lines", "day", "number", "money"]
Value = str | int | dt.date | tuple[str, ...]
KINDS: dict[Kind, str] = {
    "line": "Một dòng chữ",
    "text": "Đoạn văn",
    "lines": "Danh sách, mỗi dòng một mục",
    "day": "Ngày",
    "number": "Số",
    "money": "Số tiền (đồng)",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A field that any template may use: its word, its group and label for people, an example."""

    name: str
    group: str
    label: str
    sample: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field that one template declares for itself; the officer fills it in when beginning a draft."""

    name: str
    label: str
    kind: Kind = "line"
    required: bool = False
    sample: str = ""
    help: str = ""


_WORDS = (
    ("co_quan", "Đơn vị", "Tên cơ quan ban hành", "Sở Thông tin và Truyền thông"),
    ("co_quan_cap_tren", "Đơn vị", "Tên cơ quan cấp trên trực tiếp", "Ủy ban nhân dân tỉnh Bình Thuận"),
    ("don_vi_soan", "Đơn vị", "Tên đơn vị soạn thảo", "Phòng Công nghệ thông tin"),
    ("ky_hieu_co_quan", "Đơn vị", "Ký hiệu cơ quan", "STTTT"),
    ("ky_hieu_don_vi", "Đơn vị", "Ký hiệu đơn vị soạn thảo", "CNTT"),
    ("dia_danh", "Đơn vị", "Địa danh", "Bình Thuận"),
    ("nguoi_soan", "Cán bộ", "Họ tên người soạn thảo", "Phạm Ngọc Ánh"),
    ("chuc_vu_nguoi_soan", "Cán bộ", "Chức vụ người soạn thảo", "Chuyên viên"),
    ("dien_thoai", "Cán bộ", "Điện thoại người soạn thảo", "0252 3 000 000"),
    ("thu_dien_tu", "Cán bộ", "Thư điện tử người soạn thảo", "ngocanh@example.com"),
    ("chuc_vu_nguoi_ky", "Cán bộ", "Chức vụ người ký", "Giám đốc"),
    ("nguoi_ky", "Cán bộ", "Họ tên người ký", "Nguyễn Hoàng Minh"),
    ("ngay", "Ngày tháng", "Ngày soạn thảo", "10/3/2014"),
    ("thang", "Ngày tháng", "Tháng soạn thảo", "3"),
    ("quy", "Ngày tháng", "Quý soạn thảo", "I"),
    ("nam", "Ngày tháng", "Năm soạn thảo", "2014"),
    ("nam_truoc", "Ngày tháng", "Năm trước", "2013"),
    ("den_ky_hieu", "Văn bản đến được trả lời", "Số, ký hiệu", "275/UBND-VX"),
    ("den_ngay_ban_hanh", "Văn bản đến được trả lời", "Ngày của văn bản", "05/3/2014"),
    ("den_loai", "Văn bản đến được trả lời", "Loại văn bản", "Công văn"),
    ("den_co_quan", "Văn bản đến được trả lời", "Cơ quan ban hành", "Ủy ban nhân dân tỉnh Bình Thuận"),
    ("den_trich_yeu", "Văn bản đến được trả lời", "Trích yếu", "rà soát trạm truyền thanh cơ sở"),
    ("den_so", "Văn bản đến được trả lời", "Số đến", "142"),
    ("den_ngay", "Văn bản đến được trả lời", "Ngày đến", "06/3/2014"),
    ("den_han", "Văn bản đến được trả lời", "Hạn trả lời", "20/3/2014"),
    ("dau_cap_tren", "Phần đầu, phần cuối (chỉ dùng trong tệp Word)", "Dòng cơ quan cấp trên", "UBND TỈNH BÌNH THUẬN"),
    ("dau_co_quan", "Phần đầu, phần cuối (chỉ dùng trong tệp Word)", "Dòng cơ quan ban hành",
     "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"),
    ("so_ky_hieu", "Phần đầu, phần cuối (chỉ dùng trong tệp Word)", "Số, ký hiệu", "      /STTTT-CNTT"),
    ("ngay_thang", "Phần đầu, phần cuối (chỉ dùng trong tệp Word)", "Địa danh, ngày tháng",
     "Bình Thuận, ngày      tháng      năm 2014"),
    ("trich_yeu", "Phần đầu, phần cuối (chỉ dùng trong tệp Word)", "Trích yếu", "triển khai kế hoạch năm 2014"),
    ("khoi_ky", "Phần đầu, phần cuối (chỉ dùng trong tệp Word)", "Quyền hạn, chức vụ người ký", "GIÁM ĐỐC"),
)  # fmt: skip
_ABOUT = re.compile(r"(?:v/v|về việc|về)[\s:.]+", re.IGNORECASE)
WORD_FILE_GROUP = "Phần đầu, phần cuối (chỉ dùng trong tệp Word)"


@cache
def words() -> dict[str, Word]:
    """Return every word that any template may use, by its name, in the order of the groups."""
    return {name: Word(name, group, label, sample) for name, group, label, sample in _WORDS}


@cache
def groups() -> dict[str, tuple[Word, ...]]:
    """Return the words by group, as the page of a template lists them."""
    found: dict[str, list[Word]] = {}
    for word in words().values():
        found.setdefault(word.group, []).append(word)
    return {group: tuple(members) for group, members in found.items()}


def written(value: Value | None, kind: Kind = "line") -> str | list[str]:
    """Return a value as it stands on paper: ``05/3/2014``, ``1.200.000 đồng``, ``04``; a list stays one."""
    if value is None or value == "":
        return [] if kind == "lines" else ""
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, int):
        plain = f"{value:,}".replace(",", ".")
        return f"{plain} đồng" if kind == "money" else f"{value:02}" if 0 <= value < 10 else plain
    if isinstance(value, tuple):
        return list(value)
    return value.splitlines() if kind == "lines" else value


def day(value: dt.date) -> str:
    """Return a date as papers write it: days below 10 and the months 1 and 2 with a zero before."""
    return (
        f"{value.day:02}/{value.month:02}/{value.year}"
        if value.month < 3
        else f"{value.day:02}/{value.month}/{value.year}"
    )


def day_values(on: dt.date) -> dict[str, Value]:
    """Return the values of the words about the day on which a draft is begun."""
    quarter = ("I", "II", "III", "IV")[(on.month - 1) // 3]
    return {"ngay": on, "thang": str(on.month), "quy": quarter, "nam": str(on.year), "nam_truoc": str(on.year - 1)}


def signer_values(*, name: str, title: str, lines: Sequence[str]) -> dict[str, Value]:
    """Return the values of the words about the signer: the name, the title, the lines above the name."""
    return {"nguoi_ky": name, "chuc_vu_nguoi_ky": title, "khoi_ky": "\n".join(lines)}


def bare_abstract(abstract: str) -> str:
    """Return an abstract without "V/v", "Về việc" or "Về" before it, to stand after "về" in a sentence."""
    said = abstract.strip()
    about = _ABOUT.match(said)
    return said[about.end() :] if about else said


def incoming_values(
    *,
    symbol: str,
    document_date: dt.date | None,
    type_name: str,
    issuer: str,
    abstract: str,
    arrival_number: str = "",
    arrival_date: dt.date | None = None,
    due: dt.date | None = None,
) -> dict[str, Value]:
    """Return the values of the words about the incoming document that a draft answers.

    The abstract goes without its "V/v": the sentence that takes it says "về" itself.
    """
    return {
        "den_ky_hieu": symbol,
        "den_ngay_ban_hanh": document_date or "",
        "den_loai": type_name,
        "den_co_quan": issuer,
        "den_trich_yeu": bare_abstract(abstract),
        "den_so": arrival_number,
        "den_ngay": arrival_date or "",
        "den_han": due or "",
    }


def samples(fields: Mapping[str, Field]) -> dict[str, Value]:
    """Return an example for every word and every field of a template: what a preview is filled with."""
    found: dict[str, Value] = {name: word.sample for name, word in words().items()}
    return found | {name: sample_of(field) for name, field in fields.items()}


def sample_of(field: Field) -> Value:
    """Return the example of a field in its kind; its label in angle brackets where it has none."""
    text = field.sample or f"〈{field.label}〉"
    if field.kind == "lines":
        return tuple(text.splitlines())
    return text
