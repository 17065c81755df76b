"""What is typed in the hall and about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from lienthong.queueing.models import Device, ServiceGroup, ServicePoint
from lienthong.ui.forms import DayField


class GroupForm(forms.Form):
    """A group for which people take numbers."""

    letter = forms.CharField(label="Chữ cái đứng trước số", max_length=1, help_text="Ví dụ A: số sẽ là A001, A002 …")
    name = forms.CharField(label="Tên nhóm", max_length=100, help_text="Ví dụ: Hộ tịch, chứng thực.")
    note = forms.CharField(label="Gồm những việc gì", max_length=200, required=False)
    minutes = forms.IntegerField(label="Số phút cho một người", min_value=1, max_value=480, initial=10)


class OpenGroupForm(GroupForm):
    """The same, of a group that exists."""

    is_open = forms.BooleanField(label="Đang nhận số", required=False)


class PointForm(forms.Form):
    """A counter."""

    number = forms.IntegerField(label="Số quầy", min_value=1, max_value=99)
    name = forms.CharField(label="Tên quầy", max_length=60, required=False)
    groups = forms.MultipleChoiceField(
        label="Phục vụ nhóm",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn nhóm nào: phục vụ tất cả.",
    )

    def __init__(self, *args: Any, groups: Iterable[ServiceGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.MultipleChoiceField", self.fields["groups"])
        field.choices = [(str(one.pk), str(one)) for one in groups]

    @property
    def told(self) -> dict[str, Any]:
        """What the operation is told."""
        return {**self.cleaned_data, "groups": [int(key) for key in self.cleaned_data["groups"]]}


class OpenPointForm(PointForm):
    """The same, of a counter that exists."""

    is_open = forms.BooleanField(label="Đang dùng", required=False)


class DeviceForm(forms.Form):
    """A machine of the hall."""

    kind = forms.ChoiceField(label="Loại", choices=Device.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="Tên", max_length=60, help_text="Ví dụ: Máy lấy số cửa chính.")


class TransferForm(forms.Form):
    """Where somebody is sent on to."""

    to = forms.ChoiceField(label="Chuyển tới", widget=forms.RadioSelect)
    note = forms.CharField(label="Nhắn quầy nhận", max_length=200, required=False)

    def __init__(
        self, *args: Any, groups: Iterable[ServiceGroup], points: Iterable[ServicePoint], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._groups = {f"group:{one.pk}": one for one in groups}
        self._points = {f"point:{one.pk}": one for one in points}
        field = cast("forms.ChoiceField", self.fields["to"])
        field.choices = [
            ("Quầy", [(key, " · ".join(filter(None, (str(one), one.name)))) for key, one in self._points.items()]),
            ("Nhóm (quầy nào rảnh trước)", [(key, str(one)) for key, one in self._groups.items()]),
        ]

    @property
    def told(self) -> dict[str, Any]:
        """What the operation is told."""
        to = self.cleaned_data["to"]
        return {"group": self._groups.get(to), "point": self._points.get(to), "note": self.cleaned_data["note"]}


class SlotsForm(forms.Form):
    """Slots to be opened."""

    group = forms.ChoiceField(label="Nhóm")
    since = DayField(label="Từ ngày")
    until = DayField(label="Đến ngày")
    starts = forms.TimeField(label="Từ giờ", initial="07:30", widget=forms.TimeInput(format="%H:%M"))
    ends = forms.TimeField(label="Đến giờ", initial="11:00", widget=forms.TimeInput(format="%H:%M"))
    minutes = forms.IntegerField(label="Mỗi khung (phút)", min_value=5, max_value=240, initial=30)
    capacity = forms.IntegerField(label="Số người mỗi khung", min_value=1, max_value=100, initial=3)

    def __init__(self, *args: Any, groups: Iterable[ServiceGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._groups = {str(one.pk): one for one in groups}
        field = cast("forms.ChoiceField", self.fields["group"])
        field.choices = [(key, str(one)) for key, one in self._groups.items()]

    @property
    def chosen(self) -> ServiceGroup:
        """The group that was chosen."""
        return self._groups[self.cleaned_data["group"]]


class SlotForm(forms.Form):
    """One slot."""

    capacity = forms.IntegerField(label="Số người", min_value=1, max_value=100)
    is_open = forms.BooleanField(label="Đang nhận đặt", required=False)


class BookingForm(forms.Form):
    """Who comes."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label="Họ và tên", max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label="Điện thoại",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        help_text="Dùng cùng mã hẹn để xem hoặc hủy lịch.",
    )
    purpose = forms.CharField(label="Việc cần làm", max_length=200, required=False)


class LookupForm(forms.Form):
    """What somebody knows of their appointment."""

    code = forms.CharField(label="Mã hẹn", max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = forms.CharField(
        label="Điện thoại đã dùng khi đặt",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
