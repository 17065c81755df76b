"""What officers type about cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from lienthong.applicants.models import Applicant, IdentityPaper
from lienthong.applicants.particulars import LENGTHS, Particulars, phone_number
from lienthong.cases.models import Case, CasePaper, Suspension
from lienthong.cases.operations import Given
from lienthong.kernel.clock import at_local, local
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.models import Post, Unit
from lienthong.procedures.definition import Result
from lienthong.ui.forms import Asking, DayField, ListedField
from lienthong.workflow.actions import Reason
from lienthong.workflow.flow import Move


class ApplicantForm(Asking, forms.Form):
    """Who hands in a case, when they are entered for the first time."""

    kind = forms.ChoiceField(label="Là", choices=Applicant.Kind.choices, initial="citizen", widget=forms.RadioSelect)
    name = forms.CharField(label="Họ tên, tên tổ chức", max_length=LENGTHS["name"])
    birth = forms.CharField(label="Ngày sinh", max_length=10, required=False, help_text="Ngày/tháng/năm, hoặc chỉ năm.")
    representative = forms.CharField(label="Người đại diện", max_length=LENGTHS["representative"], required=False)
    phone = forms.CharField(
        label="Điện thoại", max_length=20, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )
    email = forms.CharField(label="Thư điện tử", max_length=254, required=False)
    paper_kind = forms.ChoiceField(
        label="Loại giấy tờ", choices=[("", "—"), *IdentityPaper.Kind.choices], required=False
    )
    paper_number = forms.CharField(label="Số giấy tờ", max_length=30, required=False)
    paper_date = forms.CharField(label="Ngày cấp", max_length=10, required=False)
    paper_place = forms.CharField(label="Nơi cấp", max_length=LENGTHS["paper_place"], required=False)
    commune_code = forms.CharField(max_length=10, required=False, widget=forms.HiddenInput)
    street = forms.CharField(label="Số nhà, đường, thôn, khu phố", max_length=LENGTHS["street"], required=False)

    def particulars(self) -> Particulars:
        """Return what was typed, for the operation."""
        return Particulars.of(self.cleaned_data["kind"], self.cleaned_data)


class SubmitterForm(Asking, forms.Form):
    """Who comes in the applicant's place, when they are entered for the first time: always a person."""

    name = forms.CharField(label="Họ tên người nộp thay", max_length=LENGTHS["name"])
    paper_kind = forms.ChoiceField(label="Loại giấy tờ", choices=IdentityPaper.of_a_person())
    paper_number = forms.CharField(label="Số giấy tờ", max_length=30)
    phone = forms.CharField(label="Điện thoại", max_length=20, widget=forms.TextInput({"inputmode": "tel"}))

    def particulars(self) -> Particulars:
        """Return what was typed, for the operation."""
        return Particulars.of(Applicant.Kind.CITIZEN, self.cleaned_data)


class ContactForm(forms.Form):
    """How the applicant is reached and gets the result."""

    channel = forms.ChoiceField(label="Nộp qua", choices=[("counter", "Trực tiếp"), ("post", "Bưu chính")])
    return_way = forms.ChoiceField(label="Nhận kết quả", choices=Case.Return.choices)
    return_address = forms.CharField(label="Địa chỉ nhận qua bưu chính", max_length=300, required=False)
    phone = forms.CharField(
        label="Điện thoại báo tin", max_length=20, required=False, widget=forms.TextInput({"inputmode": "tel"}),
        help_text="Để trống: dùng số của người nộp.",
    )  # fmt: skip
    email = forms.EmailField(label="Thư điện tử báo tin", required=False)

    def clean_phone(self) -> str:
        """Keep the digits; ask for a number that can be called."""
        try:
            return phone_number(self.cleaned_data["phone"])
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal

    def clean(self) -> dict[str, Any]:
        """Ask for an address where the result goes by post."""
        data = super().clean() or {}
        if data.get("return_way") == Case.Return.POST and not data.get("return_address"):
            self.add_error("return_address", "Hãy ghi địa chỉ nhận kết quả qua bưu chính.")
        return data


class MoveForm(Asking, forms.Form):
    """What a move asks for: a reason, papers that are wrong, the legal basis of a refusal."""

    reason = forms.CharField(label="Lý do", max_length=2000, widget=forms.Textarea({"rows": 4}))
    papers = forms.MultipleChoiceField(label="Giấy tờ có vấn đề", required=False, widget=forms.CheckboxSelectMultiple)
    legal_basis = forms.CharField(label="Căn cứ pháp lý", max_length=500, required=False)

    def __init__(self, *args: Any, move: Move, papers: Iterable[CasePaper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        required = move.reason == Reason.REQUIRED
        self.fields["reason"].required = required
        self.fields["reason"].label = "Lý do" if required else "Ghi chú"
        listed = [(one.key, one.name) for one in papers]
        if move.action in ("send_back", "decline") and listed:
            cast("forms.MultipleChoiceField", self.fields["papers"]).choices = listed
        else:
            del self.fields["papers"]
        if move.action != "decline":
            del self.fields["legal_basis"]


class SupplementForm(forms.Form):
    """What is missing or wrong, paper by paper."""

    def __init__(self, *args: Any, papers: Iterable[CasePaper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for paper in papers:
            self.fields[f"reason.{paper.key}"] = forms.CharField(
                label=paper.name, max_length=1000, required=False,
                widget=forms.TextInput({"placeholder": "Thiếu, sai gì; sửa thế nào. Để trống: không yêu cầu."}),
            )  # fmt: skip
        self.fields["text"] = forms.CharField(
            label="Nội dung khác cần bổ sung, hướng dẫn", max_length=4000, required=False,
            widget=forms.Textarea({"rows": 3}),
        )  # fmt: skip

    def asked(self) -> dict[str, str]:
        """Return the reasons by the keys of papers."""
        named = {key.removeprefix("reason."): said for key, said in self.cleaned_data.items() if key != "text"}
        return {key: said for key, said in named.items() if said}


class SupplyForm(forms.Form):
    """What was brought: how many of each paper."""

    def __init__(self, *args: Any, papers: Iterable[CasePaper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = list(papers)
        for paper in self.papers:
            for name, label in (("originals", "bản chính"), ("copies", "bản sao")):
                self.fields[f"{name}.{paper.key}"] = forms.IntegerField(
                    label=f"{paper.name}: số {label}", min_value=0, max_value=99, required=False
                )
        self.fields["text"] = forms.CharField(
            label="Nội dung bổ sung khác", max_length=4000, required=False, widget=forms.Textarea({"rows": 2})
        )

    def given(self) -> dict[str, Given]:
        """Return what was brought by the keys of papers."""
        said = self.cleaned_data
        return {
            paper.key: Given(said.get(f"originals.{paper.key}") or 0, said.get(f"copies.{paper.key}") or 0)
            for paper in self.papers
        }


class SuspensionForm(Asking, forms.Form):
    """Why the clock stands still."""

    kind = forms.ChoiceField(label="Lý do tạm dừng", choices=Suspension.Kind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label="Căn cứ, nội dung", max_length=1000, widget=forms.Textarea({"rows": 3}))


class ApologyForm(Asking, forms.Form):
    """Why it is late, and when it will be done."""

    until = DayField(label="Ngày hẹn trả mới")
    reason = forms.CharField(label="Lý do chậm", max_length=1000, widget=forms.Textarea({"rows": 3}))


class ExtensionForm(Asking, forms.Form):
    """By how much the limit is lengthened."""

    limit = forms.CharField(label="Gia hạn thêm", max_length=40, help_text="Ví dụ: 5 ngày làm việc.")
    reason = forms.CharField(label="Lý do, căn cứ", max_length=1000, widget=forms.Textarea({"rows": 3}))


class NoteForm(forms.Form):
    """A note that may be left out."""

    note = forms.CharField(label="Ghi chú", max_length=300, required=False)


class WithdrawalForm(Asking, forms.Form):
    """Why the applicant takes the case back."""

    reason = forms.CharField(label="Lý do rút hồ sơ", max_length=1000, widget=forms.Textarea({"rows": 3}))


class OfficerForm(Asking, forms.Form):
    """Who in the unit does the step."""

    post = ListedField(
        Post.objects.none(), label="Cán bộ", empty_label="Chọn cán bộ", widget=forms.Select({"data-picker": ""})
    )  # fmt: skip
    note = forms.CharField(label="Nhắn", max_length=300, required=False)

    def __init__(self, *args: Any, unit: Unit, on: dt.date, is_heir: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        where = {"unit__agency": unit.agency_id} if is_heir else {"unit": unit}
        posts = Post.objects.in_force(on).filter(**where).select_related("officer")
        self.fields["post"].queryset = posts.order_by("order", "pk")  # type: ignore[attr-defined]


class ResultForm(Asking, forms.Form):
    """A result: drafted, or signed with its number."""

    key = forms.ChoiceField(label="Kết quả", widget=forms.RadioSelect)
    symbol = forms.CharField(label="Số, ký hiệu", max_length=60, required=False, help_text="Để trống khi còn dự thảo.")
    signer = forms.CharField(label="Người ký", max_length=100, required=False)
    signed_on = DayField(label="Ngày ký", required=False)
    elsewhere = forms.BooleanField(label="Văn bản đã ký, cấp số ngoài hệ thống", required=False)

    def __init__(self, *args: Any, results: Sequence[Result], at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        choices = [(one.key, one.name) for one in results]
        field = cast("forms.ChoiceField", self.fields["key"])
        field.choices = choices
        if choices:
            field.initial = choices[0][0]
        if not any(one.document_type for one in results):
            del self.fields["elsewhere"]

    def signed_at(self) -> dt.datetime | None:
        """Return the moment of signing: now on the same day, else the end of that day's office hours."""
        day: dt.date | None = self.cleaned_data.get("signed_on")
        if day is None or day == local(self.at).date():
            return None
        return at_local(day, dt.time(17, 0))


class HandOverForm(Asking, forms.Form):
    """Who takes the result."""

    receiver = forms.CharField(label="Người nhận kết quả", max_length=150)
    receiver_paper = forms.CharField(label="Giấy tờ của người nhận", max_length=60, required=False)
    way = forms.ChoiceField(label="Cách trả", choices=Case.Return.choices)
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)


class ConsultationForm(Asking, forms.Form):
    """Whom to ask, what, by when."""

    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="Đơn vị được hỏi", widget=forms.CheckboxSelectMultiple
    )
    question = forms.CharField(label="Nội dung xin ý kiến", max_length=4000, widget=forms.Textarea({"rows": 4}))
    limit = forms.CharField(label="Trả lời trong", max_length=40, initial="3 ngày làm việc")

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = units  # type: ignore[attr-defined]


class AnswerForm(Asking, forms.Form):
    """The opinion of a unit."""

    agrees = forms.ChoiceField(
        label="Ý kiến", choices=[("yes", "Thống nhất"), ("no", "Không thống nhất"), ("", "Ý kiến khác")],
        required=False, widget=forms.RadioSelect, initial="yes",
    )  # fmt: skip
    text = forms.CharField(label="Nội dung trả lời", max_length=8000, widget=forms.Textarea({"rows": 5}))

    def opinion(self) -> bool | None:
        """Return whether it agrees; None where it says something else."""
        return {"yes": True, "no": False}.get(self.cleaned_data["agrees"])


class PassingForm(Asking, forms.Form):
    """The agency that is competent, and why."""

    agency = ListedField(
        Unit.objects.none(),
        label="Cơ quan có thẩm quyền",
        empty_label="Chọn cơ quan",
        widget=forms.Select({"data-picker": ""}),
    )
    reason = forms.CharField(label="Lý do", max_length=1000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, agencies: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
