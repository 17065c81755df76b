"""A group of fields that may be filled in several times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lienthong.fields.checking import check_fields, said_of
from lienthong.fields.kind import Cleaned, Context, Field, Kind, whole_number
from lienthong.fields.values import is_empty
from lienthong.kernel.faults import Fault

MOST = 100


class Group(Kind):
    """Nhóm lặp: parts filled in from ``min`` to ``max`` times; ``item`` is what one of them is called."""

    name = "group"
    label = "Nhóm lặp"
    options = {"min": 0, "max": 20, "item": "mục"}
    has_fields = True

    def faults(self, options: Mapping[str, Any], earlier: Mapping[str, str]) -> list[Fault]:  # noqa: ARG002
        """Return what is wrong with the bounds."""
        found = whole_number(options, "min") + whole_number(options, "max", 1)
        if not found and not options["min"] <= options["max"] <= MOST:
            found.append(Fault(("max",), f"max từ min đến {MOST}."))
        return found

    def clean(self, value: Any, field: Field, context: Context, values: Mapping[str, Any], *, whole: bool) -> Cleaned:
        """Return a list of rows; rows in which nothing was said are left out."""
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            return value, {"": f"{field.name}: dữ liệu không đúng dạng."}
        rows = [row for row in value if not is_empty({k: v for k, v in row.items() if v is not False})]
        problems: dict[str, str] = {}
        clean = []
        for number, row in enumerate(rows):
            checked, found = check_fields(field.fields, row, context, outer=values, whole=whole)
            clean.append(checked)
            problems.update({f"{number}.{path}": words for path, words in found.items()})
        item, least, most = field.options["item"], field.options["min"], field.options["max"]
        if whole and len(clean) < least:
            problems[""] = f"{field.name}: cần ít nhất {least} {item}."
        if len(clean) > most:
            problems[""] = f"{field.name}: nhiều nhất {most} {item}."
        return clean, problems

    def text(self, value: Any, field: Field, context: Context) -> str:
        """Return the rows on one line."""
        return "; ".join(", ".join(text for _, text in said_of(field.fields, row, context)) for row in value)


KIND = Group()
