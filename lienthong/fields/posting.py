"""From what a browser sends to raw values: names are dotted paths (``tre.name``, ``thanh_vien.0.ten``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from lienthong.fields.form import Form
from lienthong.fields.kind import Field

MOST_ROWS = 100
LISTS = ("choices", "file")
TEXTS = ("text", "paragraph", "number", "money", "date", "choice")


def values_from(form: Form, post: QueryDict, *, prefix: str = "") -> dict[str, Any]:
    """Return the raw values of a form; ``add`` and ``remove`` (buttons) add and take away rows of groups."""
    return _values(form.fields, post, prefix)


def _values(fields: Sequence[Field], post: QueryDict, prefix: str) -> dict[str, Any]:
    return {field.key: _value(field, post, f"{prefix}{field.key}") for field in fields}


def _value(field: Field, post: QueryDict, path: str) -> Any:
    kind = field.kind.name
    if field.kind.has_fields:
        return _rows(field, post, path)
    if kind in LISTS:
        return [one for one in post.getlist(path) if one]
    if kind == "yes_no":
        return path in post
    if kind in ("person", "enterprise"):
        return {part: _part(part, post, f"{path}.{part}") for part in field.options["parts"]}
    if kind == "address":
        return _address(post, path)
    if kind == "point":
        return _said({part: post.get(f"{path}.{part}", "") for part in ("lat", "lon")})
    if kind == "signature":
        return _said({"name": post.get(f"{path}.name", "")})
    return post.get(path, "")


def _part(part: str, post: QueryDict, path: str) -> Any:
    return _address(post, path) if part in ("residence", "address") else post.get(path, "")


def _address(post: QueryDict, path: str) -> dict[str, str]:
    return _said({part: post.get(f"{path}.{part}", "") for part in ("commune", "street")})


def _said(parts: dict[str, str]) -> dict[str, str]:
    return parts if any(parts.values()) else {}


def _rows(field: Field, post: QueryDict, path: str) -> list[dict[str, Any]]:
    count = post.get(f"{path}.count", "0")
    number = min(int(count), MOST_ROWS) if count.isdecimal() else 0
    removed = post.get("remove", "")
    rows = [_values(field.fields, post, f"{path}.{row}.") for row in range(number) if f"{path}.{row}" != removed]
    return [*rows, {}] if post.get("add") == path else rows
