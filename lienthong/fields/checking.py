"""Checking what was said against fields, and saying it back. Knows fields, and no single kind."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lienthong.fields.kind import Context, Field, Problems
from lienthong.fields.values import is_empty


def check_fields(
    fields: Sequence[Field], values: Mapping[str, Any], context: Context, *, outer: Mapping[str, Any], whole: bool
) -> tuple[dict[str, Any], Problems]:
    """Check values against fields, one after the other: conditions see what stands before, cleaned."""
    clean: dict[str, Any] = {}
    problems: Problems = {}
    scope: ChainMap[str, Any] = ChainMap(clean, dict(outer))
    for field in fields:
        value = values.get(field.key)
        if not field.is_shown(scope, context):
            if not whole and not is_empty(value):
                clean[field.key] = value
            continue
        if is_empty(value):
            if whole and field.is_required(scope, context):
                problems[field.key] = _missing(field)
            continue
        kept, found = field.kind.clean(value, field, context, scope, whole=whole)
        if found or not is_empty(kept):
            clean[field.key] = kept
        problems.update({f"{field.key}.{path}".rstrip("."): words for path, words in found.items()})
        if whole and field.is_required(scope, context) and _says_no(field, kept):
            problems.setdefault(field.key, _missing(field))
    return clean, problems


def _says_no(field: Field, value: Any) -> bool:
    """Whether a required answer is none: a list without rows; a box to be ticked that is not."""
    return is_empty(value) or (field.kind.name == "yes_no" and value is False and field.required)


def _missing(field: Field) -> str:
    if field.kind.name == "yes_no":
        return f"Cần đánh dấu “{field.name}”."
    verb = {"choice": "chọn", "choices": "chọn", "file": "tải lên", "signature": "ký"}.get(field.kind.name, "ghi")
    return f"Cần {verb} {field.name[:1].lower()}{field.name[1:]}."


def said_of(fields: Sequence[Field], values: Mapping[str, Any], context: Context) -> Iterator[tuple[str, str]]:
    """Yield label and text of everything that was said in some fields, parts of groups included in their text."""
    for field in fields:
        value = values.get(field.key)
        if not is_empty(value) or value is False:
            yield field.label, text_of(field, value, context)


def text_of(field: Field, value: Any, context: Context) -> str:
    """Return a value as text; what is not canonical (a draft) as it stands."""
    try:
        return field.kind.text(value, field, context)
    except (AttributeError, KeyError, TypeError, ValueError, IndexError):
        return str(value)
