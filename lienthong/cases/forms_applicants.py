"""What the desk types to put right what was written of an applicant."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from django import forms

from lienthong.applicants.models import Applicant, IdentityPaper
from lienthong.applicants.particulars import LENGTHS, Particulars
from lienthong.applicants.queries import particulars_of
from lienthong.cases.models import Case
from lienthong.fields.kinds.date import written
from lienthong.ui.forms import Asking

TEL = {"inputmode": "tel", "autocomplete": "off"}
OF_APPLICANT = ("name", "birth", "representative", "street", "phone", "email", "paper_kind", "paper_number",
                "paper_date", "paper_place")  # fmt: skip


class CorrectionForm(Asking, forms.Form):
    """Who hands in, and where letters about the case go; begins with what is known."""

    name = forms.CharField(label="Họ tên, tên tổ chức", max_length=LENGTHS["name"])
    birth = forms.CharField(label="Ngày sinh", max_length=10, required=False, help_text="Ngày/tháng/năm, hoặc chỉ năm.")
    representative = forms.CharField(label="Người đại diện", max_length=LENGTHS["representative"], required=False)
    paper_kind = forms.ChoiceField(
        label="Loại giấy tờ", choices=[("", "—"), *IdentityPaper.Kind.choices], required=False
    )
    paper_number = forms.CharField(label="Số giấy tờ", max_length=30, required=False)
    paper_date = forms.CharField(label="Ngày cấp", max_length=10, required=False)
    paper_place = forms.CharField(label="Nơi cấp", max_length=LENGTHS["paper_place"], required=False)
    street = forms.CharField(label="Số nhà, đường, thôn, khu phố", max_length=LENGTHS["street"], required=False)
    phone = forms.CharField(label="Điện thoại", max_length=20, required=False, widget=forms.TextInput(TEL))
    email = forms.CharField(label="Thư điện tử", max_length=254, required=False)
    contact_phone = forms.CharField(
        label="Điện thoại báo tin", max_length=20, required=False, widget=forms.TextInput(TEL),
        help_text="Tin nhắn về hồ sơ này gửi tới đây; tra cứu hồ sơ cũng bằng số này.",
    )  # fmt: skip
    contact_email = forms.CharField(label="Thư điện tử báo tin", max_length=254, required=False)
    reason = forms.CharField(label="Lý do sửa", max_length=500, help_text="Ví dụ: ghi nhầm số điện thoại.")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        self.known = particulars_of(case.applicant)
        shown = {name: getattr(self.known, name) for name in OF_APPLICANT}
        shown |= {name: written(shown[name]) for name in ("birth", "paper_date") if shown[name]}
        shown |= {"contact_phone": case.contact_phone, "contact_email": case.contact_email}
        super().__init__(*args, initial=shown, **kwargs)
        is_person = case.applicant.kind == Applicant.Kind.CITIZEN
        del self.fields["representative" if is_person else "birth"]

    def particulars(self) -> Particulars:
        """Return the applicant as typed; what the form does not ask stays as it is known."""
        typed = {name: said for name, said in self.cleaned_data.items() if name in asdict(self.known)}
        return replace(self.known, **typed)
