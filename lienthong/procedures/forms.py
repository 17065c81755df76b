"""What is typed about procedures."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms

from lienthong.kernel.faults import Fault, Path
from lienthong.organisation.models import Post, Unit
from lienthong.procedures import blanks
from lienthong.procedures.blanks import Blank, Group
from lienthong.procedures.editing import Edit
from lienthong.procedures.models import Sector
from lienthong.procedures.operations.drafting import LONGEST
from lienthong.ui.forms import DayField, DongField, ListedField

LISTS = ("lines", "choices")


class TextForm(forms.Form):
    """The text of a draft, and which one was opened."""

    text = forms.CharField(label="Nội dung tệp", max_length=LONGEST, widget=forms.Textarea, strip=False)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Browsers send two signs for the end of a line; files have one."""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")
        return text if text.endswith("\n") else f"{text}\n"


class CopyForm(forms.Form):
    """From when the copy holds, and whose it is."""

    valid_from = DayField(label="Áp dụng từ ngày")
    code = forms.CharField(
        label="Mã thủ tục khác",
        max_length=39,
        required=False,
        help_text="Chỉ ghi khi lập thủ tục mới dựa theo thủ tục này. Để trống: phiên bản mới của chính thủ tục này.",
    )


class CompetenceForm(forms.Form):
    """Which part, and perhaps which officer, of an agency handles a sector from a day on."""

    sector = ListedField(label="Lĩnh vực", queryset=Sector.objects.none(), empty_label="Chọn lĩnh vực")
    unit = ListedField(label="Bộ phận phụ trách", queryset=Unit.objects.none(), empty_label="Chọn bộ phận")
    post = ListedField(
        label="Cán bộ phụ trách",
        queryset=Post.objects.none(),
        required=False,
        empty_label="Không chỉ định: cả bộ phận",
        help_text="Hồ sơ đến thẳng người này; khi người này thôi giữ chức thì về bộ phận.",
    )
    valid_from = DayField(label="Từ ngày")

    def __init__(self, *args: Any, sectors: Any, units: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("sector", sectors), ("unit", units), ("post", posts)):
            cast("ListedField", self.fields[name]).queryset = rows


class PartForm(forms.Form):
    """One part of a draft as plain boxes; ``edit`` says what changed."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, part: str, text: str, digest: str) -> None:
        self.part, self.raw = part, tomllib.loads(text)
        self.groups = blanks.groups(part, self.raw)
        initial = {blank.name: _shown(blank) for blank in self._blanks()}
        super().__init__(data, initial=initial | {"seen": digest})
        for group in self.groups:
            for blank in group.blanks:
                self.fields[blank.name] = _field(blank)
            if group.removal:
                self.fields[group.removal] = forms.BooleanField(label="Bỏ mục này", required=False)

    def _blanks(self) -> Iterable[Blank]:
        return (blank for group in self.groups for blank in group.blanks)

    def drawn(self) -> list[tuple[Group, list[forms.BoundField], forms.BoundField | None]]:
        """Return the groups with their boxes as the page draws them."""
        return [
            (group, [self[blank.name] for blank in group.blanks], self[group.removal] if group.removal else None)
            for group in self.groups
        ]

    def removed(self) -> list[Path]:
        """Return the tables that are to be taken away."""
        return [group.at for group in self.groups if group.removal and self.cleaned_data.get(group.removal)]

    def edit(self) -> Edit:
        """Return what is to be changed in the text."""
        removed = self.removed()
        changes = {
            blank.path: value
            for blank in self._blanks()
            if not str(blank.path[0]).startswith("+")
            and blank.path[:2] not in removed
            and not _same(blank, value := _value(blank, self.cleaned_data[blank.name]))
        }
        return Edit(changes, removed, list(self._added()))

    def _added(self) -> Iterable[tuple[str, Mapping[str, Any]]]:
        name = blanks.NEW.get(self.part, "")
        found = {blank.path[1]: _value(blank, self.cleaned_data[blank.name]) for blank in self._blanks()
                 if blank.path[0] == f"+{name}"}  # fmt: skip
        if not found.get("name"):
            return
        entry = {"key": blanks.key_from(found["name"], blanks.keys_of(self.raw, name))}
        entry |= {str(key): value for key, value in found.items() if value not in (None, "")}
        yield name, entry | ({"kind": "fixed", "verified": False} if name == "fees" else {})

    def place(self, faults: Iterable[Fault]) -> None:
        """Put each fault beside the box that it is about; what stands elsewhere in the file above the form."""
        removed = self.removed()
        for fault in faults:
            path = blanks.as_it_was(fault.path, removed, self.raw)
            names = (".".join(str(part) for part in path[:length]) for length in range(len(path), 0, -1))
            name = next((one for one in names if one in self.fields), None)
            self.add_error(name, fault.sentence if name else f"Dòng {fault.line}: {fault.sentence}")


def _field(blank: Blank) -> forms.Field:
    common: dict[str, Any] = {"label": blank.label, "help_text": blank.help, "required": blank.required}
    makers: dict[str, Any] = {
        "day": DayField,
        "amount": DongField,
        "flag": lambda **named: forms.BooleanField(**(named | {"required": False})),
        "number": lambda **named: forms.IntegerField(min_value=0, max_value=99, **named),
        "choice": lambda **named: forms.ChoiceField(choices=_choices(blank), **named),
        "choices": lambda **named: forms.MultipleChoiceField(
            choices=blank.choices, widget=forms.CheckboxSelectMultiple, **named
        ),
        "text": lambda **named: forms.CharField(max_length=1000, **named),
    }
    long = forms.Textarea(attrs={"rows": 4 if blank.kind == "lines" else 2})
    maker = makers.get(blank.kind, lambda **named: forms.CharField(max_length=20_000, widget=long, **named))
    field: forms.Field = maker(**common)
    return field


def _choices(blank: Blank) -> list[tuple[str, str]]:
    return [*([] if blank.required else [("", "—")]), *blank.choices]


def _shown(blank: Blank) -> Any:
    """Return a value of the file as its box shows it."""
    if blank.kind == "lines":
        return "\n".join(map(str, blank.value)) if isinstance(blank.value, list) else ""
    return "" if blank.value is None else blank.value


def _value(blank: Blank, typed: Any) -> Any:
    """Return what was typed as the file keeps it; None for nothing."""
    if blank.kind == "lines":
        return [line.strip() for line in str(typed).splitlines() if line.strip()] or None
    if isinstance(typed, str):
        return " ".join(typed.split()) or None
    return None if typed == [] else typed


def _same(blank: Blank, value: Any) -> bool:
    return bool(value == blank.value) or (not value and not blank.value and blank.kind != "flag")
