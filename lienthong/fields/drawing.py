"""How a form is drawn: each field as what a template needs, with what was said and what is wrong beside it."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lienthong.fields.form import Form
from lienthong.fields.kind import Context, Field
from lienthong.fields.kinds import date
from lienthong.fields.kinds.choice import labels
from lienthong.fields.kinds.enterprise import PARTS as ENTERPRISE_PARTS
from lienthong.fields.kinds.number import dotted
from lienthong.fields.kinds.person import ID_KINDS, PARTS, SEXES

ROWS_AT_FIRST = 1


@dataclass(slots=True)
class Drawn:
    """One field on a page. ``shape`` names the template; ``decides``: others are asked by what is said here."""

    shape: str
    path: str
    label: str
    help: str = ""
    required: bool = False
    value: Any = ""
    text: str = ""
    error: str = ""
    section: str = ""
    suffix: str = ""
    options: list[tuple[str, str, bool]] = field(default_factory=list)
    parts: list[Drawn] = field(default_factory=list)
    rows: list[list[Drawn]] = field(default_factory=list)
    item: str = ""
    may_add: bool = False
    decides: bool = False

    @property
    def key(self) -> str:
        """The id of its control."""
        return "f-" + self.path.replace(".", "-")


def drawn(
    form: Form, values: Mapping[str, Any], *, problems: Mapping[str, str] | None = None, context: Context
) -> list[Drawn]:
    """Return the fields that are asked now, in their order."""
    deciding = set(_deciding(form.fields))
    return list(_fields(form.fields, values, problems or {}, context, ChainMap(), "", deciding))


def _deciding(fields: Sequence[Field]) -> Iterator[str]:
    for one in fields:
        for condition in (one.show_when, one.require_when):
            if condition is not None:
                yield from (key.partition(".")[0] for key in condition.fields())
        yield from _deciding(one.fields)


def _fields(
    fields: Sequence[Field],
    values: Mapping[str, Any],
    problems: Mapping[str, str],
    context: Context,
    outer: Mapping[str, Any],
    prefix: str,
    deciding: set[str],
) -> Iterator[Drawn]:
    scope: ChainMap[str, Any] = ChainMap(dict(values), dict(outer))
    for one in fields:
        if not one.is_shown(scope, context):
            continue
        path = f"{prefix}{one.key}"
        made = _drawn(one, path, values.get(one.key), problems, context, scope, deciding)
        made.section, made.help = one.section, one.help
        made.required = one.is_required(scope, context)
        made.error, made.decides = problems.get(path, ""), one.key in deciding
        yield made


def _drawn(
    one: Field,
    path: str,
    value: Any,
    problems: Mapping[str, str],
    context: Context,
    scope: Mapping[str, Any],
    deciding: set[str],
) -> Drawn:
    kind, made = one.kind.name, Drawn(one.kind.name, path, one.label)
    if one.kind.has_fields:
        return _group(one, made, value, problems, context, scope, deciding)
    if kind in ("person", "enterprise"):
        names = PARTS if kind == "person" else ENTERPRISE_PARTS
        said = value if isinstance(value, Mapping) else {}
        made.shape = "person"
        made.parts = [
            _part(
                part,
                names[part],
                f"{path}.{part}",
                said.get(part),
                required=part in one.options["required_parts"],
                problems=problems,
                context=context,
            )
            for part in one.options["parts"]
        ]
        return made
    if kind == "address":
        return _address(made, value, problems, context)
    if kind in ("choice", "choices"):
        chosen = value if isinstance(value, list) else [value]
        made.options = [(key, label, key in chosen) for key, label in labels(one).items()]
        made.shape = kind if kind == "choices" or len(made.options) > 5 else "radio"
        return made
    return _plain(one, made, value, problems, context)


def _plain(one: Field, made: Drawn, value: Any, problems: Mapping[str, str], context: Context) -> Drawn:
    kind = one.kind.name
    if kind == "point":
        said = value if isinstance(value, Mapping) else {}
        made.parts = [
            Drawn(
                "text",
                f"{made.path}.{part}",
                label,
                value=said.get(part, ""),
                error=problems.get(f"{made.path}.{part}", ""),
            )
            for part, label in (("lat", "Vĩ độ"), ("lon", "Kinh độ"))
        ]
        made.shape = "person"
    elif kind == "area":
        ring = value.get("ring") if isinstance(value, Mapping) else None
        made.value = "\n".join(f"{lat} {lon}" for lon, lat in ring) if ring else value or ""
        made.shape, made.text = "paragraph", "Mỗi góc một dòng: vĩ độ, dấu cách, kinh độ."
    elif kind == "signature":
        made.value = value.get("name", "") if isinstance(value, Mapping) else value or ""
        made.path, made.text = f"{made.path}.name", one.options["text"]
    elif kind == "file":
        keys = value if isinstance(value, list) else []
        made.options = [(str(key), context.lookups.file(int(key)) or "", True) for key in keys if str(key).isdecimal()]
    else:
        made.value = _typed(kind, value)
        made.suffix = "đ" if kind == "money" else str(one.options.get("unit", "") or "")
        made.shape = {"number": "text", "money": "text", "date": "date"}.get(kind, kind)
    return made


def _typed(kind: str, value: Any) -> Any:
    """Return a value as people type it."""
    if kind == "date" and isinstance(value, str):
        return date.written(value)
    if kind in ("number", "money") and isinstance(value, int) and not isinstance(value, bool):
        return dotted(value)
    return "" if value is None else value


def _part(
    part: str, label: str, path: str, value: Any, *, required: bool, problems: Mapping[str, str], context: Context
) -> Drawn:  # fmt: skip
    words = f"{label[:1].upper()}{label[1:]}"
    made = Drawn("text", path, words, required=required, error=problems.get(path, ""))
    if part in ("residence", "address"):
        return _address(made, value, problems, context)
    known = {"sex": SEXES, "id_kind": ID_KINDS}.get(part)
    if known:
        made.shape, made.options = "choice", [(key, name, key == value) for key, name in known.items()]
    elif part in ("birth", "id_date", "registered_on"):
        made.shape, made.value = "date", _typed("date", value)
        made.help = "Ngày/tháng/năm, hoặc chỉ năm." if part == "birth" else ""
    else:
        made.value = value or ""
    return made


def _address(made: Drawn, value: Any, problems: Mapping[str, str], context: Context) -> Drawn:
    said = value if isinstance(value, Mapping) else {}
    commune = str(said.get("commune", ""))
    made.shape, made.value = "address", commune
    made.text = (context.lookups.commune(commune, context.on) or commune) if commune else ""
    path = made.path
    made.parts = [
        Drawn("text", f"{path}.street", "Số nhà, đường, thôn, khu phố", value=said.get("street", ""),
              error=problems.get(f"{path}.street", ""))
    ]  # fmt: skip
    made.error = problems.get(path, "") or problems.get(f"{path}.commune", "")
    return made


def _group(
    one: Field,
    made: Drawn,
    value: Any,
    problems: Mapping[str, str],
    context: Context,
    scope: Mapping[str, Any],
    deciding: set[str],
) -> Drawn:
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
    rows = rows or [{}] * max(one.options["min"], ROWS_AT_FIRST if value is None else 0)
    made.rows = [
        list(_fields(one.fields, row, problems, context, scope, f"{made.path}.{number}.", deciding))
        for number, row in enumerate(rows)
    ]
    made.shape, made.item = "group", one.options["item"]
    made.may_add = len(rows) < one.options["max"]
    return made
