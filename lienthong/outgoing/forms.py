"""What people type about drafts and outgoing documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.urls import reverse_lazy

from lienthong.catalogue.models import DocumentType
from lienthong.documents.models import IncomingDocument
from lienthong.formatting.official import Appendix
from lienthong.kernel.clock import at_local
from lienthong.organisation.models import Post, SigningAuthority, Unit
from lienthong.outgoing.models import Draft, DraftVersion, Recipient, ReviewStep
from lienthong.outgoing.models.book import Scope
from lienthong.outgoing.models.draft import Circulation
from lienthong.outgoing.operations.recipients import Line
from lienthong.outgoing.operations.reviewing import Station
from lienthong.outgoing.wording import Wording, appendices_of
from lienthong.stationery.asking import form_fields, values_of
from lienthong.stationery.models import DocumentTemplate, TemplateVersion
from lienthong.stationery.words import Value
from lienthong.ui.forms import DayField

Way = Recipient.Way
CLOSE_OF_DAY = dt.time(17, 0)
PICKER = {"data-picker": ""}
CIRCULATIONS = [("", "Không ghi"), *Circulation.choices]
HELP_CIRCULATION = "Dấu in trên văn bản, khi văn bản chỉ được xem trong phạm vi nhất định."


class BeginForm(forms.Form):
    """A new draft: what it is, from which template or file, about what."""

    scope = forms.ChoiceField(label="Phạm vi", choices=Scope.choices, initial=Scope.OUTGOING)
    document_type = forms.ModelChoiceField(
        DocumentType.objects.none(), label="Loại văn bản", empty_label="Chọn loại", widget=forms.Select(PICKER)
    )
    template = forms.ModelChoiceField(
        DocumentTemplate.objects.none(),
        label="Bắt đầu từ mẫu",
        required=False,
        empty_label="Trang trống",
        widget=forms.Select(
            PICKER
            | {"hx-get": reverse_lazy("outgoing:new"), "hx-target": "#asked", "hx-swap": "outerHTML", "hx-sync": "this"}
        ),
    )
    abstract = forms.CharField(
        label="Trích yếu",
        max_length=500,
        required=False,
        help_text="Văn bản nói về việc gì. Bỏ trống nếu lấy từ mẫu hoặc từ tệp.",
        widget=forms.Textarea({"rows": 2}),
    )
    urgency = forms.ChoiceField(label="Độ khẩn", choices=IncomingDocument.Urgency.choices, initial="normal")
    circulation = forms.ChoiceField(
        label="Chỉ dẫn phạm vi lưu hành", choices=CIRCULATIONS, required=False, help_text=HELP_CIRCULATION
    )
    file = forms.FileField(
        label="Hoặc lấy nội dung từ tệp Word",
        required=False,
        help_text="Tệp .docx. Hệ thống đọc nội dung, bảng, phụ lục và nói rõ những gì không lấy được.",
    )
    incoming = forms.IntegerField(required=False, widget=forms.HiddenInput)
    task = forms.IntegerField(required=False, widget=forms.HiddenInput)
    corrects = forms.IntegerField(required=False, widget=forms.HiddenInput)
    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, templates: Sequence[DocumentTemplate], on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types, template = self.fields["document_type"], self.fields["template"]
        types.queryset = DocumentType.objects.in_force(on).filter(is_normative=False).in_order()  # type: ignore[attr-defined]
        types.required = False
        template.queryset = DocumentTemplate.objects.filter(pk__in=[one.pk for one in templates])  # type: ignore[attr-defined]
        groups: dict[str, list[tuple[int, str]]] = {}
        for one in templates:
            groups.setdefault(one.document_type.name, []).append((one.pk, f"{one.name} ({one.owner_name})"))
        template.choices = [("", "Trang trống"), *groups.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a draft of no type, of another type than its template, and one that says nothing."""
        given: dict[str, Any] = super().clean() or {}
        kind, template = given.get("document_type"), given.get("template")
        if kind is None and template and "document_type" not in self.errors:
            given["document_type"] = template.document_type
        elif kind is None and "document_type" not in self.errors:
            self.add_error("document_type", "Hãy chọn loại văn bản.")
        elif kind and template and template.document_type_id != kind.pk:
            name = template.document_type.name
            self.add_error("template", f"Mẫu này để soạn {name}. Hãy chọn loại {name} hoặc chọn mẫu khác.")
        if not (given.get("abstract") or given.get("template") or given.get("file")):
            self.add_error("abstract", "Hãy ghi trích yếu: văn bản nói về việc gì.")
        return given


class AskedForm(forms.Form):
    """What a template asks of whoever begins from it: one field for each that its version declares."""

    def __init__(self, version: TemplateVersion, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix="asked")
        self.version = version
        self.fields |= form_fields(version)
        for field in self.fields.values():
            field.error_messages["required"] = f"Mẫu cần mục này: hãy ghi “{field.label}”."

    @property
    def values(self) -> dict[str, Value]:
        """What was typed, for the texts of the template."""
        return values_of(self.version, self.cleaned_data)


class MarksForm(forms.Form):
    """The marks on a paper: how urgent it is and how far it may go."""

    urgency = forms.ChoiceField(label="Độ khẩn", choices=IncomingDocument.Urgency.choices)
    circulation = forms.ChoiceField(
        label="Chỉ dẫn phạm vi lưu hành", choices=CIRCULATIONS, required=False, help_text=HELP_CIRCULATION
    )


class WordingForm(forms.Form):
    """The wording of a draft as it stands in the editor, with the version that lies under it."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    abstract = forms.CharField(label="Trích yếu", max_length=500, required=False, widget=forms.Textarea({"rows": 2}))
    addressees = forms.CharField(
        label="Kính gửi", required=False, help_text="Mỗi nơi một dòng.", widget=forms.Textarea({"rows": 2})
    )
    body = forms.CharField(
        label="Nội dung",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 24, "data-markup": "", "spellcheck": "false"}),
    )

    def wording(self, appendices: Sequence[Appendix]) -> Wording:
        """Return what was typed, for the operation."""
        given = self.cleaned_data
        return Wording(
            abstract=given["abstract"],
            addressees=tuple(line.strip() for line in given["addressees"].splitlines() if line.strip()),
            body=given["body"],
            appendices=tuple(appendices),
        )


class AppendixForm(forms.Form):
    """One appendix; empty means none."""

    title = forms.CharField(label="Tên phụ lục", max_length=100, required=False)
    caption = forms.CharField(label="Tiêu đề", max_length=500, required=False)
    body = forms.CharField(
        label="Nội dung phụ lục",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8, "data-markup": "", "spellcheck": "false"}),
    )


_Appendices = forms.formset_factory(AppendixForm, extra=1, max_num=30, absolute_max=60)


def wording_forms(
    data: Mapping[str, Any] | None, version: DraftVersion
) -> tuple[WordingForm, BaseFormSet[AppendixForm]]:
    """Return the editor's forms, filled from a version or from what was sent."""
    initial = {
        "number": version.number,
        "revision": version.revision,
        "abstract": version.abstract,
        "addressees": "\n".join(version.addressees),
        "body": version.body,
    }
    form = WordingForm(data, initial=initial)
    return form, _Appendices(data, initial=None if data else version.appendices, prefix="appendix")


def appendices_in(forms_sent: BaseFormSet[AppendixForm]) -> tuple[Appendix, ...]:
    """Return the appendices that are not empty."""
    given = [one.cleaned_data for one in forms_sent if one.cleaned_data]
    return appendices_of(
        {"title": one["title"], "caption": one["caption"], "body": one["body"]}
        for one in given
        if one["caption"].strip() or one["body"].strip()
    )


class RecipientForm(forms.Form):
    """One line of Nơi nhận: what is printed, and to whom or by which way it goes."""

    to = forms.ChoiceField(label="Nơi nhận", required=False, widget=forms.Select(PICKER))
    line = forms.CharField(label="Dòng in trên văn bản", max_length=300, required=False)
    address = forms.CharField(label="Địa chỉ hoặc thư điện tử", max_length=300, required=False)
    copies = forms.IntegerField(label="Số bản", min_value=1, max_value=999, initial=1, required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = choices
        self.fields["to"].choices = choices.groups  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the way of a line that has only words."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("line") and not given.get("to") and "to" not in self.errors:
            self.add_error("to", "Hãy chọn nơi nhận hoặc cách gửi.")
        if given.get("to") in self.known.ways and not given.get("line"):
            self.add_error("line", "Hãy ghi dòng in trên văn bản.")
        return given

    def recipient(self) -> Line | None:
        """Return the line, or nothing when the row is empty."""
        given = self.cleaned_data
        if not given.get("to"):
            return None
        return self.known.line(given["to"], given["line"], given["address"], given["copies"] or 1)


class Choices:
    """Everybody to whom a draft of an agency may go, as one select."""

    ways = (Way.POST, Way.EMAIL, Way.HAND, Way.FILE)

    def __init__(self, draft: Draft, *, on: dt.date) -> None:
        agencies = Unit.objects.existing(on).agencies().filter(is_external=False).exclude(pk=draft.agency_id)
        self.agencies = {one.pk: one for one in agencies.order_by("order", "name", "pk")}
        inside = Unit.objects.existing(on).filter(agency=draft.agency_id).exclude(pk=draft.agency_id)
        self.units = {one.pk: one for one in inside.order_by("order", "name", "pk")}
        posts = Post.objects.in_force(on).filter(unit__agency=draft.agency_id).select_related("officer", "unit")
        self.posts = {one.pk: one for one in posts.order_by("unit__order", "order", "pk")}
        self.groups: list[Any] = [
            ("", "Gõ tên nơi nhận, hoặc chọn cách gửi"),
            ("Cách khác", [(way.value, way.label) for way in self.ways]),
            ("Trên hệ thống", [(f"system:{pk}", one.name) for pk, one in self.agencies.items()]),
            ("Đơn vị trong cơ quan", [(f"inside:{pk}", one.name) for pk, one in self.units.items()]),
            ("Người trong cơ quan", [(f"person:{pk}", _named(one)) for pk, one in self.posts.items()]),
        ]

    def line(self, to: str, words: str, address: str, copies: int) -> Line:
        """Return the line that a choice means."""
        way, _, key = to.partition(":")
        pk = int(key) if key else 0
        if way == Way.SYSTEM:
            unit = self.agencies[pk]
            return Line(line=words or unit.name, way=way, unit=unit, copies=copies)
        if way == Way.INSIDE:
            unit = self.units[pk]
            return Line(line=words or unit.name, way=way, unit=unit, copies=copies)
        if way == "person":
            post = self.posts[pk]
            return Line(line=words or str(post.officer), way=Way.INSIDE, unit=post.unit, post=post, copies=copies)
        is_mail = way == Way.EMAIL
        return Line(
            line=words, way=way, address="" if is_mail else address, email=address if is_mail else "", copies=copies
        )


_Recipients = forms.formset_factory(RecipientForm, extra=3, max_num=300, absolute_max=400)


def recipient_forms(
    data: Mapping[str, Any] | None, draft: Draft, *, on: dt.date, prefilled: Sequence[dict[str, Any]] = ()
) -> BaseFormSet[RecipientForm]:
    """Return the rows of Nơi nhận as they stand, and empty ones below."""
    initial = recipient_rows(draft.recipients.order_by("order")) or list(prefilled)
    return _Recipients(
        data, initial=None if data else initial, prefix="recipient", form_kwargs={"choices": Choices(draft, on=on)}
    )


def recipient_rows(recipients: Iterable[Recipient]) -> list[dict[str, Any]]:
    """Return recipients as rows of the form."""
    return [
        {"to": _choice_of(one), "line": one.line, "address": one.email or one.address, "copies": one.copies}
        for one in recipients
    ]


def _choice_of(recipient: Recipient) -> str:
    if recipient.way == Way.SYSTEM:
        return f"system:{recipient.unit_id}"
    if recipient.way == Way.INSIDE:
        return f"person:{recipient.post_id}" if recipient.post_id else f"inside:{recipient.unit_id}"
    return recipient.way


class AuthorityField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own class takes none at run time
    """Who signs and by which authority."""

    def label_from_instance(self, obj: SigningAuthority) -> str:
        """Name the officer, the title and the form of signing."""
        return f"{obj.post} · {obj.get_form_display()}"


class PostField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own class takes none at run time
    """Somebody of the agency, named with the unit: there are many heads of divisions."""

    def label_from_instance(self, obj: Post) -> str:
        """Name the officer, the title and the unit."""
        return _named(obj)


def _named(post: Post) -> str:
    return str(post) if post.unit.is_agency else f"{post}, {post.unit.short_name or post.unit.name}"


class PutUpForm(forms.Form):
    """Who signs, and a word to those who look at it."""

    authority = AuthorityField(
        SigningAuthority.objects.none(), label="Người ký", empty_label="Chọn người ký", widget=forms.Select(PICKER)
    )
    note = forms.CharField(label="Lời trình", required=False, max_length=500, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, authorities: Sequence[SigningAuthority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = SigningAuthority.objects.filter(pk__in=[one.pk for one in authorities])
        self.fields["authority"].queryset = rows.select_related("post__officer").order_by("post__order", "form", "pk")  # type: ignore[attr-defined]
        self.fields["authority"].error_messages |= {
            "required": "Hãy chọn người ký.",
            "invalid_choice": "Người này không có thẩm quyền ký hôm nay. Hãy chọn trong danh sách.",
        }


class StationForm(forms.Form):
    """One who looks at the draft on its way; empty means none."""

    post = PostField(
        Post.objects.none(),
        label="Người xem",
        required=False,
        empty_label="Không thêm",
        widget=forms.Select(PICKER),
    )
    purpose = forms.ChoiceField(label="Để", choices=ReviewStep.Purpose.choices, required=False)
    order = forms.IntegerField(label="Thứ tự", min_value=1, max_value=99, required=False)
    due = DayField(label="Hạn xem", required=False)

    def __init__(self, *args: Any, agency_id: int, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.in_force(on).filter(unit__agency=agency_id).select_related("officer", "unit")
        self.fields["post"].queryset = posts.order_by("unit__order", "order", "pk")  # type: ignore[attr-defined]


_Stations = forms.formset_factory(StationForm, extra=4, max_num=30, absolute_max=60)


def station_forms(
    data: Mapping[str, Any] | None, draft: Draft, *, on: dt.date, initial: Sequence[dict[str, Any]] = ()
) -> BaseFormSet[StationForm]:
    """Return the rows of the way, those proposed first."""
    kwargs = {"agency_id": draft.agency_id, "on": on}
    return _Stations(data, initial=None if data else list(initial), prefix="station", form_kwargs=kwargs)


def way_in(rows: BaseFormSet[StationForm]) -> list[Station]:
    """Return the way in its order: equal numbers look at the same time; a row without a number follows the last."""
    way: list[Station] = []
    for row in rows:
        given = row.cleaned_data
        if not given.get("post"):
            continue
        order = given["order"] or (way[-1].order + 1 if way else 1)
        due = at_local(given["due"], CLOSE_OF_DAY) if given["due"] else None
        way.append(Station(order, given["post"], given["purpose"] or ReviewStep.Purpose.CONTENT, due))
    return sorted(way, key=lambda one: one.order)


class SignerForm(PutUpForm):
    """Another signer, and why."""

    reason = forms.CharField(label="Lý do", max_length=500)
    note = None  # type: ignore[assignment]  # a form drops an inherited field so


class IssueForm(forms.Form):
    """What the clerk adds when a document gets its number."""

    keeper = forms.CharField(label="Đơn vị, người nhận bản lưu", max_length=200, required=False)
    copies = forms.IntegerField(label="Số lượng bản", min_value=1, max_value=9999, initial=1)
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)
    request_key = forms.UUIDField(widget=forms.HiddenInput)


class RecallForm(forms.Form):
    """Why a document is taken back, and by which paper."""

    reason = forms.CharField(label="Lý do thu hồi", max_length=1000, widget=forms.Textarea({"rows": 2}))
    source = forms.CharField(label="Văn bản căn cứ", max_length=200, required=False)


class OutgoingBookForm(forms.Form):
    """A new book of an agency."""

    agency = forms.ModelChoiceField(
        Unit.objects.none(), label="Cơ quan", empty_label="Chọn cơ quan", widget=forms.Select(PICKER)
    )
    name = forms.CharField(label="Tên sổ", max_length=120, initial="Sổ đăng ký văn bản đi")
    scope = forms.ChoiceField(label="Dùng cho", choices=Scope.choices, initial=Scope.OUTGOING)
    types = forms.MultipleChoiceField(
        label="Chỉ cho các loại",
        required=False,
        help_text="Không chọn loại nào: sổ dùng cho mọi loại mà sổ khác của cơ quan không đánh số.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Unit.objects.existing(on).agencies().filter(is_external=False)
        self.fields["agency"].queryset = agencies.order_by("order", "name", "pk")  # type: ignore[attr-defined]
        self.fields["agency"].error_messages["required"] = "Hãy chọn cơ quan."
        rows = DocumentType.objects.in_force(on).filter(is_normative=False).in_order()
        self.fields["types"].choices = list(rows.values_list("code", "name"))  # type: ignore[attr-defined]
