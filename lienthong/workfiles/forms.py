"""What people type about lists of files, work files and hand-overs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms

from lienthong.kernel.periods import in_force
from lienthong.organisation.models import Post, Unit
from lienthong.ui.forms import Asking, DayField
from lienthong.workfiles.models import FilePlan, Heading, WorkFile
from lienthong.workfiles.models.keeping import Kept
from lienthong.workfiles.operations.plans import Retention
from lienthong.workfiles.retention import rules_on

OTHER_YEARS, FOR_EVER = "years", "permanent"


class RetentionForm(Asking, forms.Form):
    """How long something is kept: one of the rules, for ever, or so many years."""

    retention = forms.ChoiceField(label="Thời hạn bảo quản", required=False)
    retention_years = forms.IntegerField(
        label="Số năm", required=False, min_value=1, max_value=200, help_text="Ghi khi chọn “Số năm khác”."
    )

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = [(rule.code, rule.label) for rule in rules_on(on)]
        cast("forms.ChoiceField", self.fields["retention"]).choices = [
            ("", "Chưa xác định"),
            (FOR_EVER, "Vĩnh viễn"),
            (OTHER_YEARS, "Số năm khác"),
            ("Mức gợi ý", rules),
        ]

    def clean(self) -> dict[str, Any]:
        """Other years need their number."""
        typed: dict[str, Any] = self.cleaned_data
        if typed.get("retention") == OTHER_YEARS and not typed.get("retention_years"):
            self.add_error("retention_years", "Hãy ghi số năm bảo quản.")
        return typed

    @staticmethod
    def retention_of(kept: Kept) -> dict[str, Any]:
        """What the form shows of something kept."""
        choice = kept.retention_rule or (FOR_EVER if kept.is_permanent else OTHER_YEARS if kept.retention_years else "")
        return {"retention": choice, "retention_years": kept.retention_years if choice == OTHER_YEARS else None}

    @property
    def kept(self) -> Retention:
        """The retention that was chosen."""
        choice = self.cleaned_data["retention"]
        if choice == FOR_EVER:
            return Retention(is_permanent=True)
        if choice == OTHER_YEARS:
            return Retention(years=self.cleaned_data["retention_years"])
        return Retention(rule=choice)


class PlanForm(Asking, forms.Form):
    """A list to begin."""

    year = forms.IntegerField(label="Năm", min_value=1900, max_value=9999)
    copy_from = forms.ModelChoiceField(
        FilePlan.objects.none(),
        label="Sao chép từ",
        required=False,
        empty_label="Bắt đầu từ danh mục trống",
        help_text="Chép đề mục và hồ sơ để sửa lại; năm trong tiêu đề hồ sơ được đổi theo.",
    )

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[FilePlan]", self.fields["copy_from"]).queryset = plans


class ReasonForm(Asking, forms.Form):
    """Why."""

    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea({"rows": 2}))


class HeadingForm(Asking, forms.Form):
    """A heading of a list."""

    abbreviation = forms.CharField(label="Chữ viết tắt", max_length=12, help_text="Đứng sau số hồ sơ: 01.TCCB.")
    title = forms.CharField(label="Tên đề mục", max_length=200)
    place = forms.TypedChoiceField(label="Vị trí trong danh mục", coerce=int)
    reason = forms.CharField(label="Lý do sửa đổi, bổ sung", max_length=500, required=False)

    def __init__(self, *args: Any, plan: FilePlan, heading: Heading | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(plan.headings.order_by("order", "pk"))
        if heading is None:
            del self.fields["place"]
        else:
            places = [(number, _place(number, row, heading)) for number, row in enumerate(rows, start=1)]
            cast("forms.TypedChoiceField", self.fields["place"]).choices = places
            stands = {"abbreviation": heading.abbreviation, "title": heading.title, "place": rows.index(heading) + 1}
            self.initial = {**self.initial, **stands}
        if not plan.is_approved:
            del self.fields["reason"]


class PlannedForm(RetentionForm):
    """A file that a list foresees."""

    heading = forms.ModelChoiceField(Heading.objects.none(), label="Đề mục", empty_label=None)
    title = forms.CharField(label="Tiêu đề hồ sơ", max_length=500, widget=forms.Textarea({"rows": 2}))
    keeper = forms.ChoiceField(label="Đơn vị hoặc người lập", required=False)
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)
    reason = forms.CharField(label="Lý do sửa đổi, bổ sung", max_length=500, required=False)
    field_order = ("heading", "title", "retention", "retention_years", "keeper", "note", "reason")

    def __init__(self, *args: Any, plan: FilePlan, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        headings = cast("forms.ModelChoiceField[Heading]", self.fields["heading"])
        headings.queryset = plan.headings.order_by("order", "pk")
        self.keepers = keepers(plan.agency_id, on)
        cast("forms.ChoiceField", self.fields["keeper"]).choices = [("", "Chưa phân công"), *choices(self.keepers)]
        if not plan.is_approved:
            del self.fields["reason"]

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, for the operation."""
        keeper = self.keepers.get(self.cleaned_data["keeper"])
        return {
            "title": self.cleaned_data["title"],
            "retention": self.kept,
            "unit": keeper if isinstance(keeper, Unit) else None,
            "post": keeper if isinstance(keeper, Post) else None,
            "note": self.cleaned_data["note"],
            "reason": self.cleaned_data.get("reason", ""),
        }


class TableForm(forms.Form):
    """A table of files: a workbook, or cells pasted from one."""

    file = forms.FileField(label="Tệp XLSX", required=False, widget=forms.FileInput({"accept": ".xlsx"}))
    pasted = forms.CharField(
        label="Hoặc dán từ Excel",
        required=False,
        strip=False,
        max_length=1_000_000,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        help_text="Có hàng tiêu đề: Số và ký hiệu hồ sơ, Tiêu đề hồ sơ, Thời hạn bảo quản, Người lập hồ sơ, Ghi chú.",
    )
    reason = forms.CharField(label="Lý do sửa đổi, bổ sung", max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        typed: dict[str, Any] = self.cleaned_data
        if not typed.get("file") and not (typed.get("pasted") or "").strip():
            self.add_error("file", "Hãy chọn tệp XLSX hoặc dán bảng.")
        return typed


class OpeningForm(Asking, forms.Form):
    """A planned file to open."""

    post = forms.ModelChoiceField(Post.objects.none(), label="Người lập hồ sơ")
    started_on = DayField(label="Ngày bắt đầu")

    def __init__(self, *args: Any, agency_id: int, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.filter(in_force(on), unit__agency=agency_id).select_related("officer", "unit")
        cast("forms.ModelChoiceField[Post]", self.fields["post"]).queryset = posts.order_by(
            "unit__order", "order", "pk"
        )


class UnplannedForm(RetentionForm):
    """A file outside the list."""

    heading = forms.ModelChoiceField(Heading.objects.none(), label="Đề mục", empty_label=None)
    title = forms.CharField(label="Tiêu đề hồ sơ", max_length=500, widget=forms.Textarea({"rows": 2}))
    reason = forms.CharField(label="Lý do lập ngoài danh mục", max_length=500)
    started_on = DayField(label="Ngày bắt đầu")
    field_order = ("heading", "title", "reason", "retention", "retention_years", "started_on")

    def __init__(self, *args: Any, headings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Heading]", self.fields["heading"]).queryset = headings


class DetailsForm(RetentionForm):
    """What is said of an open file."""

    title = forms.CharField(label="Tiêu đề hồ sơ", max_length=500, widget=forms.Textarea({"rows": 2}))
    started_on = DayField(label="Ngày bắt đầu")
    ended_on = DayField(label="Ngày công việc kết thúc", required=False)
    is_construction = forms.BooleanField(label="Hồ sơ xây dựng cơ bản", required=False)
    settled_on = DayField(label="Ngày quyết toán", required=False, help_text="Chỉ với hồ sơ xây dựng cơ bản.")
    access = forms.ChoiceField(label="Chế độ sử dụng", choices=WorkFile.Access.choices)
    language = forms.CharField(label="Ngôn ngữ", max_length=50)
    description = forms.CharField(label="Chú giải", max_length=500, required=False, widget=forms.Textarea({"rows": 2}))
    field_order = ("title", "started_on", "ended_on", "retention", "retention_years", "is_construction", "settled_on")

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, for the operation."""
        typed = {name: value for name, value in self.cleaned_data.items() if not name.startswith("retention")}
        return typed | {"retention": self.kept}


class ParticularsForm(Asking, forms.Form):
    """What a filed document is called."""

    symbol = forms.CharField(label="Số, ký hiệu", max_length=60, required=False)
    title = forms.CharField(label="Tên loại và trích yếu", max_length=500, widget=forms.Textarea({"rows": 2}))
    issuer = forms.CharField(label="Tác giả", max_length=200, required=False)
    date = DayField(label="Ngày văn bản", required=False)
    pages = forms.IntegerField(label="Số trang", required=False, min_value=1, max_value=30000)
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)


class KeeperForm(ReasonForm):
    """Who keeps a file from now on."""

    to = forms.ChoiceField(label="Chuyển cho")
    field_order = ("to", "reason")

    def __init__(self, *args: Any, agency_id: int, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keepers = {key: one for key, one in keepers(agency_id, on).items() if isinstance(one, Post)}
        cast("forms.ChoiceField", self.fields["to"]).choices = list(choices(self.keepers))

    @property
    def post(self) -> Post:
        """The post that was chosen."""
        return self.keepers[self.cleaned_data["to"]]


class ReaderForm(Asking, forms.Form):
    """Who may read a file besides."""

    with_whom = forms.ChoiceField(label="Cho xem")

    def __init__(self, *args: Any, agency_id: int, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keepers = keepers(agency_id, on)
        cast("forms.ChoiceField", self.fields["with_whom"]).choices = list(choices(self.keepers))

    @property
    def reader(self) -> Unit | Post:
        """The unit or post that was chosen."""
        return self.keepers[self.cleaned_data["with_whom"]]


class CopyForm(Asking, forms.Form):
    """A kept copy to be given to somebody."""

    symbol = forms.CharField(label="Số, ký hiệu văn bản", max_length=60, help_text="Như trên văn bản: 139/STTTT-CNTT.")
    date = DayField(label="Ngày văn bản", required=False)
    user = forms.ModelChoiceField(
        Post.objects.none(), label="Người sử dụng", required=False, empty_label="Người ngoài cơ quan"
    )
    user_name = forms.CharField(label="Họ tên, đơn vị người ngoài cơ quan", max_length=200, required=False)
    allowed_by = forms.ModelChoiceField(Post.objects.none(), label="Người cho phép sử dụng", empty_label=None)
    given_on = DayField(label="Ngày cho sử dụng")
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)

    def __init__(self, *args: Any, agency_id: int | None, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.filter(in_force(on), unit__agency=agency_id).select_related("officer", "unit")
        posts = posts.order_by("order", "unit__order", "pk")
        for name in ("user", "allowed_by"):
            cast("forms.ModelChoiceField[Post]", self.fields[name]).queryset = posts
        self.initial.setdefault("allowed_by", posts.first())

    def clean(self) -> dict[str, Any]:
        """Either one of the agency, or somebody named."""
        typed: dict[str, Any] = self.cleaned_data
        if not typed.get("user") and not (typed.get("user_name") or "").strip():
            self.add_error("user_name", "Hãy chọn người trong cơ quan, hoặc ghi họ tên người ngoài cơ quan.")
        return typed

    @property
    def who(self) -> Post | str:
        """Who uses the copy."""
        return self.cleaned_data["user"] or str(self.cleaned_data["user_name"])


class CopyReturnForm(Asking, forms.Form):
    """When a kept copy came back."""

    returned_on = DayField(label="Ngày trả")


class ClosingForm(forms.Form):
    """Why a file is closed although something is left."""

    overruling = forms.CharField(
        label="Lý do vẫn kết thúc", max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )


def _place(number: int, row: Heading, heading: Heading) -> str:
    return f"{number} (hiện nay)" if row == heading else f"{number}, chỗ của {row.abbreviation}"


def keepers(agency_id: int | None, on: dt.date) -> dict[str, Unit | Post]:
    """Return the units and posts of an agency on a day, by the values of a choice."""
    units = Unit.objects.existing(on).filter(agency=agency_id).order_by("order", "pk")
    posts = Post.objects.filter(in_force(on), unit__agency=agency_id).select_related("officer", "unit")
    found: dict[str, Unit | Post] = {f"unit:{unit.pk}": unit for unit in units}
    return found | {f"post:{post.pk}": post for post in posts.order_by("unit__order", "order", "pk")}


def choices(found: Mapping[str, Unit | Post]) -> Iterable[tuple[str, str]]:
    """Return units and posts as choices."""
    return [
        (key, f"{one.officer.full_name}, {one.title}, {one.unit.short_name}" if isinstance(one, Post) else one.name)
        for key, one in found.items()
    ]
