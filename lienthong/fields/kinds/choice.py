"""One of several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lienthong.fields.kind import Cleaned, Context, Field, Kind
from lienthong.kernel.faults import Fault

MOST = 300


class Choice(Kind):
    """Chọn một: one of ``options``, each a key with its label."""

    name = "choice"
    label = "Chọn một"
    options = {"options": ()}

    def faults(self, options: Mapping[str, Any], earlier: Mapping[str, str]) -> list[Fault]:  # noqa: ARG002
        """Return what is wrong with the list of options."""
        listed = options.get("options")
        if not isinstance(listed, list) or not 1 < len(listed) <= MOST:
            return [Fault(("options",), f'Cần 2 đến {MOST} lựa chọn: options = [{{ key = "a", label = "…" }}, …].')]
        found, seen = [], set()
        for number, one in enumerate(listed):
            if (
                not isinstance(one, Mapping)
                or set(one) != {"key", "label"}
                or not all(isinstance(part, str) and part for part in one.values())
            ):
                found.append(Fault(("options", number), "Mỗi lựa chọn có key và label bằng chữ."))
                continue
            if one["key"] in seen:
                found.append(Fault(("options", number), f"Lựa chọn “{one['key']}” có hai lần."))
            seen.add(one["key"])
        return found

    def clean(self, value: Any, field: Field, context: Context, values: Mapping[str, Any], *, whole: bool) -> Cleaned:  # noqa: ARG002
        """Return the key of the option."""
        if not isinstance(value, str) or value not in labels(field):
            return value, {"": f"{field.name}: hãy chọn một trong danh sách."}
        return value, {}

    def text(self, value: Any, field: Field, context: Context) -> str:  # noqa: ARG002
        """Return the label of the option."""
        return labels(field).get(value, str(value))


def labels(field: Field) -> dict[str, str]:
    """Return the options of a field: key to label, in their order."""
    return {one["key"]: one["label"] for one in field.options["options"]}


KIND = Choice()
