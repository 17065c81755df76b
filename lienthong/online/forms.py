"""What citizens type."""

from __future__ import annotations

from django import forms


class LookupForm(forms.Form):
    """What somebody knows of their case."""

    code = forms.CharField(
        label="Mã hồ sơ", max_length=60, help_text="Ghi trên giấy tiếp nhận, ví dụ H11.31-140314-0001.",
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": "Hãy ghi mã hồ sơ."},
    )  # fmt: skip
    phone = forms.CharField(
        label="Số điện thoại đã ghi khi nộp", max_length=20,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": "Hãy ghi số điện thoại."},
    )  # fmt: skip
