"""Money: whole đồng."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lienthong.fields.kind import Context, Field
from lienthong.fields.kinds.number import Number, dotted
from lienthong.fields.values import clean_text
from lienthong.kernel.money import EXAMPLE, read_dong


class Money(Number):
    """Tiền: an amount in đồng, whole; from ``min`` (0) to ``max``."""

    name = "money"
    label = "Số tiền"
    options = {"min": 0, "max": 10**15}

    def parse(self, value: Any, decimals: int) -> Decimal | None:
        """Read an amount as people write it: 1.200.000, 50 triệu, 1,5 tỷ."""
        if not isinstance(value, str):
            return super().parse(value, decimals)
        amount = read_dong(clean_text(value))
        return Decimal(amount) if amount is not None else None

    def example(self, decimals: int) -> str:  # noqa: ARG002
        """Return what an amount may look like."""
        return EXAMPLE

    def text(self, value: Any, field: Field, context: Context) -> str:  # noqa: ARG002
        """Return the amount as printed: 1.200.000 đ."""
        return f"{dotted(value)} đ"


KIND = Money()
