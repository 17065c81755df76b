"""What people type about incoming documents."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from lienthong.catalogue.models import DocumentType
from lienthong.documents.models import Book, IncomingDocument, InstructionTemplate, StandingRule
from lienthong.documents.particulars import LENGTHS, Particulars
from lienthong.kernel.periods import in_force
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.organisation.roles import roles
from lienthong.ui.forms import Asking, DayField, ListedField


class ParticularsForm(Asking, forms.Form):
    """The particulars of a document, as the clerk confirms or corrects them."""

    symbol = forms.CharField(label="Số, ký hiệu", max_length=LENGTHS["symbol"], required=False)
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=LENGTHS["issuer"])
    issuer_superior = forms.CharField(label="Cơ quan chủ quản", max_length=LENGTHS["issuer_superior"], required=False)
    document_date = DayField(label="Ngày văn bản", required=False)
    named_due = DayField(label="Hạn trả lời nêu trong văn bản", required=False)
    document_type = forms.ModelChoiceField(
        DocumentType.objects.none(), label="Loại văn bản", required=False, empty_label="Loại khác"
    )
    abstract = forms.CharField(
        label="Trích yếu", max_length=LENGTHS["abstract"], widget=forms.Textarea({"rows": 3, "data-enter": "next"})
    )
    signer = forms.CharField(label="Người ký", max_length=LENGTHS["signer"], required=False)
    signer_title = forms.CharField(label="Chức vụ", max_length=LENGTHS["signer_title"], required=False)
    urgency = forms.ChoiceField(label="Độ khẩn", choices=IncomingDocument.Urgency.choices, initial="normal")
    channel = forms.ChoiceField(label="Nhận qua", choices=IncomingDocument.Channel.choices, initial="paper")
    pages = forms.IntegerField(label="Số trang", required=False, min_value=1, max_value=30000)
    copies = forms.IntegerField(label="Số bản", min_value=1, max_value=9999, initial=1)
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document_type"].queryset = DocumentType.objects.filter(in_force(on)).order_by("order", "name")  # type: ignore[attr-defined]

    def particulars(self) -> Particulars:
        """Return what was typed, for the operation."""
        names = Particulars.__dataclass_fields__
        return Particulars(**{name: value for name, value in self.cleaned_data.items() if name in names})


class RegistrationForm(ParticularsForm):
    """A document on its way into the book."""

    book = forms.ModelChoiceField(Book.objects.none(), label="Sổ", empty_label=None)
    arrival_date = DayField(label="Ngày đến")
    secrecy = forms.ChoiceField(
        label="Độ mật",
        choices=[("normal", "Thường"), ("secret", "Mật"), ("top_secret", "Tối mật"), ("absolute", "Tuyệt mật")],
        initial="normal",
    )
    leader = forms.ModelChoiceField(
        Post.objects.none(),
        label="Chuyển cho",
        required=False,
        empty_label="Theo quy tắc, hoặc để sau",
        widget=forms.Select({"data-picker": ""}),
    )
    accepts_double = forms.BooleanField(label="Vẫn vào sổ", required=False)
    file_ids = forms.CharField(label="Tệp", required=False, widget=forms.HiddenInput)
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        own = Book.objects.visible_to(actor).filter(agency=actor.post.unit.agency_id).open()
        self.fields["book"].queryset = own.order_by("-is_default", "name")  # type: ignore[attr-defined]
        self.fields["leader"].queryset = leaders_of(actor.post.unit.agency_id, on=on)  # type: ignore[attr-defined]

    def clean_file_ids(self) -> list[int]:
        """Read the keys of the files that were uploaded beside the form."""
        words = self.cleaned_data["file_ids"].replace(",", " ").split()
        if not all(word.isdigit() for word in words):
            raise forms.ValidationError("Danh sách tệp không đọc được. Hãy tải tệp lên lại.")
        return [int(word) for word in words]


class AmendmentForm(ParticularsForm):
    """A correction of what was registered, with its reason."""

    reason = forms.CharField(label="Lý do sửa", max_length=300)


class ForwardingForm(Asking, forms.Form):
    """To whom a document goes for instruction."""

    to = ListedField(
        Post.objects.none(), label="Chuyển cho", empty_label=None, widget=forms.Select({"data-picker": ""})
    )
    note = forms.CharField(label="Ý kiến trình", max_length=500, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, agency_id: int | None, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = leaders_of(agency_id, on=on)  # type: ignore[attr-defined]


LONGEST_RETURN = 500
"""The sender keeps as much of it."""


class ReasonForm(Asking, forms.Form):
    """One reason for one step."""

    reason = forms.CharField(label="Lý do", max_length=300, widget=forms.Textarea({"rows": 2}))


class ReturnForm(Asking, forms.Form):
    """Why a document goes back to who sent it, perhaps point by point."""

    reason = forms.CharField(
        label="Lý do trả lại", max_length=LONGEST_RETURN, widget=forms.Textarea({"rows": 6}),
        help_text="Nơi gửi đọc lý do này. Ghi rõ phải sửa gì rồi gửi lại.",
        error_messages={"required": "Hãy ghi lý do trả lại."},
    )  # fmt: skip


class AnswerForm(Asking, forms.Form):
    """The symbol of the document that answers."""

    symbol = forms.CharField(label="Số, ký hiệu văn bản trả lời", max_length=200)


class BookForm(Asking, forms.Form):
    """A new book of an agency."""

    agency = forms.ModelChoiceField(Unit.objects.none(), label="Cơ quan", empty_label="Chọn cơ quan")
    name = forms.CharField(label="Tên sổ", max_length=120, initial="Sổ văn bản đến")
    is_default = forms.BooleanField(label="Sổ thường dùng của cơ quan", required=False, initial=True)

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Unit.objects.existing(on).agencies().order_by("order", "name")  # type: ignore[attr-defined]


class TemplateForm(Asking, forms.ModelForm):  # type: ignore[type-arg]  # Django's own class takes none at run time
    """An instruction prepared beforehand."""

    class Meta:
        model = InstructionTemplate
        fields = ("name", "text", "lead_unit", "co_units", "working_days", "order")
        widgets = {
            "text": forms.Textarea({"rows": 3}),
            "lead_unit": forms.Select({"data-picker": ""}),
            "co_units": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, actor: Actor, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = parts_of(actor.post.unit.agency_id, on=on)
        self.fields["lead_unit"].queryset = self.fields["co_units"].queryset = parts  # type: ignore[attr-defined]


class RuleForm(Asking, forms.ModelForm):  # type: ignore[type-arg]  # Django's own class takes none at run time
    """A standing rule, as its agency writes it."""

    valid_from = DayField(label="Từ ngày")
    valid_to = DayField(label="Thôi từ ngày", required=False)

    class Meta:
        model = StandingRule
        fields = (
            "name",
            "authority",
            "document_type",
            "issuer_words",
            "abstract_words",
            "leader",
            "lead_unit",
            "instruction",
            "working_days",
            "order",
            "valid_from",
            "valid_to",
        )
        widgets = {
            "instruction": forms.Textarea({"rows": 3}),
            "lead_unit": forms.Select({"data-picker": ""}),
            "leader": forms.Select({"data-picker": ""}),
        }

    def __init__(self, *args: Any, actor: Actor, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leaders = leaders_of(actor.post.unit.agency_id, on=on)
        types = DocumentType.objects.filter(in_force(on)).order_by("order", "name")
        self.fields["authority"].queryset = self.fields["leader"].queryset = leaders  # type: ignore[attr-defined]
        self.fields["lead_unit"].queryset = parts_of(actor.post.unit.agency_id, on=on)  # type: ignore[attr-defined]
        self.fields["document_type"].queryset = types  # type: ignore[attr-defined]


class LimitForm(forms.Form):
    """The own limit of an agency for one step and urgency."""

    limit = forms.CharField(
        label="Thời hạn của cơ quan",
        max_length=40,
        required=False,
        help_text="Ví dụ: 1 ngày làm việc (tới hết ngày làm việc tiếp theo), 2 giờ làm việc. Trống: theo mức chung.",
    )
    source = forms.CharField(
        label="Theo",
        max_length=300,
        required=False,
        help_text="Văn bản quy định, ví dụ: Quy chế làm việc của Sở, Điều 12.",
    )


def leaders_of(agency_id: int | None, *, on: dt.date) -> Any:
    """Return the posts of an agency that may instruct, in their order."""
    instructing = [role.code for role in roles().values() if "incoming.instruct" in role.rights]
    return (
        Post.objects.in_force(on)
        .filter(unit__agency_id=agency_id, role__in=instructing)
        .select_related("officer", "unit")
        .order_by("order", "pk")
    )


def parts_of(agency_id: int | None, *, on: dt.date) -> Any:
    """Return the units of an agency, in their order."""
    return Unit.objects.existing(on).filter(agency_id=agency_id).order_by("order", "name")
