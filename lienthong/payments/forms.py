"""What is typed about money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, cast

from django import forms

from lienthong.payments import gateways
from lienthong.payments.models import Charge, Discrepancy, Payment, PaymentItem
from lienthong.payments.operations.desk import AT_DESK
from lienthong.ui.formats import dong
from lienthong.ui.forms import DayField


class ChargesField(forms.MultipleChoiceField):
    """Some of the charges that are due; all of them to begin with."""

    widget = forms.CheckboxSelectMultiple


class DeskForm(forms.Form):
    """Money taken at a desk."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    charges = ChargesField(label="Khoản nộp lần này", error_messages={"required": "Hãy chọn ít nhất một khoản."})
    payer = forms.CharField(label="Người nộp tiền", max_length=300, required=False)
    method = forms.ChoiceField(
        label="Hình thức",
        choices=[(value, label) for value, label in Payment.Method.choices if value in AT_DESK],
        initial=Payment.Method.CASH,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, due: Iterable[Charge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.due = {str(one.pk): one for one in due}
        field = cast("forms.MultipleChoiceField", self.fields["charges"])
        field.choices = [(key, f"{one.name}: {dong(one.amount)}") for key, one in self.due.items()]
        self.initial.setdefault("charges", list(self.due))

    @property
    def chosen(self) -> list[Charge]:
        """The charges that were ticked."""
        return [self.due[key] for key in self.cleaned_data["charges"]]


class OnlineForm(forms.Form):
    """A request through a gateway."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    gateway = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["gateway"])
        field.choices = [(one.code, one.name) for one in gateways.in_use()]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class RefundForm(ReasonForm):
    """What is given back, and why."""

    charges = ChargesField(label="Khoản hoàn lại", error_messages={"required": "Hãy chọn ít nhất một khoản."})
    field_order = ("charges", "reason")

    def __init__(self, *args: Any, items: Iterable[PaymentItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.MultipleChoiceField", self.fields["charges"])
        field.choices = [(str(one.charge_id), f"{one.charge.name}: {dong(one.amount)}") for one in items]
        self.initial.setdefault("charges", [value for value, _ in field.choices])

    @property
    def chosen(self) -> set[int]:
        """The keys of the charges that were ticked."""
        return {int(key) for key in self.cleaned_data["charges"]}


class ProofForm(forms.Form):
    """The paper that shows that the money was given back."""

    proof = forms.CharField(label="Số chứng từ hoàn tiền", max_length=200)


class StatementForm(forms.Form):
    """A gateway's list and the days that it covers."""

    gateway = forms.ChoiceField(label="Cổng thanh toán")
    since = DayField(label="Từ ngày")
    until = DayField(label="Đến ngày")
    file = forms.FileField(
        label="Bảng kê của cổng (CSV)",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text="Có các cột Mã thanh toán, Mã giao dịch, Số tiền, Thời gian.",
    )

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["gateway"])
        field.choices = [(one.code, one.name) for one in gateways.in_use()]
        self.initial.setdefault("since", on)
        self.initial.setdefault("until", on)


class ResolveForm(forms.Form):
    """How a difference was settled."""

    way = forms.ChoiceField(label="Cách xử lý", choices=Discrepancy.Way.choices, widget=forms.RadioSelect)
    note = forms.CharField(label="Ghi rõ đã làm gì", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
