"""Setting up a programme and filling its table."""

from __future__ import annotations

from typing import Any

from django import forms


class ProgrammeForm(forms.Form):
    """A new programme."""

    source = forms.RegexField(r"^[a-z_]{1,30}:\d{1,18}$", required=False, widget=forms.HiddenInput)
    title = forms.CharField(label="Tên chương trình", max_length=300)
    year = forms.IntegerField(label="Năm", min_value=1975, max_value=2200)
    source_text = forms.CharField(
        label="Văn bản nguồn", max_length=300, required=False, help_text="Ví dụ: Quyết định 139/QĐ-UBND ngày 10/01/2014"
    )


class TableForm(forms.Form):
    """Many tasks at once: pasted from a spreadsheet, or a workbook."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    pasted = forms.CharField(
        label="Dán bảng từ Excel",
        required=False,
        strip=False,
        max_length=300_000,
        widget=forms.Textarea({"rows": 10}),
        help_text="Các cột: STT, Nhiệm vụ, Chủ trì, Phối hợp, Sản phẩm, Thời hạn (ngày, Quý II/2014 hoặc thường xuyên)",
    )
    file = forms.FileField(label="Hoặc chọn tệp XLSX", required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        said = super().clean() or {}
        if not said.get("pasted", "").strip() and not said.get("file"):
            self.add_error("pasted", "Hãy dán bảng hoặc chọn tệp.")
        return said
