"""What is said of an applicant, checked. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lienthong.fields.kinds import date
from lienthong.fields.kinds.enterprise import is_tax_code
from lienthong.fields.kinds.person import EMAIL, PHONE, SEXES, SHAPE_SAYS, SHAPES, YEAR
from lienthong.fields.values import clean_text
from lienthong.kernel.refusal import Refusal

LENGTHS = {"name": 300, "nationality": 60, "ethnicity": 60, "representative": 150, "street": 200, "address": 400,
           "paper_place": 200}  # fmt: skip
WORDS = {"name": "Tên", "nationality": "Quốc tịch", "ethnicity": "Dân tộc", "representative": "Người đại diện",
         "street": "Số nhà, đường", "address": "Địa chỉ", "paper_place": "Nơi cấp"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Particulars:
    """Thông tin người nộp: as typed; ``checked`` gives it back clean."""

    kind: str
    name: str
    birth: str = ""
    sex: str = ""
    nationality: str = ""
    ethnicity: str = ""
    representative: str = ""
    phone: str = ""
    email: str = ""
    commune_code: str = ""
    street: str = ""
    address: str = ""
    paper_kind: str = ""
    paper_number: str = ""
    paper_date: str = ""
    paper_place: str = ""

    @classmethod
    def of(cls, kind: str, values: Mapping[str, Any]) -> Particulars:
        """Take them from any mapping with their names; what is missing is empty."""
        return cls(kind, **{name: str(values.get(name) or "") for name in cls.__slots__ if name != "kind"})


def checked(said: Particulars, *, on: dt.date) -> Particulars:
    """Return particulars clean and canonical. Refuses what cannot be: each with the field beside which it belongs."""
    clean = replace(said, **{name: clean_text(getattr(said, name)) for name in Particulars.__slots__})
    if not clean.name:
        raise Refusal("Cần ghi họ tên hoặc tên tổ chức.", field="name")
    for name, longest in LENGTHS.items():
        if len(getattr(clean, name)) > longest:
            raise Refusal(f"{WORDS[name]} dài quá {longest} ký tự. Hãy ghi ngắn lại.", field=name)
    if clean.sex and clean.sex not in SEXES:
        raise Refusal("Chọn giới tính Nam, Nữ hoặc Khác.", field="sex")
    clean = replace(clean, phone=phone_number(clean.phone), email=email_address(clean.email))
    clean = replace(clean, birth=_birth(clean.birth, on), paper_date=_paper_date(clean, on))
    return replace(clean, paper_number=_paper_number(clean))


def email_address(text: str) -> str:
    """Return an address without blanks around it, "" of none. Refuses what is none."""
    if (address := text.strip()) and not EMAIL.fullmatch(address):
        raise Refusal("Địa chỉ thư điện tử viết như ten@example.com.", field="email")
    return address


def _birth(text: str, on: dt.date) -> str:
    if not text or YEAR.fullmatch(text):
        if text and int(text) > on.year:
            raise Refusal("Năm sinh không được ở sau hôm nay.", field="birth")
        return text
    day = date.parse(text)
    if day is None:
        raise Refusal("Ngày sinh không đúng. Ghi ngày/tháng/năm, hoặc chỉ năm.", field="birth")
    if day > on:
        raise Refusal("Ngày sinh không được ở sau hôm nay.", field="birth")
    return day.isoformat()


def phone_number(text: str) -> str:
    """Return the digits of a telephone number as typed, "" of none. Refuses what no telephone here has."""
    digits = re.sub(r"[\s.()-]", "", text)
    if digits and not PHONE.fullmatch(digits):
        raise Refusal("Số điện thoại bắt đầu bằng 0, có 10 chữ số.", field="phone")
    return digits


def _paper_date(said: Particulars, on: dt.date) -> str:
    if not said.paper_date:
        return ""
    day = date.parse(said.paper_date)
    if day is None or day > on:
        raise Refusal("Ngày cấp giấy tờ không đúng. Ghi ngày/tháng/năm, không sau hôm nay.", field="paper_date")
    return day.isoformat()


def _paper_number(said: Particulars) -> str:
    number = re.sub(r"[\s.]", "", said.paper_number).upper()
    if bool(number) != bool(said.paper_kind):
        raise Refusal("Ghi cả loại và số giấy tờ, hoặc để trống cả hai.", field="paper_number")
    if said.paper_kind in SHAPES and not SHAPES[said.paper_kind].fullmatch(number):
        sentence = SHAPE_SAYS[said.paper_kind]
        raise Refusal(f"{sentence[:1].upper()}{sentence[1:]}.", field="paper_number")
    if said.paper_kind == "tax" and not is_tax_code(number):
        raise Refusal("Mã số thuế không đúng; có 10 hoặc 13 chữ số, chữ số thứ mười để kiểm tra.", field="paper_number")
    if len(number) > 30:
        raise Refusal("Số giấy tờ dài quá 30 ký tự.", field="paper_number")
    return number
