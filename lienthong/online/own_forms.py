"""What a citizen types about a case of theirs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from lienthong.cases.models import Case, Supplement
from lienthong.cases.scales import Scale
from lienthong.cases.talk_form import FilesField
from lienthong.online.forms import LookupForm

LONGEST = 4000
LONGEST_RATING = 2000
MOST_FILES = 10


class AddForm(LookupForm):
    """A case that was handed in elsewhere, shown to be theirs by its code and telephone."""


class SupplyForm(forms.Form):
    """What was asked for: files for each paper, and words."""

    text = forms.CharField(
        label="Nội dung bổ sung, giải thích", max_length=LONGEST, required=False, widget=forms.Textarea({"rows": 4}),
        error_messages={"max_length": f"Viết không quá {LONGEST} chữ cái."},
    )  # fmt: skip

    def __init__(self, *args: Any, asked: Supplement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [one["key"] for one in asked.papers]
        for one in asked.papers:
            self.fields[f"paper_{one['key']}"] = FilesField(
                most=MOST_FILES, label=one["name"], help_text=one["reason"], required=False
            )
        self.order_fields([*(f"paper_{key}" for key in self.keys), "text"])

    def clean(self) -> dict[str, Any]:
        """Refuse a page on which nothing was brought and nothing said."""
        said = super().clean() or self.cleaned_data
        if not self.errors and not self.brought() and not said.get("text", "").strip():
            raise forms.ValidationError("Chưa có gì để gửi. Hãy chụp hoặc chọn tệp, hoặc ghi lời giải thích.")
        return said

    def brought(self) -> dict[str, list[UploadedFile[bytes]]]:
        """Return the files by the keys of their papers."""
        found = {key: self.cleaned_data.get(f"paper_{key}") or [] for key in self.keys}
        return {key: files for key, files in found.items() if files}


class PayForm(forms.Form):
    """By which gateway."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    gateway = forms.CharField(max_length=30)


class WithdrawForm(forms.Form):
    """Why the case is taken back, and that this is meant."""

    reason = forms.CharField(
        label="Lý do rút hồ sơ", max_length=1000, widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Hãy ghi lý do.", "max_length": "Viết không quá 1.000 chữ cái."},
    )  # fmt: skip
    sure = forms.BooleanField(
        label="Tôi hiểu rằng hồ sơ sẽ dừng, muốn làm tiếp thì phải nộp lại từ đầu",
        error_messages={"required": "Hãy đánh dấu để xác nhận."},
    )


class RatingForm(forms.Form):
    """How satisfied, and why."""

    level = forms.ChoiceField(
        label="Bạn thấy việc phục vụ thế nào?", widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một mức."},
    )  # fmt: skip
    reasons = forms.MultipleChoiceField(
        label="Điều chưa hài lòng", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Chọn khi không hài lòng; có thể chọn nhiều.",
    )  # fmt: skip
    text = forms.CharField(
        label="Ý kiến thêm", max_length=LONGEST_RATING, required=False, widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": f"Viết không quá {LONGEST_RATING} chữ cái."},
    )  # fmt: skip

    def __init__(self, *args: Any, scale: Scale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(key, name) for key, name, _ in scale.levels]  # type: ignore[attr-defined]  # a choice field
        self.fields["reasons"].choices = scale.reasons  # type: ignore[attr-defined]  # as above


class PublicRatingForm(RatingForm):
    """The same without an account: the telephone that was left with the case shows that it is theirs."""

    phone = forms.CharField(
        label="Số điện thoại đã ghi khi nộp", max_length=20,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": "Hãy ghi số điện thoại."},
    )  # fmt: skip
    field_order = ("phone", "level", "reasons", "text")


class ComplaintForm(forms.Form):
    """What is wrong, and what is wanted."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="Nội dung phản ánh, kiến nghị", max_length=LONGEST, widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Hãy ghi nội dung.", "max_length": f"Viết không quá {LONGEST} chữ cái."},
    )  # fmt: skip


class ReturnForm(forms.Form):
    """How the result is wanted."""

    way = forms.ChoiceField(label="Nhận kết quả", choices=Case.Return.choices, widget=forms.RadioSelect)
    address = forms.CharField(
        label="Địa chỉ nhận qua bưu chính", max_length=300, required=False, help_text="Chỉ cần khi nhận qua bưu chính."
    )
