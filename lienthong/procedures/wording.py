"""What a definition says, in plain Vietnamese: conditions, limits, fees. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lienthong.fields.conditions import ALWAYS, Condition, Join, Test
from lienthong.fields.form import Form
from lienthong.fields.kind import Field
from lienthong.fields.kinds.choice import labels
from lienthong.procedures.definition import CHANNELS, SUBJECTS, Channel, Definition, Fee, LimitRule
from lienthong.ui.formats import dong

JOINTS = {"all": " và ", "any": " hoặc "}
DUES = {"at_receipt": "nộp khi tiếp nhận", "before_result": "nộp trước khi nhận kết quả"}
NO_LIMIT = "không quy định"


def condition(one: Condition, form: Form) -> str:
    """Say a condition: "Loại công trình: Nhà ở riêng lẻ"; nothing for one that always holds."""
    if one == ALWAYS:
        return ""
    if isinstance(one, Test):
        return _test(one, form)
    if one.how == "not":
        return f"không phải ({condition(Join('any', one.parts), form)})"
    parts = [condition(part, form) for part in one.parts]
    inner = [f"({words})" if isinstance(part, Join) else words for part, words in zip(one.parts, parts, strict=True)]
    return JOINTS[one.how].join(inner) if len(inner) > 1 else parts[0]


def _test(one: Test, form: Form) -> str:
    field = _field(form, one.key)
    name = {"channel": "cách nộp", "subject": "người nộp", "case_kind": "loại hồ sơ"}.get(one.key, one.key)
    name = name if field is None else field.name
    if isinstance(one.wanted, bool) and one.how == "is":
        return _begun_small(name) if one.wanted else f"không {_begun_small(name)}"
    said = {
        "is": f"{name}: {_value(one, one.wanted, field)}",
        "at_least": f"{name} từ {_value(one, one.wanted, field)} trở lên",
        "at_most": f"{name} đến {_value(one, one.wanted, field)}",
        "filled": f"có {name}" if one.wanted else f"không có {name}",
    }
    if one.how == "in":
        return f"{name}: {' hoặc '.join(_value(one, value, field) for value in one.wanted)}"
    return said[one.how]


def _begun_small(name: str) -> str:
    """Return a name as it stands inside a sentence; short forms keep their capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _field(form: Form, key: str) -> Field | None:
    return next((field for field in form.fields if field.key == key.partition(".")[0]), None)


def _value(one: Test, value: Any, field: Field | None) -> str:
    if one.is_fact:
        return {**{str(key): name for key, name in CHANNELS.items()}, **SUBJECTS}.get(str(value), str(value))
    if isinstance(value, bool):
        return "có" if value else "không"
    if field is not None and field.kind.name in ("choice", "choices"):
        return labels(field).get(str(value), str(value))
    return str(value)


def limit_case(rule: LimitRule, form: Form) -> str:
    """Say for whom a limit is: by which channel, in which case."""
    channels = ", ".join(CHANNELS[Channel(one)].lower() for one in rule.channels)
    parts = [f"nộp {channels}" if channels else "", condition(rule.when, form)]
    return ", ".join(filter(None, parts)) or "Mọi trường hợp"


def limit(rule: LimitRule) -> str:
    """Say a limit."""
    return str(rule.limit) if rule.limit is not None else NO_LIMIT


@dataclass(frozen=True, slots=True)
class FeeLine:
    """A fee as it is read."""

    fee: Fee
    amounts: tuple[str, ...]
    notes: tuple[str, ...]


def fee_line(fee: Fee, form: Form) -> FeeLine:
    """Say a fee: what is paid, when it is asked, when it is free."""
    return FeeLine(fee, tuple(_amounts(fee, form)), tuple(filter(None, _notes(fee, form))))


def _amounts(fee: Fee, form: Form) -> Iterator[str]:
    if fee.formula is not None:
        yield f"Tính theo công thức: {fee.formula.text}"
    elif fee.by:
        names = labels(form.field(fee.by)) if fee.by in form.keys() else {}  # noqa: SIM118 - a method of the form
        yield from (f"{names.get(key, key)}: {dong(amount)}" for key, amount in fee.amounts.items())
    else:
        yield dong(fee.amount)


def _notes(fee: Fee, form: Form) -> Iterator[str]:
    asked, free = condition(fee.when, form), condition(fee.free_when, form) if fee.free_when else ""
    yield f"Chỉ thu khi: {asked}" if asked else ""
    yield f"Miễn: {fee.free_reason} ({free})" if free else ""
    yield fee.council
    yield fee.source


def level_words(definition: Definition) -> str:
    """Say whose area decides."""
    area = definition.competence.area_field
    if area:
        field = _field(definition.form, area)
        return f"theo {field.name if field else area}"
    return {"applicant": "theo nơi cư trú, trụ sở của người nộp", "receiving": "nơi tiếp nhận"}[
        definition.competence.area
    ]
