"""What administrators and officers type. The rules are the operations'; here only the shapes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from lienthong.identity.models import User
from lienthong.kernel.rights import declared
from lienthong.organisation.models import Officer, Post, SigningAuthority, Succession, Unit, UnitCode
from lienthong.organisation.operations.delegation import NOT_DELEGABLE
from lienthong.organisation.roles import roles
from lienthong.ui.forms import DayField

ACCEPTED_SHEETS = {"accept": ".xlsx,.csv"}


def unit_label(unit: Unit) -> str:
    """Name a unit with the one above it, to tell those of one name apart."""
    return f"{unit.name} · {unit.parent.short_name}" if unit.parent else unit.name


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes no argument at run time
    """A unit of a day."""

    def __init__(self, on: dt.date, **more: Any) -> None:
        units = Unit.objects.existing(on).select_related("parent").order_by("name", "pk")
        super().__init__(units, empty_label="Chọn đơn vị", **more)

    def label_from_instance(self, obj: Unit) -> str:
        """Name a unit."""
        return unit_label(obj)


class UnitsChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # takes no argument at run time
    """Several units of a day, but the one that is asked about."""

    def __init__(self, on: dt.date, *, besides: Unit, **more: Any) -> None:
        units = Unit.objects.existing(on).exclude(pk=besides.pk).select_related("parent").order_by("name", "pk")
        super().__init__(units, widget=forms.SelectMultiple(attrs={"size": 8}), **more)

    def label_from_instance(self, obj: Unit) -> str:
        """Name a unit."""
        return unit_label(obj)


class PostChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes no argument at run time
    """A post in force on a day."""

    def __init__(self, on: dt.date, *, agency_id: int | None = None, unlike: int | None = None, **more: Any) -> None:
        posts = Post.objects.in_force(on).select_related("officer", "unit").order_by("officer__sort_name", "pk")
        if agency_id is not None:
            posts = posts.filter(unit__agency_id=agency_id)
        if unlike is not None:
            posts = posts.exclude(officer_id=unlike)
        super().__init__(posts, empty_label="Chọn người", **more)

    def label_from_instance(self, obj: Post) -> str:
        """Name a person with their post and unit."""
        return f"{obj.officer.full_name} · {obj.title}, {obj.unit.short_name}"


def _source(*, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label="Văn bản căn cứ", max_length=200, required=required, help_text="Số, ký hiệu và ngày, ví dụ 139/QĐ-UBND."
    )


class UnitForm(forms.Form):
    """A new unit."""

    name = forms.CharField(label="Tên đầy đủ", max_length=200)
    short_name = forms.CharField(label="Tên ngắn", max_length=60, required=False, help_text="Dùng trong danh sách.")
    kind = forms.ChoiceField(label="Loại", choices=Unit.Kind.choices)
    symbol = forms.CharField(
        label="Ký hiệu trong số văn bản", max_length=20, required=False, help_text="Ví dụ STTTT trong 12/BC-STTTT."
    )
    is_agency = forms.BooleanField(label="Có con dấu, sổ văn bản và văn thư riêng", required=False)
    is_external = forms.BooleanField(label="Đơn vị ngoài hệ thống, chỉ nhận và gửi văn bản", required=False)
    order = forms.IntegerField(label="Thứ tự trong danh sách", min_value=0, max_value=9999, initial=0)
    valid_from = DayField(label="Hoạt động từ ngày")
    source = _source()

    field_order = ("name", "short_name", "parent", "kind")

    def __init__(self, *args: Any, on: dt.date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["parent"] = UnitChoice(on, label="Đơn vị cấp trên", required=False)
        self.order_fields(self.field_order)


class UnitNameForm(forms.Form):
    """A new name from a day."""

    name = forms.CharField(label="Tên mới", max_length=200)
    short_name = forms.CharField(label="Tên ngắn mới", max_length=60, required=False)
    on = DayField(label="Từ ngày")
    source = _source()


class UnitPlaceForm(forms.Form):
    """A new place in the tree from a day."""

    on = DayField(label="Từ ngày")
    field_order = ("parent", "on")

    def __init__(self, *args: Any, on: dt.date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["parent"] = UnitChoice(on, label="Đơn vị cấp trên mới")
        self.order_fields(self.field_order)


class UnitCodeForm(forms.Form):
    """A code from a day."""

    kind = forms.ChoiceField(label="Loại mã", choices=UnitCode.Kind.choices)
    code = forms.CharField(label="Mã", max_length=40)
    valid_from = DayField(label="Từ ngày")


class UnitEndForm(forms.Form):
    """The first day on which a unit is no more."""

    on = DayField(label="Thôi hoạt động từ ngày", help_text="Ngày đầu tiên đơn vị không còn.")
    source = _source()


class SuccessionForm(forms.Form):
    """Who takes over from this unit."""

    kind = forms.ChoiceField(label="Cách kế thừa", choices=Succession.Kind.choices)
    function = forms.CharField(
        label="Lĩnh vực chuyển giao", max_length=200, required=False, help_text="Chỉ ghi khi chuyển giao chức năng."
    )
    on = DayField(label="Từ ngày")
    source = _source(required=True)
    field_order = ("kind", "successors")

    def __init__(self, *args: Any, unit: Unit, on: dt.date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["successors"] = UnitsChoice(
            on, besides=unit, label="Đơn vị tiếp nhận", help_text="Chọn nhiều đơn vị: giữ Ctrl khi bấm."
        )
        self.order_fields(self.field_order)


class OfficerForm(forms.Form):
    """A person."""

    full_name = forms.CharField(label="Họ và tên", max_length=100)
    email = forms.EmailField(label="Thư điện tử", required=False)
    phone = forms.CharField(label="Điện thoại", max_length=20, required=False)
    staff_code = forms.CharField(label="Mã cán bộ", max_length=30, required=False)


class PostForm(forms.Form):
    """A post of an officer."""

    title = forms.CharField(label="Chức vụ", max_length=100, help_text="Ghi như trên giấy tờ, ví dụ Phó Giám đốc.")
    role = forms.ChoiceField(label="Vai trò", help_text="Vai trò quyết định được làm gì trên hệ thống.")
    concurrent = forms.BooleanField(label="Chức vụ kiêm nhiệm", required=False)
    order = forms.IntegerField(label="Thứ tự trong đơn vị", min_value=0, max_value=9999, initial=100)
    valid_from = DayField(label="Từ ngày")
    valid_to = DayField(label="Thôi từ ngày", required=False)
    field_order = ("unit", "title", "role")

    def __init__(self, *args: Any, on: dt.date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["unit"] = UnitChoice(on, label="Đơn vị")
        self.fields["role"].choices = [(code, role.name) for code, role in roles().items()]  # type: ignore[attr-defined]
        self.order_fields(self.field_order)


class TakerField(forms.TypedChoiceField):
    """Who takes over: people of the same unit first, then those of the agency; cleaned, the post itself."""

    def __init__(self, takers: Sequence[Post], giver: Post, **more: Any) -> None:
        self._posts = {post.pk: post for post in takers}
        own = [(post.pk, _named(post)) for post in takers if post.officer_id == giver.officer_id]
        near = [post for post in takers if post.officer_id != giver.officer_id and post.unit_id == giver.unit_id]
        far = [post for post in takers if post.officer_id != giver.officer_id and post.unit_id != giver.unit_id]
        groups = [
            (f"Cùng đơn vị ({giver.unit.short_name})", [(post.pk, _named(post)) for post in near]),
            ("Chức vụ khác của chính người này", own),
            ("Đơn vị khác trong cơ quan", [(post.pk, _named(post)) for post in far]),
        ]
        choices = [("", "Chọn người nhận"), *(group for group in groups if group[1])]
        super().__init__(choices=choices, coerce=self._post, empty_value=None, **more)

    def _post(self, key: str) -> Post:
        return self._posts[int(key)]


def _named(post: Post) -> str:
    return f"{post.officer.full_name} · {post.title}, {post.unit.short_name}"


class PostEndForm(forms.Form):
    """The first day without the post, and who takes over."""

    on = DayField(label="Thôi giữ chức vụ từ ngày")
    reason = forms.CharField(label="Lý do, văn bản", max_length=200, required=False)
    field_order = ("on", "taker", "reason")

    def __init__(self, *args: Any, takers: Sequence[Post], giver: Post, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["taker"] = TakerField(
            takers,
            giver,
            label="Người nhận bàn giao",
            required=False,
            help_text="Nhận mọi việc còn mở của chức vụ này, từ ngày thôi.",
        )
        self.order_fields(self.field_order)


class HandOverForm(forms.Form):
    """Who takes over what was ticked, and why."""

    reason = forms.CharField(
        label="Lý do, văn bản", max_length=200, required=False, help_text="Ví dụ: phân công lại nhiệm vụ từ tháng 4."
    )
    field_order = ("taker", "reason")

    def __init__(self, *args: Any, takers: Sequence[Post], giver: Post, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["taker"] = TakerField(takers, giver, label="Người nhận bàn giao")
        self.order_fields(self.field_order)


class AccountEndForm(forms.Form):
    """Who takes over the work of each post of a person whose account is shut; or that it is shut for a short time."""

    keeps_work = forms.BooleanField(
        label="Chỉ khóa tạm, công việc giữ nguyên",
        required=False,
        help_text="Ví dụ nghi lộ mật khẩu. Việc của người này vẫn chạy hạn và vẫn được nhắc.",
    )

    def __init__(self, *args: Any, takers: Mapping[Post, Sequence[Post]], **more: Any) -> None:
        super().__init__(*args, **more)
        self._givers = list(takers)
        for post, posts in takers.items():
            label = f"Người nhận bàn giao việc của {post.title}"
            self.fields[self.field_of(post)] = TakerField(posts, post, label=label, required=False)

    @staticmethod
    def field_of(post: Post) -> str:
        """Name the field that asks for one post."""
        return f"taker_{post.pk}"

    def takers_chosen(self) -> dict[int, Post]:
        """Return who was chosen, by the key of the post."""
        chosen = {post.pk: self.cleaned_data.get(self.field_of(post)) for post in self._givers}
        return {pk: taker for pk, taker in chosen.items() if taker is not None}


class AbsenceForm(forms.Form):
    """Away, and who stands in."""

    valid_from = DayField(label="Vắng từ ngày")
    valid_to = DayField(label="Đi làm lại từ ngày", help_text="Ngày đầu tiên có mặt trở lại.")
    reason = forms.CharField(label="Lý do", max_length=200, required=False)
    field_order = ("substitute", "valid_from")

    def __init__(self, *args: Any, post: Post, on: dt.date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["substitute"] = PostChoice(
            on, agency_id=post.unit.agency_id, unlike=post.officer_id, label="Người thay"
        )
        self.order_fields(self.field_order)


class DelegationForm(forms.Form):
    """Rights given to another for a time."""

    source = forms.CharField(label="Văn bản ủy quyền", max_length=200)
    valid_from = DayField(label="Từ ngày")
    valid_to = DayField(label="Thôi từ ngày")
    field_order = ("receiver", "rights", "source")

    def __init__(self, *args: Any, post: Post, on: dt.date, **more: Any) -> None:
        super().__init__(*args, **more)
        held = sorted(roles()[post.role].rights - NOT_DELEGABLE)
        self.fields["receiver"] = PostChoice(
            on, agency_id=post.unit.agency_id, unlike=post.officer_id, label="Người được ủy quyền"
        )
        self.fields["rights"] = forms.MultipleChoiceField(
            label="Việc được làm thay",
            choices=[(right, declared().get(right, right)) for right in held],
            widget=forms.CheckboxSelectMultiple,
        )
        self.order_fields(self.field_order)


class SigningAuthorityForm(forms.Form):
    """Who may sign for a unit, in which form."""

    form = forms.ChoiceField(label="Hình thức ký", choices=SigningAuthority.Form.choices)
    scope = forms.CharField(
        label="Phạm vi", max_length=300, required=False, help_text="Loại văn bản, lĩnh vực. Bắt buộc với TL. và TUQ."
    )
    source = _source()
    block = forms.CharField(
        label="Khối chữ ký",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một dòng in trên tên người ký. Để trống thì lấy theo Nghị định 30/2020/NĐ-CP.",
    )
    valid_from = DayField(label="Từ ngày")
    valid_to = DayField(label="Thôi từ ngày", required=False, help_text="Bắt buộc với TUQ.")
    field_order = ("unit", "post", "form")

    def __init__(self, *args: Any, on: dt.date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["unit"] = UnitChoice(on, label="Ký cho đơn vị")
        self.fields["post"] = PostChoice(on, label="Người ký")
        self.order_fields(self.field_order)


class EndForm(forms.Form):
    """The first day on which something holds no longer."""

    on = DayField(label="Thôi từ ngày")


class InvitationForm(forms.Form):
    """An account to be."""

    username = forms.CharField(
        label="Tên đăng nhập", max_length=50, help_text="Chữ thường không dấu, ví dụ nguyenvan.an."
    )
    email = forms.EmailField(label="Thư điện tử nhận lời mời")


class PasswordForm(forms.Form):
    """The first password of an invited person."""

    password = forms.CharField(
        label="Mật khẩu",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Ít nhất 10 ký tự. Một câu dễ nhớ với mình là tốt nhất.",
    )
    again = forms.CharField(
        label="Nhập lại mật khẩu", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_again(self) -> str:
        """Refuse two different ones."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError("Hai lần nhập mật khẩu chưa giống nhau. Hãy nhập lại.")
        return again


class SheetForm(forms.Form):
    """A sheet of units and people."""

    sheet = forms.FileField(label="Tệp XLSX hoặc CSV", widget=forms.FileInput(attrs=ACCEPTED_SHEETS))


def proposed_username(officer: Officer) -> str:
    """Propose a name to sign in with: "Nguyễn Văn An" becomes "nguyenvan.an"; a number is added where it is taken."""
    *before, given = officer.folded_name.split()
    base = f"{''.join(before)}.{given}" if before else given
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    return next(name for n in range(1, 10_000) if (name := base if n == 1 else f"{base}{n}") not in taken)
