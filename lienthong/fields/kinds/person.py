"""Persons, as forms ask for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lienthong.fields.kind import Cleaned, Context, Field, Kind
from lienthong.fields.kinds import address, date
from lienthong.fields.values import clean_text, is_empty
from lienthong.kernel.faults import Fault

PARTS = {
    "name": "họ và tên",
    "birth": "ngày sinh",
    "sex": "giới tính",
    "ethnicity": "dân tộc",
    "nationality": "quốc tịch",
    "id_kind": "loại giấy tờ",
    "id_number": "số giấy tờ",
    "id_date": "ngày cấp",
    "id_place": "nơi cấp",
    "residence": "nơi cư trú",
    "phone": "điện thoại",
    "email": "thư điện tử",
}
USUAL = ("name", "birth", "sex", "id_number", "residence")
SEXES = {"male": "Nam", "female": "Nữ", "other": "Khác"}
ID_KINDS = {
    "cccd": "Căn cước, căn cước công dân",
    "cmnd": "Chứng minh nhân dân",
    "passport": "Hộ chiếu",
    "birth": "Giấy khai sinh",
    "other": "Giấy tờ khác",
}
SHAPES = {"cccd": re.compile(r"\d{12}"), "cmnd": re.compile(r"\d{9}|\d{12}"), "passport": re.compile(r"[A-Z0-9]{6,12}")}
SHAPE_SAYS = {
    "cccd": "số căn cước có 12 chữ số",
    "cmnd": "số chứng minh nhân dân có 9 hoặc 12 chữ số",
    "passport": "số hộ chiếu gồm 6 đến 12 chữ cái in hoa và chữ số",
}
PHONE = re.compile(r"(?:\+84|0)\d{8,10}")
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")
YEAR = re.compile(r"(?:18|19|20)\d{2}")
LONGEST = 150


class Person(Kind):
    """Người: name, birth (a day, or a bare year), sex, papers, residence: those in ``parts``."""

    name = "person"
    label = "Người"
    options = {"parts": list(USUAL), "required_parts": ["name"]}

    def faults(self, options: Mapping[str, Any], earlier: Mapping[str, str]) -> list[Fault]:  # noqa: ARG002
        """Return what is wrong with the lists of parts."""
        found = []
        for name in ("parts", "required_parts"):
            listed = options.get(name)
            if not isinstance(listed, list) or not listed or not set(listed) <= set(PARTS):
                found.append(Fault((name,), f"{name} là danh sách các phần: {', '.join(PARTS)}."))
        if not found and not set(options["required_parts"]) <= set(options["parts"]):
            found.append(Fault(("required_parts",), "Phần bắt buộc phải có trong parts."))
        return found

    def clean(self, value: Any, field: Field, context: Context, values: Mapping[str, Any], *, whole: bool) -> Cleaned:  # noqa: ARG002
        """Return the parts that the form asks for, each checked."""
        if not isinstance(value, Mapping):
            return value, {"": f"{field.name}: cần ghi thông tin của người này."}
        clean: dict[str, Any] = {}
        problems: dict[str, str] = {}
        for part in field.options["parts"]:
            said = value.get(part)
            if is_empty(said):
                if whole and part in field.options["required_parts"]:
                    problems[part] = f"{field.name}: cần ghi {PARTS[part]}."
                continue
            clean[part], found = part_of(part, said, value, field, context)
            problems.update(found)
        return clean, problems

    def text(self, value: Any, field: Field, context: Context) -> str:
        """Return the person in one line: name, born when, number of the paper, residence."""
        return "; ".join(said for _, said in self.lines(value, field, context))

    def lines(self, value: Mapping[str, Any], field: Field, context: Context) -> list[tuple[str, str]]:
        """Return every part that was said, with its name, as people read it."""
        lines = []
        for part in field.options["parts"]:
            said = value.get(part)
            if is_empty(said):
                continue
            lines.append((PARTS[part], say(part, said, context)))
        return lines


def part_of(part: str, said: Any, value: Mapping[str, Any], field: Field, context: Context) -> Cleaned:
    """Return one part of a person, checked; problems by its name."""
    if part == "residence":
        return _residence(said, field, context)
    text = clean_text(said)
    wrong = ""
    if part in ("birth", "id_date"):
        return _day(part, text, field, context)
    if part == "sex" and text not in SEXES:
        wrong = "chọn Nam, Nữ hoặc Khác"
    elif part == "id_kind" and text not in ID_KINDS:
        wrong = "chọn loại giấy tờ trong danh sách"
    elif part == "id_number":
        text, wrong = _number(text, str(value.get("id_kind") or ""))
    elif part == "phone":
        text = re.sub(r"[\s.()-]", "", text)
        wrong = "" if PHONE.fullmatch(text) else "số điện thoại bắt đầu bằng 0, có 10 chữ số"
    elif part == "email" and not EMAIL.fullmatch(text):
        wrong = "địa chỉ thư điện tử viết như ten@example.com"
    elif len(text) > LONGEST:
        wrong = f"{PARTS[part]} dài quá {LONGEST} ký tự"
    return text, {part: f"{field.name}: {wrong}."} if wrong else {}


def say(part: str, said: Any, context: Context) -> str:
    """Return one part of a person as people read it."""
    if part == "residence":
        return address.KIND.text(said, RESIDENCE, context) if isinstance(said, Mapping) else str(said)
    if part in ("birth", "id_date"):
        return date.written(said)
    return {"sex": SEXES, "id_kind": ID_KINDS}.get(part, {}).get(said, str(said))


def _day(part: str, text: str, field: Field, context: Context) -> Cleaned:
    if part == "birth" and YEAR.fullmatch(text):
        late = int(text) > context.on.year
        return text, {part: f"{field.name}: năm sinh không được ở sau hôm nay."} if late else {}
    day = date.parse(text)
    if day is None:
        return text, {part: f"{field.name}: {PARTS[part]} không đúng. Ghi ngày/tháng/năm, ví dụ 22/01/1984."}
    if day > context.on:
        return day.isoformat(), {part: f"{field.name}: {PARTS[part]} không được ở sau hôm nay."}
    return day.isoformat(), {}


def _number(text: str, kind: str) -> tuple[str, str]:
    text = re.sub(r"[\s.]", "", text).upper()
    shape = SHAPES.get(kind)
    if shape is None:
        return text, "" if 0 < len(text) <= 30 else "số giấy tờ dài quá 30 ký tự"
    return text, "" if shape.fullmatch(text) else SHAPE_SAYS[kind]


def _residence(said: Any, field: Field, context: Context) -> Cleaned:
    inner = Field("residence", address.KIND, f"{field.name}, nơi cư trú", options=dict(address.KIND.options))
    clean, problems = address.KIND.clean(said, inner, context, {}, whole=False)
    return clean, {f"residence.{path}".rstrip("."): words for path, words in problems.items()}


KIND = Person()
RESIDENCE = Field("residence", address.KIND, "Nơi cư trú")
