"""What an administrator types about the catalogue."""

from __future__ import annotations

from django import forms

from lienthong.ui.forms import DayField


class DocumentTypeForm(forms.Form):
    """A type that the list lacks."""

    name = forms.CharField(label="Tên loại", max_length=100)
    abbreviation = forms.CharField(
        label="Chữ viết tắt",
        max_length=10,
        required=False,
        help_text="Phần đứng trước tên cơ quan trong ký hiệu, ví dụ QĐ.",
    )
    is_normative = forms.BooleanField(label="Là văn bản quy phạm pháp luật", required=False)
    valid_from = DayField(label="Dùng từ ngày")
    source = forms.CharField(
        label="Căn cứ", max_length=300, help_text="Văn bản quy định, hoặc văn bản thực tế đã gặp (số, ký hiệu)."
    )


class DocumentTypeEndForm(forms.Form):
    """The end of a type."""

    valid_to = DayField(label="Thôi dùng từ ngày")
    source = forms.CharField(label="Văn bản căn cứ", max_length=300)
