"""What is said when a case is passed on that nobody could take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from lienthong.organisation.models import Unit
from lienthong.ui.forms import ListedField


class RehousingForm(forms.Form):
    """To which unit, and why."""

    unit = ListedField(
        Unit.objects.none(), label="Nơi nhận", empty_label="Chọn nơi nhận", widget=forms.Select({"data-picker": ""}),
        error_messages={"required": "Hãy chọn nơi nhận."},
    )  # fmt: skip
    reason = forms.CharField(
        label="Lý do", max_length=1000, widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Cần ghi lý do.", "max_length": "Viết không quá 1.000 chữ cái."},
    )  # fmt: skip

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a field of rows
