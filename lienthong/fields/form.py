"""Forms: definitions read and frozen; what was said checked, shown and made searchable."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lienthong.fields import conditions
from lienthong.fields.checking import check_fields, text_of
from lienthong.fields.conditions import ALWAYS, Condition
from lienthong.fields.kind import Context, Field, Problems
from lienthong.fields.kinds import kinds
from lienthong.fields.values import is_empty
from lienthong.kernel.faults import Fault, Faults, Path

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
COMMON = {"key", "kind", "label", "help", "required", "section", "show_when", "require_when", "fields"}
FACTS = ("channel", "subject", "case_kind")
DEEPEST = 3
MOST = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check: the values to keep (of shown fields, canonical) and what is wrong, by dotted path."""

    values: dict[str, Any]
    problems: Problems

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a filled form as it is read: how deep it stands, its label and text; a heading has no text."""

    path: str
    label: str
    text: str
    level: int = 0
    kind: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Biểu mẫu: the fields of a definition, in their order."""

    fields: tuple[Field, ...] = ()

    def keys(self) -> tuple[str, ...]:
        """Return the keys of its own fields."""
        return tuple(field.key for field in self.fields)

    def field(self, key: str) -> Field:
        """Return a field; an unknown key is a bug and raises ``KeyError``."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)

    def kinds(self) -> dict[str, str]:
        """Return the kind of each field by its key, with the parts of none."""
        return {field.key: field.kind.name for field in self.fields}

    def check(self, values: Mapping[str, Any], *, context: Context, whole: bool = True) -> Checked:
        """Check what was said. ``whole=False`` (autosave) requires nothing and drops nothing that is hidden now."""
        clean, problems = check_fields(self.fields, values, context, outer=ChainMap(), whole=whole)
        return Checked(clean, problems)

    def shown(self, values: Mapping[str, Any], *, context: Context) -> list[Row]:
        """Return what was said as lines to read and print, in the order of the form; what is empty is left out."""
        return list(_rows(self.fields, values, context, prefix="", level=0))

    def text(self, values: Mapping[str, Any], *, context: Context) -> str:
        """Return everything said as one text, for searching."""
        return " · ".join(row.text for row in self.shown(values, context=context) if row.text)


def read(raw: Sequence[Mapping[str, Any]]) -> Form:
    """Read a definition; raises ``Faults`` with the path of each into ``raw``."""
    faults: list[Fault] = []
    fields = _fields(raw, (), {}, faults, depth=1)
    if len(raw) > MOST:
        faults.append(Fault((), f"Biểu mẫu có {len(raw)} trường; nhiều nhất {MOST}. Hãy gộp vào bảng hoặc bỏ bớt."))
    if faults:
        raise Faults(faults)
    return Form(fields)


def _fields(raw: object, at: Path, outer: Mapping[str, str], faults: list[Fault], *, depth: int) -> tuple[Field, ...]:
    if not isinstance(raw, Sequence) or isinstance(raw, str) or not all(isinstance(one, Mapping) for one in raw):
        faults.append(Fault(at, "Các trường phải là một danh sách bảng [[fields]]."))
        return ()
    earlier: dict[str, str] = dict(outer)
    own: set[str] = set()
    fields = []
    for number, entry in enumerate(raw):
        field = _field(entry, (*at, number), earlier, faults, depth=depth)
        if field is None:
            continue
        if field.key in own or field.key in outer:
            faults.append(Fault((*at, number, "key"), f"Trường “{field.key}” đã có ở trên. Đặt mã khác."))
        own.add(field.key)
        earlier[field.key] = field.kind.name
        fields.append(field)
    return tuple(fields)


def _field(
    entry: Mapping[str, Any], at: Path, earlier: Mapping[str, str], faults: list[Fault], *, depth: int
) -> Field | None:
    key, kind = entry.get("key"), kinds().get(str(entry.get("kind")))
    if not isinstance(key, str) or not KEY.fullmatch(key):
        faults.append(Fault((*at, "key"), "Mã trường (key) gồm chữ thường không dấu, số, gạch dưới; tối đa 40 ký tự."))
        key = "?"
    if kind is None:
        said = entry.get("kind")
        faults.append(Fault((*at, "kind"), f"Không có loại trường “{said}”. Chọn một trong: {', '.join(kinds())}."))
        return None
    label = entry.get("label")
    if not isinstance(label, str) or not label.strip():
        faults.append(Fault((*at, "label"), "Ghi nhãn (label) của trường."))
        label = key
    given = {name: value for name, value in entry.items() if name not in COMMON}
    allowed = ", ".join(sorted({*COMMON, *kind.options}))
    faults += [
        Fault((*at, name), f"Trường loại {kind.name} không có mục “{name}”. Các mục: {allowed}.")
        for name in given
        if name not in kind.options
    ]
    options = {**kind.options, **{name: value for name, value in given.items() if name in kind.options}}
    faults += [fault.under(*at) for fault in kind.faults(options, earlier)]
    for name in ("help", "section"):
        if not isinstance(entry.get(name, ""), str):
            faults.append(Fault((*at, name), f"{name} phải là chữ."))
    if not isinstance(entry.get("required", False), bool):
        faults.append(Fault((*at, "required"), "required là true hoặc false."))
    return Field(
        key=key,
        kind=kind,
        label=label.strip(),
        help=str(entry.get("help", "")),
        required=entry.get("required", False) is True,
        section=str(entry.get("section", "")),
        show_when=_condition(entry, "show_when", at, earlier, faults) or ALWAYS,
        require_when=_condition(entry, "require_when", at, earlier, faults),
        options=options,
        fields=_inner(entry, at, {**earlier, key: kind.name}, faults, has=kind.has_fields, depth=depth),
    )


def _inner(
    entry: Mapping[str, Any], at: Path, earlier: Mapping[str, str], faults: list[Fault], *, has: bool, depth: int
) -> tuple[Field, ...]:
    if not has:
        if "fields" in entry:
            faults.append(Fault((*at, "fields"), "Chỉ nhóm (group) và bảng (table) có trường con."))
        return ()
    if depth >= DEEPEST:
        faults.append(Fault((*at, "fields"), f"Nhóm lồng nhau nhiều nhất {DEEPEST - 1} lần."))
        return ()
    if not entry.get("fields"):
        faults.append(Fault((*at, "fields"), "Nhóm, bảng cần ít nhất một trường con [[fields.fields]]."))
        return ()
    return _fields(entry["fields"], (*at, "fields"), earlier, faults, depth=depth + 1)


def _condition(
    entry: Mapping[str, Any], name: str, at: Path, earlier: Collection[str], faults: list[Fault]
) -> Condition | None:
    if name not in entry:
        return None
    try:
        return conditions.read(entry[name], known=earlier, facts=FACTS)
    except Faults as found:
        faults += [fault.under(*at, name) for fault in found.faults]
        return None


def _rows(
    fields: Sequence[Field], values: Mapping[str, Any], context: Context, *, prefix: str, level: int
) -> Iterator[Row]:
    section = ""
    for field in fields:
        section = field.section or section
        value = values.get(field.key)
        if is_empty(value) and value is not False:
            continue
        path = f"{prefix}{field.key}"
        if field.kind.has_fields and isinstance(value, list):
            yield from _group_rows(field, value, context, path, level, section)
        else:
            yield Row(path, field.label, text_of(field, value, context), level, field.kind.name, section)


def _group_rows(field: Field, value: list[Any], context: Context, path: str, level: int, section: str) -> Iterator[Row]:
    yield Row(path, field.label, "", level, field.kind.name, section)
    for number, row in enumerate(value):
        if len(value) > 1:
            item = field.options["item"]
            yield Row(f"{path}.{number}", f"{item[:1].upper()}{item[1:]} {number + 1}", "", level + 1, "item", section)
        if isinstance(row, Mapping):
            yield from _rows(field.fields, row, context, prefix=f"{path}.{number}.", level=level + 1)
