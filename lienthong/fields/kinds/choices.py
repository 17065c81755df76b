"""Some of several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lienthong.fields.kind import Cleaned, Context, Field, whole_number
from lienthong.fields.kinds.choice import Choice, labels
from lienthong.kernel.faults import Fault


class Choices(Choice):
    """Chọn nhiều: any of ``options``, at least ``min`` and at most ``max`` of them, in the order of the options."""

    name = "choices"
    label = "Chọn nhiều"
    options = {"options": (), "min": 0, "max": None}

    def faults(self, options: Mapping[str, Any], earlier: Mapping[str, str]) -> list[Fault]:
        """Return what is wrong with the list or the bounds."""
        return super().faults(options, earlier) + whole_number(options, "min") + whole_number(options, "max", 1)

    def clean(self, value: Any, field: Field, context: Context, values: Mapping[str, Any], *, whole: bool) -> Cleaned:  # noqa: ARG002
        """Return the keys of the options chosen."""
        chosen = [value] if isinstance(value, str) else value
        known = labels(field)
        if not isinstance(chosen, list) or not all(isinstance(one, str) and one in known for one in chosen):
            return value, {"": f"{field.name}: hãy chọn trong danh sách."}
        clean = [key for key in known if key in chosen]
        least, most = field.options.get("min") or 0, field.options.get("max")
        if whole and len(clean) < least:
            return clean, {"": f"{field.name}: chọn ít nhất {least}."}
        if most is not None and len(clean) > most:
            return clean, {"": f"{field.name}: chọn nhiều nhất {most}."}
        return clean, {}

    def text(self, value: Any, field: Field, context: Context) -> str:  # noqa: ARG002
        """Return the labels joined."""
        known = labels(field)
        return "; ".join(known.get(one, str(one)) for one in value)


KIND = Choices()
