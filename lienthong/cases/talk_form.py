"""A message about a case, as either side types it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from lienthong.cases.operations.talking import LONGEST, MOST_FILES
from lienthong.kernel.refusal import Refusal


class ManyFiles(forms.ClearableFileInput):
    """A box into which several files go; on a phone it offers the camera."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, at most ``most``."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(widget=ManyFiles({"multiple": True, "accept": "image/*,.pdf,.doc,.docx,.txt"}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files, each looked at; none where none was chosen."""
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(given) > self.most:
            raise forms.ValidationError(f"Gửi nhiều nhất {self.most} tệp một lần.")
        return [super(FilesField, self).clean(one, initial) for one in given]


class TalkForm(forms.Form):
    """Words and files."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="Tin nhắn", max_length=LONGEST, widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Hãy ghi nội dung tin nhắn.", "max_length": f"Tin nhắn dài quá {LONGEST} chữ cái."},
    )  # fmt: skip
    attached = FilesField(label="Tệp kèm theo", most=MOST_FILES, required=False)

    @classmethod
    def fresh(cls) -> TalkForm:
        """Return an empty form with a key of its own."""
        return cls(initial={"key": uuid.uuid4()})

    def refuse_faults(self) -> None:
        """Refuse with the first fault, where the page goes back instead of showing the form again."""
        if not self.is_valid():
            name, faults = next(iter(self.errors.items()))
            raise Refusal("Tải lại trang rồi gửi lại." if name == "key" else str(faults[0]))
