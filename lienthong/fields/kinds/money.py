"""Money: whole đồng."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lienthong.fields.kind import Cleaned, Context, Field
from lienthong.fields.kinds.number import Number, dotted
from lienthong.fields.values import clean_text

CURRENCY = re.compile(r"\s*(?:đồng|đ|vnđ|vnd)\.?$", re.IGNORECASE)


class Money(Number):
    """Tiền: an amount in đồng, whole; from ``min`` (0) to ``max``."""

    name = "money"
    label = "Số tiền"
    options = {"min": 0, "max": 10**15}

    def clean(self, value: Any, field: Field, context: Context, values: Mapping[str, Any], *, whole: bool) -> Cleaned:
        """Return whole đồng."""
        if isinstance(value, str):
            value = CURRENCY.sub("", clean_text(value))
        return super().clean(value, field, context, values, whole=whole)

    def text(self, value: Any, field: Field, context: Context) -> str:  # noqa: ARG002
        """Return the amount as printed: 1.200.000 đ."""
        return f"{dotted(value)} đ"


KIND = Money()
