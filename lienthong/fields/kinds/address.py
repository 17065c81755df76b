"""Addresses: an area by its code, and what stands before it on an envelope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lienthong.fields.kind import Cleaned, Context, Field, Kind
from lienthong.fields.values import clean_text

LONGEST = 200
PARTS = ("commune", "street")


class Address(Kind):
    """Địa chỉ: ``commune`` (the code of a commune on the day) and ``street`` (number, street, hamlet)."""

    name = "address"
    label = "Địa chỉ"
    options = {"street_required": False}

    def clean(self, value: Any, field: Field, context: Context, values: Mapping[str, Any], *, whole: bool) -> Cleaned:  # noqa: ARG002
        """Return ``{"commune", "street"}``; the commune must exist on the day."""
        if not isinstance(value, Mapping):
            return value, {"": f"{field.name}: cần chọn xã, phường."}
        problems: dict[str, str] = {}
        clean = {part: clean_text(value.get(part)) for part in PARTS}
        if clean["commune"] and context.lookups.commune(clean["commune"], context.on) is None:
            problems["commune"] = (
                f"{field.name}: không có xã, phường này vào ngày khai. Gõ tên rồi chọn trong danh sách."
            )
        if whole and not clean["commune"]:
            problems["commune"] = f"{field.name}: cần chọn xã, phường."
        if whole and field.options.get("street_required") and not clean["street"]:
            problems["street"] = f"{field.name}: ghi số nhà, đường, thôn hoặc khu phố."
        if len(clean["street"]) > LONGEST:
            problems["street"] = f"{field.name}: phần số nhà, đường dài quá {LONGEST} ký tự."
        return {part: said for part, said in clean.items() if said}, problems

    def text(self, value: Any, field: Field, context: Context) -> str:  # noqa: ARG002
        """Return the address on one line."""
        commune = value.get("commune", "")
        name = context.lookups.commune(commune, context.on) if commune else ""
        return ", ".join(filter(None, (value.get("street", ""), name or commune)))


KIND = Address()
