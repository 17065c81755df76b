"""What an administrator types about calendars, and what anybody asks the calculator."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms

from lienthong.calendars.clock import Limit, parse_limit
from lienthong.calendars.models import CalendarDay, WorkCalendar
from lienthong.kernel.clock import VIETNAM
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.models import Unit
from lienthong.ui.forms import DayField

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
CLOCK = re.compile(r"^\s*(\d{1,2})\s*[:hg]\s*(\d{2})?\s*$")


class DayForm(forms.Form):
    """A day off, a make-up day, or a day that is ordinary after all."""

    date = DayField(label="Ngày")
    kind = forms.ChoiceField(label="Là ngày gì", choices=CalendarDay.Kind)
    name = forms.CharField(label="Tên", max_length=200, required=False, help_text="Ví dụ: Tết Nguyên đán.")
    replaces = DayField(label="Làm bù cho ngày", required=False, help_text="Chỉ ghi khi là ngày làm bù.")
    source = forms.CharField(label="Văn bản căn cứ", max_length=300, help_text="Số, ký hiệu, ngày của văn bản.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "day_%s"


class HoursForm(forms.Form):
    """Office hours of a week from a day on."""

    valid_from = DayField(label="Áp dụng từ ngày")
    source = forms.CharField(label="Văn bản căn cứ", max_length=300)

    def __init__(self, *args: Any, week: list[list[str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "hours_%s"
        for index, label in enumerate(WEEKDAYS):
            self.fields[f"day_{index}"] = forms.CharField(
                label=label,
                required=False,
                initial=", ".join(week[index]) if week else "",
                help_text="Để trống là nghỉ. Ví dụ: 07:00-11:30, 13:30-17:00." if index == 0 else "",
            )

    @property
    def week(self) -> list[list[str]]:
        """The sessions of the seven days as typed."""
        return [
            [part.strip() for part in self.cleaned_data[f"day_{index}"].split(",") if part.strip()]
            for index in range(7)
        ]


class PublishForm(forms.Form):
    """The decision that orders a change."""

    decision = forms.CharField(
        label="Văn bản căn cứ của lần thay đổi", max_length=300, help_text="Số, ký hiệu, ngày của văn bản."
    )


class UnitCalendarForm(forms.Form):
    """A unit that shall have hours of its own."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="Đơn vị")
    name = forms.CharField(label="Tên lịch", max_length=100)

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.existing(on).filter(is_external=False).order_by("name")
        self.fields["unit"] = forms.ModelChoiceField(units, label="Đơn vị")


class CalculatorForm(forms.Form):
    """When would it be due?"""

    day = DayField(label="Ngày nhận")
    time = forms.CharField(label="Giờ nhận", initial="08:00", max_length=5)
    limit = forms.CharField(
        label="Thời hạn", max_length=40, help_text="Ví dụ: 3 ngày làm việc, 16 giờ làm việc, 15 ngày, 2 tháng."
    )
    calendar = forms.ModelChoiceField(WorkCalendar.objects.none(), label="Theo lịch", empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        calendars = WorkCalendar.objects.filter(current__isnull=False).select_related("current").order_by("pk")
        self.fields["calendar"] = forms.ModelChoiceField(calendars, label="Theo lịch", empty_label=None)

    def clean_time(self) -> dt.time:
        """Read a time of the day: 8:00, 08:00, 8h, 8g30."""
        found = CLOCK.match(self.cleaned_data["time"])
        try:
            return dt.time(int(found[1]), int(found[2] or 0)) if found else dt.time.fromisoformat("no time")
        except ValueError:
            raise forms.ValidationError("Hãy viết giờ theo dạng 14:05.") from None

    def clean_limit(self) -> Limit:
        """Read the limit."""
        try:
            return parse_limit(self.cleaned_data["limit"])
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from None

    @property
    def start(self) -> dt.datetime:
        """The moment of arrival."""
        return dt.datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], tzinfo=VIETNAM)
