"""An area on the map."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lienthong.fields.kind import Cleaned, Context, Field, Kind
from lienthong.fields.kinds.point import BOUNDS, parse_degrees

MOST = 500
PAIR = re.compile(r"\s*([-\d.,]+)[\s;]+([-\d.,]+)\s*")


class Area(Kind):
    """Khu vực: ``{"ring": [[lon, lat], …]}``, the corners in their order, at least three, not closed again.

    It may be typed as lines "vĩ độ kinh độ".
    """

    name = "area"
    label = "Khu vực trên bản đồ"

    def clean(self, value: Any, field: Field, context: Context, values: Mapping[str, Any], *, whole: bool) -> Cleaned:  # noqa: ARG002
        """Return the ring."""
        raw = _typed(value) if isinstance(value, str) else value.get("ring") if isinstance(value, Mapping) else None
        if not isinstance(raw, list) or not 3 <= len(raw) <= MOST:
            return value, {"": f"{field.name}: ghi từ 3 góc trở lên, mỗi góc một dòng “vĩ độ kinh độ”."}
        ring = []
        for number, corner in enumerate(raw, start=1):
            pair = _corner(corner)
            if pair is None:
                return value, {
                    "": f"{field.name}: góc thứ {number} không đúng. Ghi “vĩ độ kinh độ”, ví dụ 10,92 108,1."
                }
            ring.append(pair)
        return {"ring": ring[:-1] if len(ring) > 3 and ring[0] == ring[-1] else ring}, {}

    def text(self, value: Any, field: Field, context: Context) -> str:  # noqa: ARG002
        """Return how many corners it has and the first of them."""
        lon, lat = value["ring"][0]
        return f"{len(value['ring'])} góc, từ {lat:.6f}, {lon:.6f}"


def _typed(text: str) -> list[list[str]] | None:
    pairs = [PAIR.fullmatch(line) for line in text.strip().splitlines() if line.strip()]
    return [[pair[2], pair[1]] for pair in pairs if pair] if pairs and all(pairs) else None


def _corner(corner: Any) -> list[float] | None:
    if not isinstance(corner, list | tuple) or len(corner) != 2:
        return None
    lon, lat = (parse_degrees(part) for part in corner)
    if lon is None or lat is None:
        return None
    inside = BOUNDS["lat"][0] <= lat <= BOUNDS["lat"][1] and BOUNDS["lon"][0] <= lon <= BOUNDS["lon"][1]
    return [lon, lat] if inside else None


KIND = Area()
