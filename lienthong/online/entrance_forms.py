"""What is typed at the citizens' entrance."""

from __future__ import annotations

from django import forms

from lienthong.kernel.refusal import Refusal
from lienthong.online import addresses


class AddressForm(forms.Form):
    """A telephone or a mailbox."""

    address = forms.CharField(
        label="Số điện thoại hoặc thư điện tử", max_length=254,
        widget=forms.TextInput({"autocomplete": "username", "inputmode": "email", "autocapitalize": "off"}),
        error_messages={"required": "Hãy ghi số điện thoại hoặc thư điện tử."},
    )  # fmt: skip

    def clean_address(self) -> addresses.Address:
        """Return the address in its one way of writing."""
        try:
            return addresses.parse(self.cleaned_data["address"])
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from None


class CodeForm(forms.Form):
    """The code that came."""

    code = forms.CharField(
        label="Mã 6 chữ số", max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": "Hãy nhập mã trong tin vừa nhận."},
    )  # fmt: skip


class NameForm(forms.Form):
    """How somebody is called, the first time."""

    name = forms.CharField(
        label="Họ và tên", max_length=150,
        help_text="Ghi như trên giấy tờ. Doanh nghiệp, hộ kinh doanh ghi tên người nộp hồ sơ.",
        widget=forms.TextInput({"autocomplete": "name"}), error_messages={"required": "Hãy ghi họ và tên."},
    )  # fmt: skip
