"""What is asked when an entry is corrected or revoked."""

from __future__ import annotations

from django import forms


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="Lý do", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class RevocationForm(ReasonForm):
    """Why, and by which decision."""

    basis = forms.CharField(
        label="Căn cứ", max_length=300, required=False, help_text="Số, ngày của quyết định thu hồi."
    )  # fmt: skip
