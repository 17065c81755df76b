"""What is wrong with a template before anybody may use it: every fault with its part and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lienthong.stationery.placeholders import MARK, NAME, RESERVED, Fault, read
from lienthong.stationery.words import KINDS, WORD_FILE_GROUP, Field, words

PARTS = {
    "abstract": "Trích yếu",
    "addressees": "Kính gửi",
    "body": "Nội dung",
    "recipients": "Nơi nhận",
}
FIELDS_PART = "Trường riêng"
MOST_FIELDS = 40
LONGEST_BODY = 100_000


def faults_of(content: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Return what is wrong with the texts and fields of a version; nothing, where it may be published."""
    fields = [Field(**entry) for entry in content["fields"]]
    faults = list(field_faults(fields))
    if not str(content["body"]).strip():
        faults.append(Fault(PARTS["body"], 1, "chưa có gì. Hãy viết phần khung của văn bản."))
    if len(str(content["body"])) > LONGEST_BODY:
        faults.append(Fault(PARTS["body"], 1, f"dài quá {LONGEST_BODY:,} ký tự. Hãy rút gọn.".replace(",", ".")))
    for name, part in PARTS.items():
        faults += read(str(content[name]), part=part, known=known(fields), lists=lists(fields)).faults
    return tuple(faults)


def field_faults(fields: Iterable[Field]) -> list[Fault]:
    """Return what is wrong with the fields that a template declares; the line is the place in the list."""
    faults, seen = [], set[str]()
    for line, field in enumerate(fields, 1):
        if line > MOST_FIELDS:
            faults.append(Fault(FIELDS_PART, line, f"nhiều nhất {MOST_FIELDS} trường. Hãy bỏ bớt."))
            break
        if not NAME.match(field.name) or field.name in RESERVED | {MARK}:
            faults.append(
                Fault(FIELDS_PART, line, f"tên “{field.name}” chỉ gồm chữ thường không dấu, số và dấu gạch dưới.")
            )
        elif field.name in words():
            faults.append(Fault(FIELDS_PART, line, f"“{field.name}” là trường có sẵn. Hãy đặt tên khác."))
        elif field.name in seen:
            faults.append(Fault(FIELDS_PART, line, f"tên “{field.name}” bị trùng. Hãy đặt tên khác."))
        if not field.label.strip():
            faults.append(
                Fault(FIELDS_PART, line, f"trường “{field.name}” chưa có nhãn. Hãy ghi tên gọi cho người điền.")
            )
        if field.kind not in KINDS:
            faults.append(Fault(FIELDS_PART, line, f"không có kiểu “{field.kind}”. Hãy chọn trong danh sách."))
        seen.add(field.name)
    return faults


def known(fields: Iterable[Field], *, in_word_file: bool = False) -> frozenset[str]:
    """Return every field that a text may ask for; those of head and foot only in a Word file."""
    general = {name for name, word in words().items() if in_word_file or word.group != WORD_FILE_GROUP}
    return frozenset(general | {field.name for field in fields})


def lists(fields: Iterable[Field]) -> frozenset[str]:
    """Return the fields that are lists."""
    return frozenset(field.name for field in fields if field.kind == "lines")


def summary(faults: tuple[Fault, ...]) -> str:
    """Return faults in one sentence: the first whole, the rest as a number."""
    rest = f" Còn {len(faults) - 1} chỗ sai khác." if len(faults) > 1 else ""
    return f"Mẫu còn sai ở {faults[0]}{rest}"
