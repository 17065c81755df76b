"""What is typed about templates and letterheads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, cast

from django import forms

from lienthong.catalogue.models import DocumentType
from lienthong.organisation.models import Unit
from lienthong.stationery.braces import TagsArea, TagsInput
from lienthong.stationery.models import TemplateVersion
from lienthong.stationery.models.template import CONTENT
from lienthong.stationery.words import KINDS, Field
from lienthong.ui.forms import DayField

EVERYBODY = ""


class OwnerForm(forms.Form):
    """For whom a template is, and what it is called."""

    name = forms.CharField(label="Tên mẫu", max_length=150, help_text="Ví dụ: Công văn đôn đốc báo cáo.")
    owner = forms.ChoiceField(label="Dùng cho", required=False)

    def __init__(self, *args: Any, units: Iterable[Unit], for_everybody: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        choices = [(EVERYBODY, "Mọi đơn vị")] if for_everybody else []
        owner = cast("forms.ChoiceField", self.fields["owner"])
        owner.choices = choices + [(key, unit.name) for key, unit in self.units.items()]
        owner.required = not for_everybody

    def clean_owner(self) -> Unit | None:
        """The unit that was chosen; none = everybody."""
        return self.units.get(self.cleaned_data["owner"])


class NewTemplateForm(OwnerForm):
    """A template to begin."""

    document_type = forms.ModelChoiceField(label="Loại văn bản", queryset=DocumentType.objects.none())
    field_order = ("document_type", "name", "owner")

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = cast("forms.ModelChoiceField[DocumentType]", self.fields["document_type"])
        kinds.queryset = DocumentType.objects.in_force(on).in_order()


class NameForm(forms.Form):
    """What a template is called."""

    name = forms.CharField(label="Tên mẫu", max_length=150)


class VersionForm(forms.Form):
    """The texts of a draft version."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    abstract = forms.CharField(
        label="Trích yếu",
        max_length=500,
        required=False,
        widget=TagsInput,
        help_text="Công văn: phần đứng sau chữ “V/v”.",
    )
    addressees = forms.CharField(
        label="Kính gửi", required=False, widget=TagsArea(attrs={"rows": 2}), help_text="Mỗi dòng một nơi."
    )
    body = forms.CharField(
        label="Nội dung",
        strip=False,
        widget=TagsArea(attrs={"rows": 22, "spellcheck": "false"}),
        help_text="Mỗi đoạn một dòng. Trường chèn bằng danh sách bên dưới.",
    )
    recipients = forms.CharField(
        label="Nơi nhận",
        required=False,
        widget=TagsArea(attrs={"rows": 3}),
        help_text="Mỗi dòng một nơi, không cần gạch đầu dòng; dòng cuối là Lưu.",
    )
    signing_hint = forms.CharField(label="Gợi ý người ký", max_length=300, required=False)
    guidance = forms.CharField(
        label="Hướng dẫn dùng mẫu", required=False, max_length=4000, widget=TagsArea(attrs={"rows": 3})
    )

    @staticmethod
    def initial_of(version: TemplateVersion) -> dict[str, Any]:
        """What the form shows of a version."""
        texts = {name: getattr(version, name) for name in CONTENT if name != "fields"}
        return texts | {"seen": version.edited_at.isoformat()}

    def clean_seen(self) -> dt.datetime | None:
        """When the draft had been saved last, as the editor saw it."""
        try:
            return dt.datetime.fromisoformat(self.cleaned_data["seen"]) if self.cleaned_data["seen"] else None
        except ValueError:
            raise forms.ValidationError("Trang này đã cũ. Hãy tải lại trang.") from None

    @property
    def texts(self) -> dict[str, Any]:
        """The texts as typed."""
        return {name: self.cleaned_data[name] for name in CONTENT if name != "fields"}


class FieldForm(forms.Form):
    """One field that a template declares for itself."""

    name = forms.CharField(label="Tên trong mẫu", max_length=40, required=False)
    label = forms.CharField(label="Nhãn khi điền", max_length=100, required=False)
    kind = forms.ChoiceField(label="Kiểu", choices=list(KINDS.items()), required=False, initial="line")
    required = forms.BooleanField(label="Bắt buộc", required=False)
    sample = forms.CharField(label="Ví dụ", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 1}))
    help = forms.CharField(label="Giải thích", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """A line with anything in it needs a name."""
        typed: dict[str, Any] = self.cleaned_data
        if not typed.get("name") and (typed.get("label") or typed.get("sample")):
            self.add_error("name", "Hãy đặt tên cho trường này, ví dụ thoi_han.")
        return typed


class BaseFieldFormSet(forms.BaseFormSet):  # type: ignore[type-arg]  # takes no parameter at run time
    """The fields of a template, with empty lines for new ones; a line without a name is taken away."""

    @property
    def declared(self) -> list[dict[str, Any]]:
        """The fields as a version keeps them."""
        typed = [form.cleaned_data for form in self.forms if form.cleaned_data.get("name")]
        return [asdict(Field(**{**line, "kind": line["kind"] or "line"})) for line in typed]


def field_form_set(typed: Any, fields: list[dict[str, Any]] | None = None) -> BaseFieldFormSet:
    """Return the lines of fields: as typed, or those of a version with empty lines below."""
    return cast("BaseFieldFormSet", _FieldFormSet(typed, prefix="field", initial=fields or []))


_FieldFormSet = forms.formset_factory(FieldForm, formset=BaseFieldFormSet, extra=2, max_num=60, absolute_max=80)


class FileForm(forms.Form):
    """A Word file for a draft."""

    file = forms.FileField(label="Tệp Word (.docx)", widget=forms.FileInput(attrs={"accept": ".docx"}))


class LetterheadForm(forms.Form):
    """A head from a day."""

    valid_from = DayField(label="Dùng từ ngày")
    superior = forms.CharField(
        label="Dòng cơ quan cấp trên",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Để trống nếu không có cơ quan chủ quản.",
    )
    issuer = forms.CharField(label="Dòng cơ quan ban hành", widget=forms.Textarea(attrs={"rows": 3}))
    place = forms.CharField(label="Địa danh", max_length=60)
    contact = forms.CharField(
        label="Dòng địa chỉ ở chân trang",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Địa chỉ, điện thoại, thư điện tử: in cuối trang công văn, giấy mời.",
    )
    source = forms.CharField(label="Văn bản căn cứ", max_length=200, required=False)


class EndForm(forms.Form):
    """The end of a head."""

    valid_to = DayField(label="Thôi dùng từ ngày")
