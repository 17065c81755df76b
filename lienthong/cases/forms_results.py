"""What is asked when a result is drafted as a document, or its file hung on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from lienthong.procedures.definition import Result
from lienthong.stationery.models import DocumentTemplate


class DraftForm(forms.Form):
    """Which result, and from which template; none chosen: the usual one of its type."""

    key = forms.ChoiceField(label="Kết quả")
    template = forms.TypedChoiceField(label="Mẫu", required=False, help_text="Để trống: mẫu thường dùng của kết quả.")

    def __init__(
        self, *args: Any, results: Iterable[Result], templates: Iterable[DocumentTemplate], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known = {str(one.pk): one for one in templates}
        cast("forms.ChoiceField", self.fields["key"]).choices = [(one.key, one.name) for one in results]
        field = cast("forms.TypedChoiceField", self.fields["template"])
        field.choices = [("", "Mẫu thường dùng"), *((pk, one.name) for pk, one in known.items())]
        field.coerce, field.empty_value = known.get, None


class ResultFileForm(forms.Form):
    """The scan or the signed file."""

    file = forms.FileField(label="Tệp", help_text="Bản ký số hoặc bản quét (PDF, ảnh).")
