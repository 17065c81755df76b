"""What is typed about a rule of reception."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from lienthong.cases.models import Case, ReceptionRule
from lienthong.ui.forms import DayField

NO_HOUR = "Để trống: không có giờ cuối riêng, nộp lúc nào trong giờ làm việc cũng tính ngay."


class RuleForm(forms.Form):
    """For which channels, from when, after what."""

    channels = forms.MultipleChoiceField(
        label="Cách nộp", choices=Case.Channel.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Hãy chọn ít nhất một cách nộp."},
    )  # fmt: skip
    valid_from = DayField(
        label="Áp dụng từ ngày", help_text="Từ ngày mai trở đi; những ngày đã qua giữ nguyên quy tắc cũ.",
        error_messages={"required": "Hãy ghi ngày bắt đầu áp dụng."},
    )  # fmt: skip
    source = forms.CharField(
        label="Căn cứ", max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text="Số, ngày của văn bản hoặc quy chế đặt ra quy tắc này.",
        error_messages={"required": "Hãy ghi căn cứ.", "max_length": "Viết không quá 300 chữ cái."},
    )  # fmt: skip
    is_verified = forms.BooleanField(label="Đã đối chiếu nguyên văn căn cứ", required=False)

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, for the operation."""
        return dict(self.cleaned_data)


class DesksForm(RuleForm):
    """Which desks take in."""

    desks = forms.ChoiceField(
        label="Nơi nhận", choices=ReceptionRule.Desks.choices, widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn nơi nhận."},
    )  # fmt: skip
    field_order = ("channels", "desks", "valid_from", "source", "is_verified")


class HourForm(RuleForm):
    """Until which hour what comes counts on the day."""

    hour = forms.TimeField(
        label="Giờ cuối nhận trong ngày", required=False, input_formats=["%H:%M", "%Hh%M", "%Hh", "%H"],
        widget=forms.TextInput({"inputmode": "numeric", "placeholder": "16:30", "autocomplete": "off"}),
        help_text=NO_HOUR, error_messages={"invalid": "Hãy viết giờ theo dạng 16:30."},
    )  # fmt: skip
    field_order = ("channels", "hour", "valid_from", "source", "is_verified")


FORMS: dict[str, type[RuleForm]] = {"desks": DesksForm, "hour": HourForm}


def tomorrow(today: dt.date) -> dt.date:
    """Return the first day for which a rule may be set."""
    return today + dt.timedelta(days=1)


class ReasonForm(forms.Form):
    """Why a rule is withdrawn."""

    reason = forms.CharField(
        label="Lý do", max_length=300, widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Cần ghi lý do rút.", "max_length": "Viết không quá 300 chữ cái."},
    )  # fmt: skip
