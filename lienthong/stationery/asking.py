"""What a template asks of the officer who begins a draft, as the fields of a form; whoever has the page adds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from lienthong.stationery.models import TemplateVersion
from lienthong.stationery.words import Field, Value
from lienthong.ui.forms import DayField, DongField

LONGEST_TEXT = 20_000


class LinesField(forms.CharField):
    """Several items, one a line; cleaned to a tuple."""

    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        """Return the lines that say something, without the one mark at their end: the template sets its own."""
        text = str(super().clean(value) or "")
        return tuple(line for typed in text.splitlines() if (line := _unended(" ".join(typed.split()))))


def form_fields(version: TemplateVersion) -> dict[str, forms.Field]:
    """Return a form field for each field that a version declares, in its order, named as in the template."""
    return {name: _form_field(field) for name, field in version.declared.items()}


def values_of(version: TemplateVersion, cleaned: Mapping[str, Any]) -> dict[str, Value]:
    """Return what such a form holds as values for ``operations.fill``."""
    return {name: cleaned[name] for name in version.declared if cleaned.get(name) not in (None, "", ())}


def _unended(line: str) -> str:
    ends = line.endswith((";", ".")) and not line.endswith((".v.", "..", "./."))
    return line[:-1].rstrip() if ends else line


def _form_field(field: Field) -> forms.Field:
    told: dict[str, Any] = {"label": field.label, "required": field.required, "help_text": field.help}
    if field.kind == "day":
        return DayField(**told)
    if field.kind == "money":
        return DongField(**told)
    if field.kind == "number":
        return forms.IntegerField(**told)
    if field.kind == "lines":
        told["help_text"] = field.help or "Mỗi dòng một mục."
        return LinesField(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}), **told)
    if field.kind == "text":
        return forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}), **told)
    return forms.CharField(max_length=500, **told)
