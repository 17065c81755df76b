"""How a bound form field becomes a control: its shape, its classes, its help and error tied to it by id."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

from lienthong.ui.forms import DayInput, DongInput


def shape(field: BoundField, kind: str = "") -> str:
    """Name the shape in which a field is laid out."""
    widget = field.field.widget
    if kind:
        return kind
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "group"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.FileInput):
        return "drop"
    return "line"


def control(field: BoundField, attrs: dict[str, Any]) -> SafeString:
    """Write the control: classes by widget, ``aria-describedby`` to its help and error, what was typed kept."""
    given = {name.replace("_", "-"): value for name, value in attrs.items() if value not in ("", None, False)}
    described = [name for name, there in _describers(field, given.pop("help", "")) if there]
    if described:
        given["aria-describedby"] = " ".join(described)
    if field.errors:
        given["aria-invalid"] = "true"
    classes = [_css(field.field.widget), "is-invalid" if field.errors else "", str(given.pop("class", ""))]
    given["class"] = " ".join(filter(None, [*classes, str(field.field.widget.attrs.get("class", ""))]))
    return field.as_widget(attrs=given)


def _describers(field: BoundField, help_text: str) -> list[tuple[str, bool]]:
    return [
        (f"{field.id_for_label or field.auto_id}_help", bool(help_text or field.help_text)),
        (f"{field.id_for_label or field.auto_id}_error", bool(field.errors)),
    ]


def _css(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect | forms.CheckboxInput):
        return "lt-check"
    if isinstance(widget, forms.Select):
        return "form-select"
    if isinstance(widget, DayInput):
        return "form-control lt-day"
    if isinstance(widget, DongInput):
        return "form-control lt-dong"
    return "form-control"
