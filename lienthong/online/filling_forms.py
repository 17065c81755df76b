"""What a citizen types about who hands in, and how they are reached."""

from __future__ import annotations

from typing import Any

from django import forms

from lienthong.applicants.models import Applicant, IdentityPaper
from lienthong.applicants.particulars import LENGTHS
from lienthong.cases.models import Case
from lienthong.fields.kinds.person import PHONE
from lienthong.online.desks import Choice
from lienthong.ui.forms import Asking


class PersonForm(Asking, forms.Form):
    """A person: for whom the case is, or who hands it in."""

    name = forms.CharField(
        label="Họ và tên", max_length=LENGTHS["name"], widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"max_length": f"Họ tên dài quá {LENGTHS['name']} chữ cái. Hãy ghi ngắn lại."},
    )  # fmt: skip
    birth = forms.CharField(label="Ngày sinh", max_length=10, help_text="Ngày/tháng/năm, hoặc chỉ năm.")
    paper_kind = forms.ChoiceField(
        label="Loại giấy tờ", choices=[("", "Chọn loại giấy tờ"), *IdentityPaper.of_a_person()]
    )
    paper_number = forms.CharField(
        label="Số giấy tờ", max_length=30, widget=forms.TextInput({"inputmode": "text", "autocomplete": "off"})
    )
    phone = forms.CharField(
        label="Điện thoại", max_length=20, widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"})
    )
    street = forms.CharField(
        label="Số nhà, đường, thôn, khu phố", max_length=LENGTHS["street"], required=False,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )  # fmt: skip
    commune_code = forms.CharField(max_length=10, required=False, widget=forms.HiddenInput)


class EnterpriseForm(Asking, forms.Form):
    """An enterprise, a household business or an organisation, for which somebody acts."""

    name = forms.CharField(
        label="Tên doanh nghiệp, tổ chức", max_length=LENGTHS["name"],
        error_messages={"max_length": f"Tên dài quá {LENGTHS['name']} chữ cái. Hãy ghi ngắn lại."},
    )  # fmt: skip
    paper_number = forms.CharField(label="Mã số thuế", max_length=30, widget=forms.TextInput({"inputmode": "numeric"}))
    representative = forms.CharField(label="Người đại diện theo pháp luật", max_length=LENGTHS["representative"])
    phone = forms.CharField(label="Điện thoại", max_length=20, widget=forms.TextInput({"inputmode": "tel"}))
    street = forms.CharField(label="Số nhà, đường, thôn, khu phố", max_length=LENGTHS["street"], required=False)
    commune_code = forms.CharField(max_length=10, required=False, widget=forms.HiddenInput)


class OrganisationForm(EnterpriseForm):
    """An organisation that has no tax code: any of its papers."""

    paper_kind = forms.ChoiceField(label="Loại giấy tờ", choices=[("decision", "Quyết định thành lập"),
                                                                  ("tax", "Mã số thuế")])  # fmt: skip
    paper_number = forms.CharField(label="Số giấy tờ", max_length=30)
    field_order = ("name", "paper_kind", "paper_number", "representative", "phone", "street", "commune_code")


def form_for(kind: str) -> type[forms.Form]:
    """Return the form in which somebody of a kind is written down."""
    return {Applicant.Kind.CITIZEN.value: PersonForm, Applicant.Kind.ENTERPRISE.value: EnterpriseForm}.get(
        kind, OrganisationForm
    )


class ActingForm(forms.Form):
    """For whom the case is handed in."""

    acting = forms.ChoiceField(label="Bạn nộp hồ sơ", widget=forms.RadioSelect({"data-decides": ""}))

    def __init__(self, *args: Any, ways: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["acting"].choices = ways  # type: ignore[attr-defined]  # a field of choices


def desk_field(choice: Choice) -> forms.ChoiceField:
    """Return the box in which the citizen chooses the desk, and reads who decides and after which rule."""
    doubt = "" if choice.rule.verified else " (chưa đối chiếu)"
    names = [(str(one.pk), f"{one.name}, {one.parent}" if one.parent else one.name) for one in choice.desks]
    return forms.ChoiceField(
        label="Nơi nhận hồ sơ", choices=names,
        help_text=f"Nộp ở nơi nào cũng do {choice.agency.name} giải quyết. Theo {choice.rule.source}{doubt}.",
        error_messages={"invalid_choice": "Hãy chọn nơi nhận trong danh sách.", "required": "Hãy chọn nơi nhận."},
    )  # fmt: skip


class ContactForm(forms.Form):
    """How the applicant is reached and gets the result."""

    phone = forms.CharField(
        label="Điện thoại nhận tin", max_length=20, widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
        help_text="Mã hồ sơ và tin báo được gửi tới số này. Dùng cùng mã hồ sơ để tra cứu.",
        error_messages={"required": "Hãy ghi số điện thoại."},
    )  # fmt: skip
    email = forms.EmailField(
        label="Thư điện tử", required=False, widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": "Địa chỉ thư điện tử viết như ten@example.com."},
    )  # fmt: skip
    return_way = forms.ChoiceField(label="Nhận kết quả", choices=Case.Return.choices, widget=forms.RadioSelect)
    return_address = forms.CharField(
        label="Địa chỉ nhận qua bưu chính", max_length=300, required=False, help_text="Chỉ cần khi nhận qua bưu chính.",
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )  # fmt: skip

    def __init__(self, *args: Any, desks: Choice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if desks is not None and len(desks.desks) > 1:
            self.fields["desk"] = desk_field(desks)
            self.order_fields(["desk"])

    def clean_phone(self) -> str:
        """Keep the digits; ask for a number that can be called."""
        digits = "".join(letter for letter in self.cleaned_data["phone"] if letter.isdigit() or letter == "+")
        if not PHONE.fullmatch(digits):
            raise forms.ValidationError("Số điện thoại bắt đầu bằng 0, có 10 chữ số.")
        return digits

    def clean(self) -> dict[str, Any]:
        """Ask for an address where the result goes by post."""
        data = super().clean() or {}
        if data.get("return_way") == Case.Return.POST and not data.get("return_address", "").strip():
            self.add_error("return_address", "Hãy ghi địa chỉ nhận kết quả qua bưu chính.")
        return data
