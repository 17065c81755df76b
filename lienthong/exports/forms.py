"""The period over which a book is shown."""

from __future__ import annotations

from typing import Any

from django import forms

from lienthong.ui.forms import DayField


class PeriodForm(forms.Form):
    """From when to when a book is shown."""

    since = DayField(label="Từ ngày", error_messages={"required": "Hãy ghi từ ngày nào."})
    until = DayField(label="Đến ngày", error_messages={"required": "Hãy ghi đến ngày nào."})

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "Ngày cuối phải từ ngày đầu trở đi.")
        return cleaned
