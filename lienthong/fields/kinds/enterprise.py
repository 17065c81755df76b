"""Enterprises and household businesses, as forms ask for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lienthong.fields.kind import Cleaned, Context, Field
from lienthong.fields.kinds import person
from lienthong.fields.kinds.person import Person
from lienthong.fields.values import clean_text, is_empty
from lienthong.kernel.faults import Fault

PARTS = {
    "name": "tên",
    "tax_code": "mã số thuế",
    "registered_on": "ngày đăng ký",
    "representative": "người đại diện",
    "phone": "điện thoại",
    "email": "thư điện tử",
    "address": "trụ sở",
}
TAX_CODE = re.compile(r"(\d{10})(?:-?(\d{3}))?|\d{12}")
WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


class Enterprise(Person):
    """Doanh nghiệp, tổ chức: name, tax code (checked by its last digit), representative, seat."""

    name = "enterprise"
    label = "Doanh nghiệp, tổ chức"
    options = {"parts": list(PARTS), "required_parts": ["name"]}

    def faults(self, options: Mapping[str, Any], earlier: Mapping[str, str]) -> list[Fault]:  # noqa: ARG002
        """Return what is wrong with the lists of parts."""
        found = []
        for name in ("parts", "required_parts"):
            listed = options.get(name)
            if not isinstance(listed, list) or not listed or not set(listed) <= set(PARTS):
                found.append(Fault((name,), f"{name} là danh sách các phần: {', '.join(PARTS)}."))
        return found

    def clean(self, value: Any, field: Field, context: Context, values: Mapping[str, Any], *, whole: bool) -> Cleaned:  # noqa: ARG002
        """Return the parts that the form asks for, each checked."""
        if not isinstance(value, Mapping):
            return value, {"": f"{field.name}: cần ghi thông tin của tổ chức này."}
        clean: dict[str, Any] = {}
        problems: dict[str, str] = {}
        for part in field.options["parts"]:
            said = value.get(part)
            if is_empty(said):
                if whole and part in field.options["required_parts"]:
                    problems[part] = f"{field.name}: cần ghi {PARTS[part]}."
                continue
            clean[part], found = _part(part, said, field, context)
            problems.update(found)
        return clean, problems

    def lines(self, value: Mapping[str, Any], field: Field, context: Context) -> list[tuple[str, str]]:
        """Return every part that was said, with its name, as people read it."""
        said = {part: value[part] for part in field.options["parts"] if not is_empty(value.get(part))}
        return [(PARTS[part], _said(part, one, context)) for part, one in said.items()]


def _said(part: str, said: Any, context: Context) -> str:
    if part == "address":
        return person.say("residence", said, context)
    if part == "registered_on":
        return person.say("birth", said, context)
    return str(said)


def _part(part: str, said: Any, field: Field, context: Context) -> Cleaned:
    shared = {"address": "residence", "registered_on": "id_date", "phone": "phone", "email": "email"}
    if part in shared:
        inner = shared[part]
        clean, problems = person.part_of(inner, said, {}, field, context)
        return clean, {part + path.removeprefix(inner): words for path, words in problems.items()}
    text = clean_text(said)
    if part == "tax_code":
        text = text.replace(" ", "")
        return text, {} if is_tax_code(text) else {part: f"{field.name}: mã số thuế không đúng; có 10 hoặc 13 chữ số."}
    if len(text) > 300:
        return text, {part: f"{field.name}: {PARTS[part]} dài quá 300 ký tự."}
    return text, {}


def is_tax_code(text: str) -> bool:
    """Tell whether a text is a tax code: ten digits of which the last checks the others, perhaps a branch "-001".

    A household business may use the twelve digits of its owner's identity number.
    """
    found = TAX_CODE.fullmatch(text)
    if found is None:
        return False
    if found[1] is None:
        return True
    digits = [int(digit) for digit in found[1]]
    return (10 - sum(a * b for a, b in zip(digits, WEIGHTS, strict=False)) % 11) % 11 == digits[9]


KIND = Enterprise()
