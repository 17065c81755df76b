"""A signature given by typing one's name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lienthong.fields.kind import Cleaned, Context, Field, Kind
from lienthong.fields.values import clean_text


class Signature(Kind):
    """Chữ ký: the name that somebody typed to declare that what they said is true; ``{"name"}``.

    It is a declaration, no digital signature: when and from where it came is in the journal of the case.
    """

    name = "signature"
    label = "Ký tên cam đoan"
    options = {"text": "Tôi cam đoan những nội dung khai trên là đúng sự thật."}

    def clean(self, value: Any, field: Field, context: Context, values: Mapping[str, Any], *, whole: bool) -> Cleaned:  # noqa: ARG002
        """Return the name."""
        said = value.get("name") if isinstance(value, Mapping) else value
        name = clean_text(said)
        if not 1 < len(name) <= 150:
            return {"name": name}, {"": f"{field.name}: gõ họ và tên của bạn."}
        return {"name": name}, {}

    def text(self, value: Any, field: Field, context: Context) -> str:  # noqa: ARG002
        """Return the name."""
        return str(value["name"])


KIND = Signature()
