"""Files that were uploaded before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lienthong.fields.kind import Cleaned, Context, Field, Kind, whole_number
from lienthong.kernel.faults import Fault


class File(Kind):
    """Tệp: stored files, at most ``max`` of them; the keys of files that the asker may use."""

    name = "file"
    label = "Tệp đính kèm"
    options = {"max": 5}

    def faults(self, options: Mapping[str, Any], earlier: Mapping[str, str]) -> list[Fault]:  # noqa: ARG002
        """Return what is wrong with the bound."""
        return whole_number(options, "max", 1)

    def clean(self, value: Any, field: Field, context: Context, values: Mapping[str, Any], *, whole: bool) -> Cleaned:  # noqa: ARG002
        """Return the keys of the files, each once."""
        listed = value if isinstance(value, list) else [value]
        try:
            keys = list(dict.fromkeys(int(one) for one in listed if one not in ("", None)))
        except (TypeError, ValueError):
            return value, {"": f"{field.name}: tệp không đúng. Hãy tải lên lại."}
        if any(context.lookups.file(key) is None for key in keys):
            return keys, {"": f"{field.name}: có tệp không còn. Hãy tải lên lại."}
        if len(keys) > field.options["max"]:
            return keys, {"": f"{field.name}: nhiều nhất {field.options['max']} tệp."}
        return keys, {}

    def text(self, value: Any, field: Field, context: Context) -> str:  # noqa: ARG002
        """Return the names of the files."""
        return "; ".join(context.lookups.file(key) or f"tệp số {key}" for key in value)


KIND = File()
