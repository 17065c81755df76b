"""Forms as Vietnamese officers fill them in: what is missing named, a day as 22/01/2014, money as 1.200.000."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator

from lienthong.kernel.money import EXAMPLE, read_dong
from lienthong.ui import formats

DAY = re.compile(r"^\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})\s*$")
ISO_DAY = re.compile(r"^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$")
BARE_DAY = re.compile(r"^\s*(\d{2})(\d{2})(\d{4})\s*$")


class Asking:
    """A form that says of each missing value what it is: "Hãy ghi trích yếu."; comes before the form class."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            verb = "chọn" if isinstance(field, forms.ChoiceField | forms.ModelChoiceField) else "ghi"
            label = str(field.label or "")
            field.error_messages["required"] = f"Hãy {verb} {label[:1].lower()}{label[1:]}."


class DayInput(forms.TextInput):
    """A text box for a day; it shows dd/mm/yyyy whatever the browser's language is."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off", "data-day": ""} | (attrs or {})
        )

    def format_value(self, value: Any) -> str | None:
        """Show a date as dd/mm/yyyy, and what was typed as it was typed."""
        return formats.day(value) if isinstance(value, dt.date) else super().format_value(value)


class DayField(forms.Field):
    """A day: 22/01/2014, 22-1-2014, 22.1.2014, 22012014 or 2014-01-22."""

    widget = DayInput

    def to_python(self, value: Any) -> dt.date | None:
        """Read a day; refuse one that no calendar has."""
        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return value
        if found := ISO_DAY.match(value):
            year, month, date = (int(part) for part in found.groups())
        elif found := DAY.match(value) or BARE_DAY.match(value):
            date, month, year = (int(part) for part in found.groups())
        else:
            raise ValidationError("Hãy viết ngày theo dạng 22/01/2014.", code="invalid")
        try:
            return dt.date(year, month, date)
        except ValueError:
            raise ValidationError(
                f"Lịch không có ngày {date:02}/{month:02}/{year}. Hãy kiểm tra lại ngày, tháng.", code="invalid"
            ) from None


class ListedChoices(ModelChoiceIterator):  # type: ignore[type-arg]  # takes no argument at run time
    """The choices of a field, read once and kept: drawing a select asks for them twice."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        """Yield the empty choice, where there is one, and one for each row."""
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from (self.choice(row) for row in self.queryset)


class ListedField(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes no argument at run time
    """A choice among few rows: one query each time that the form is drawn."""

    iterator = ListedChoices


class DongInput(forms.TextInput):
    """A text box for money in đồng, dots between thousands."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "data-dong": ""} | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        """Show a number with dots, and what was typed as it was typed."""
        return formats.number(value) if isinstance(value, int) else super().format_value(value)


class DongField(forms.Field):
    """Money in whole đồng: 1.200.000, 1200000, 50 triệu, 1,5 tỷ."""

    widget = DongInput

    def to_python(self, value: Any) -> int | None:
        """Read an amount; refuse what is not whole đồng."""
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        amount = read_dong(value)
        if amount is None:
            raise ValidationError(f"Hãy viết số tiền bằng đồng, ví dụ {EXAMPLE}.", code="invalid")
        return amount


class ManyFilesInput(forms.ClearableFileInput):
    """A box for several files, dropped or chosen."""

    allow_multiple_selected = True


class SavedFilterForm(forms.Form):
    """The name of a filter that is to be saved; what it narrows comes along."""

    work_list = forms.CharField(max_length=30, widget=forms.HiddenInput)
    query = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="Tên bộ lọc", max_length=60, help_text="Ví dụ: Quá hạn của phòng Công nghệ thông tin")
