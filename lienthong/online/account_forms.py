"""What the holder of an account types about it."""

from __future__ import annotations

from typing import Any

from django import forms

from lienthong.notifications.models import ContactWish
from lienthong.online.entrance_forms import AddressForm, CodeForm
from lienthong.online.models import Citizen
from lienthong.online.operations.account import WAYS
from lienthong.online.queries.account import ways_of

KINDS = {"dien-thoai": "phone", "thu-dien-tu": "email"}
LABELS = {"phone": "Số điện thoại mới", "email": "Thư điện tử mới"}
WRONG_KIND = {
    "phone": "Hãy ghi số điện thoại có 10 chữ số.",
    "email": "Hãy ghi thư điện tử như ten@example.com.",
}


class ContactForm(AddressForm):
    """Another telephone, or another mailbox."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["address"].label = LABELS[kind]
        self.fields["address"].widget.attrs |= {"autocomplete": "tel" if kind == "phone" else "email"}

    def clean_address(self) -> Any:
        """Return the address, where it is of the kind that was asked for."""
        address = super().clean_address()
        if address.is_phone != (self.kind == "phone"):
            raise forms.ValidationError(WRONG_KIND[self.kind])
        return address


class WishForm(forms.Form):
    """How each address wants to be told."""

    def __init__(self, *args: Any, citizen: Citizen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = ways_of(citizen)
        for kind, address in (("phone", citizen.phone), ("email", citizen.email)):
            if address:
                ways = [(way, ContactWish.Way(way).label) for way in WAYS[kind]]
                self.fields[kind] = forms.ChoiceField(
                    label=f"Báo tin tới {address}", choices=ways, widget=forms.RadioSelect,
                    initial=known.get(address, ways[0][0]), error_messages={"required": "Hãy chọn một cách."},
                )  # fmt: skip


class ClosingForm(forms.Form):
    """That closing is meant."""

    sure = forms.BooleanField(
        label="Tôi muốn đóng tài khoản này và hiểu rằng không mở lại được",
        error_messages={"required": "Hãy đánh dấu để xác nhận."},
    )


class ConsentForm(forms.Form):
    """That the account shall be linked."""

    agree = forms.BooleanField(
        label="Tôi đồng ý liên kết tài khoản này với định danh của tôi",
        error_messages={"required": "Hãy đánh dấu để đồng ý, hoặc rời trang này: chưa có gì được liên kết."},
    )


class UnlinkForm(forms.Form):
    """That the link shall end."""

    sure = forms.BooleanField(label="Tôi muốn bỏ liên kết", error_messages={"required": "Hãy đánh dấu để xác nhận."})


class FactorForm(CodeForm):
    """A code of the app on the telephone, or a spare one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Mã trong ứng dụng xác thực, hoặc một mã dự phòng"
