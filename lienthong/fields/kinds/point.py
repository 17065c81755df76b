"""A point on the map."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lienthong.fields.kind import Cleaned, Context, Field, Kind
from lienthong.fields.values import clean_text

NUMBER = re.compile(r"-?\d{1,3}(?:[.,]\d{1,9})?")
BOUNDS = {"lat": (6.0, 24.0), "lon": (100.0, 118.0)}
NAMES = {"lat": "vĩ độ", "lon": "kinh độ"}


class Point(Kind):
    """Vị trí: ``{"lat", "lon"}`` in degrees (WGS 84), within Việt Nam and its sea."""

    name = "point"
    label = "Vị trí trên bản đồ"

    def clean(self, value: Any, field: Field, context: Context, values: Mapping[str, Any], *, whole: bool) -> Cleaned:  # noqa: ARG002
        """Return the point, to the ten-thousandth of a second of arc that a phone can tell (6 decimals)."""
        if not isinstance(value, Mapping):
            return value, {"": f"{field.name}: cần vĩ độ và kinh độ."}
        clean: dict[str, Any] = {}
        problems = {}
        for part, (least, most) in BOUNDS.items():
            degrees = parse_degrees(value.get(part))
            clean[part] = value.get(part) if degrees is None else degrees
            if degrees is None or not least <= degrees <= most:
                problems[part] = f"{field.name}: {NAMES[part]} từ {least:g} đến {most:g} độ, ví dụ 10,928."
        return clean, problems

    def text(self, value: Any, field: Field, context: Context) -> str:  # noqa: ARG002
        """Return the coordinates."""
        return f"{value['lat']:.6f}, {value['lon']:.6f}"


def parse_degrees(value: Any) -> float | None:
    """Read degrees, with a dot or a comma."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = clean_text(repr(value) if isinstance(value, float) else value)
    return round(float(text.replace(",", ".")), 6) if NUMBER.fullmatch(text) else None


KIND = Point()
