"""Dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from lienthong.fields.kind import Cleaned, Context, Field, Kind
from lienthong.fields.values import clean_text, look_up
from lienthong.kernel.faults import Fault

WRITTEN = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
EARLIEST = dt.date(1850, 1, 1)
LATEST = dt.date(2150, 12, 31)


class Date(Kind):
    """Ngày: a day, as 2014-01-22; ``not_before``, ``not_after`` are a day, "today", or the key of a field before."""

    name = "date"
    label = "Ngày"
    options = {"not_before": "", "not_after": ""}

    def faults(self, options: Mapping[str, Any], earlier: Mapping[str, str]) -> list[Fault]:
        """Return what is wrong with the bounds."""
        found = []
        for name in ("not_before", "not_after"):
            said = options.get(name)
            if said and said != "today" and said not in earlier and parse(str(said)) is None:
                found.append(Fault((name,), f"{name} là một ngày, “today”, hoặc mã một trường ngày đứng trước."))
        return found

    def clean(self, value: Any, field: Field, context: Context, values: Mapping[str, Any], *, whole: bool) -> Cleaned:  # noqa: ARG002
        """Return the day in ISO form."""
        day = parse(value)
        if day is None:
            return value, {"": f"{field.name}: không có ngày này. Ghi ngày/tháng/năm, ví dụ 22/01/2014."}
        problem = self._bounds(day, field, context, values)
        return day.isoformat(), {"": problem} if problem else {}

    def _bounds(self, day: dt.date, field: Field, context: Context, values: Mapping[str, Any]) -> str:
        least = self._bound(field.options.get("not_before"), context, values)
        most = self._bound(field.options.get("not_after"), context, values)
        if least is not None and day < least:
            return f"{field.name} không được trước ngày {least:%d/%m/%Y}."
        if most is not None and day > most:
            return f"{field.name} không được sau ngày {most:%d/%m/%Y}."
        return ""

    @staticmethod
    def _bound(said: Any, context: Context, values: Mapping[str, Any]) -> dt.date | None:
        if not said:
            return None
        return context.on if said == "today" else parse(said) or parse(look_up(values, str(said)))

    def text(self, value: Any, field: Field, context: Context) -> str:  # noqa: ARG002
        """Return the day as written: 22/01/2014."""
        return written(value)


def parse(value: Any) -> dt.date | None:
    """Read a day: 22/01/2014, 22-1-2014, 2014-01-22; None where there is no such day."""
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        return None
    text = clean_text(value)
    found = WRITTEN.fullmatch(text)
    try:
        day = dt.date(int(found[3]), int(found[2]), int(found[1])) if found else dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def written(value: str) -> str:
    """Return a canonical day, or a bare year, as people write it."""
    day = parse(value)
    return f"{day:%d/%m/%Y}" if day else str(value)


KIND = Date()
