"""Yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lienthong.fields.kind import Cleaned, Context, Field, Kind

YES = {"on", "true", "1", "yes", "có"}
NO = {"off", "false", "0", "no", "không", ""}


class YesNo(Kind):
    """Có hay không: true or false; a box that is not ticked is false."""

    name = "yes_no"
    label = "Có / không"

    def clean(self, value: Any, field: Field, context: Context, values: Mapping[str, Any], *, whole: bool) -> Cleaned:  # noqa: ARG002
        """Return true or false."""
        if isinstance(value, bool):
            return value, {}
        said = str(value).strip().lower()
        if said not in YES | NO:
            return value, {"": f"{field.name}: chọn Có hoặc Không."}
        return said in YES, {}

    def text(self, value: Any, field: Field, context: Context) -> str:  # noqa: ARG002
        """Return Có or Không."""
        return "Có" if value else "Không"


KIND = YesNo()
