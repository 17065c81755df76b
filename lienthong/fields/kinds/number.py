"""Numbers, as Vietnamese write them: dots between thousands, a comma before decimals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lienthong.fields.kind import Cleaned, Context, Field, Kind, whole_number
from lienthong.fields.values import clean_text
from lienthong.kernel.faults import Fault

WHOLE = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d{1,15})")
BROKEN = re.compile(r"(-?(?:\d{1,3}(?:\.\d{3})+|\d{1,15}))(?:,(\d{1,6}))?|(-?\d{1,15})\.(\d{1,2}|\d{4,6})")


class Number(Kind):
    """Số: a whole number, or with ``decimals`` a text with a comma ("12,5"); from ``min`` to ``max``, in a ``unit``."""

    name = "number"
    label = "Số"
    options = {"min": None, "max": None, "unit": "", "decimals": 0}

    def faults(self, options: Mapping[str, Any], earlier: Mapping[str, str]) -> list[Fault]:  # noqa: ARG002
        """Return what is wrong with the bounds."""
        found = whole_number(options, "decimals")
        for name in ("min", "max"):
            if options.get(name) is not None and not isinstance(options[name], int):
                found.append(Fault((name,), f"{name} phải là số nguyên."))
        least, most = options.get("min"), options.get("max")
        if isinstance(least, int) and isinstance(most, int) and least > most:
            found.append(Fault(("min",), "min không được lớn hơn max."))
        return found

    def clean(self, value: Any, field: Field, context: Context, values: Mapping[str, Any], *, whole: bool) -> Cleaned:  # noqa: ARG002
        """Return an int, or with decimals a text with a comma."""
        decimals = field.options.get("decimals", 0)
        number = self.parse(value, decimals)
        if number is None:
            return value, {"": f"{field.name}: ghi bằng số, ví dụ {self.example(decimals)}."}
        canonical: Any = int(number) if not decimals else comma(number)
        problem = self._bounds(number, field)
        return canonical, {"": problem} if problem else {}

    def example(self, decimals: int) -> str:
        """Return what a right answer may look like."""
        return "1.200,5" if decimals else "1.200"

    def parse(self, value: Any, decimals: int) -> Decimal | None:
        """Read a number; None where it is none, or has more decimals than it may."""
        if isinstance(value, bool) or not isinstance(value, int | str):
            return None
        text = clean_text(value).replace(" ", "")
        if WHOLE.fullmatch(text):
            return Decimal(text.replace(".", ""))
        found = BROKEN.fullmatch(text)
        if found is None or not decimals:
            return None
        before, after = (found[1], found[2]) if found[1] is not None else (found[3], found[4])
        if len(after or "") > decimals:
            return None
        return Decimal(f"{before.replace('.', '')}.{after or 0}")

    def _bounds(self, number: Decimal, field: Field) -> str:
        least, most, unit = field.options.get("min"), field.options.get("max"), field.options.get("unit", "")
        suffix = f" {unit}" if unit else ""
        if least is not None and number < least:
            return f"{field.name} phải từ {dotted(least)}{suffix} trở lên."
        if most is not None and number > most:
            return f"{field.name} không quá {dotted(most)}{suffix}."
        return ""

    def text(self, value: Any, field: Field, context: Context) -> str:  # noqa: ARG002
        """Return the number with its unit."""
        before, mark, after = str(value).partition(",")
        said = dotted(int(before)) + mark + after
        return f"{said} {field.options['unit']}" if field.options.get("unit") else said


def dotted(number: int) -> str:
    """Write a whole number with dots between thousands."""
    return f"{number:,}".replace(",", ".")


def comma(number: Decimal) -> str:
    """Write a decimal with a comma, without idle zeros and without dots: the canonical value."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


KIND = Number()
