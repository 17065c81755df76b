"""Giving work: one instruction and any number of tasks; other apps put it into their own pages.

``AssignmentForm(data, actor=…, on=…, title=…)`` → ``is_valid()`` → ``assign(subject, form.items(), key=form.key,
instruction=form.instruction, …)``. The template is ``tasks/assignment.html#fields`` with ``form`` in the context.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lienthong.calendars.limits import parse_limit
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.tasks import policies
from lienthong.tasks.due import Due, parse
from lienthong.tasks.models import Task
from lienthong.tasks.operations import Item
from lienthong.tasks.queries.receivers import Receivers, receivers

MOST_ROWS = 30
DUE_HELP = "Ví dụ: 22/01/2014 · 3 ngày làm việc · Quý II/2014 · thường xuyên"


class DueField(forms.CharField):
    """Hạn: a date, a limit, a quarter or "thường xuyên", in one box; becomes a ``Due``."""

    def __init__(self, *, year: int | None = None, **options: Any) -> None:
        options.setdefault("label", "Hạn")
        options.setdefault("help_text", DUE_HELP)
        super().__init__(max_length=100, **options)
        self.year = year
        self.widget.attrs.update({"autocomplete": "off", "data-due": ""})

    def clean(self, value: Any) -> Due | None:
        """Read the box; say what it understands where it does not."""
        text = super().clean(value)
        if not text:
            return None
        due = parse(text, year=self.year)
        if due is not None:
            return due
        try:
            return Due.within(parse_limit(text))
        except Refusal:
            raise ValidationError(f"Không hiểu hạn “{text}”. {DUE_HELP}.") from None


class ItemForm(forms.Form):
    """One task of an assignment."""

    title = forms.CharField(label="Việc phải làm", max_length=500, widget=forms.Textarea({"rows": 2}))
    lead = forms.ChoiceField(label="Chủ trì", widget=forms.Select({"data-picker": ""}))
    due = DueField()
    co_workers = forms.MultipleChoiceField(label="Phối hợp", required=False, widget=forms.CheckboxSelectMultiple)
    informed = forms.MultipleChoiceField(label="Để biết", required=False, widget=forms.CheckboxSelectMultiple)
    product = forms.CharField(label="Sản phẩm", max_length=500, required=False)
    urgency = forms.ChoiceField(label="Độ khẩn", choices=Task.Urgency.choices, required=False)

    def __init__(self, *args: Any, receivers: Receivers, **options: Any) -> None:
        super().__init__(*args, **options)
        self.receivers = receivers
        self._offer("lead", [("", "Chọn đơn vị hoặc cán bộ"), *receivers.leads()])
        for name in ("co_workers", "informed"):
            self._offer(name, receivers.participants())

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices

    def item(self) -> Item:
        """Return what was typed as the operation takes it."""
        said = self.cleaned_data
        lead = self.receivers.named(said["lead"])
        return Item(
            said["title"],
            lead.unit if isinstance(lead, Post) else lead,
            said["due"],
            lead_post=lead if isinstance(lead, Post) else None,
            co_workers=self._named("co_workers"),
            informed=self._named("informed"),
            product=said["product"],
            urgency=said["urgency"] or Task.Urgency.NORMAL,
        )

    def _named(self, name: str) -> list[Unit | Post]:
        return [self.receivers.named(key) for key in self.cleaned_data[name]]


class HeadForm(forms.Form):
    """The instruction over all the tasks of an assignment, and the key of the page."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    instruction = forms.CharField(
        label="Ý kiến chỉ đạo", required=False, widget=forms.Textarea({"rows": 3}), max_length=5000
    )


class AssignmentForm:
    """Một lần giao việc: the head and its rows, validated together."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        actor: Actor,
        on: dt.date,
        title: str = "",
        instruction: str = "",
        due: str = "",
    ) -> None:
        self.data = data
        self.receivers = receivers(actor, policies.reach(actor), on=on)
        self.head = HeadForm(data, initial={"key": uuid.uuid4(), "instruction": instruction})
        self.rows = [
            ItemForm(data, prefix=f"row{index}", receivers=self.receivers, initial={"title": title, "due": due})
            for index in range(self._count())
        ]

    def _count(self) -> int:
        if self.data is None:
            return 1
        try:
            asked = int(self.data.get("rows") or 1) + (1 if "add_row" in self.data else 0)
        except ValueError:
            asked = 1
        return max(1, min(asked, MOST_ROWS))

    @property
    def is_growing(self) -> bool:
        """Whether one more row was asked for: the page is shown again, nothing is assigned."""
        return self.data is not None and "add_row" in self.data

    @property
    def has_errors(self) -> bool:
        """Whether something typed was refused."""
        return not self.is_growing and self.data is not None and any(one.errors for one in (self.head, *self.rows))

    def is_valid(self) -> bool:
        """Tell whether everything typed can be used; each error stands beside its field."""
        return all([self.head.is_valid(), *(row.is_valid() for row in self.rows)])

    def items(self) -> list[Item]:
        """Return the tasks to assign."""
        return [row.item() for row in self.rows]

    @property
    def key(self) -> uuid.UUID:
        """The key of the page on which it was written."""
        key = self.head.cleaned_data["key"]
        assert isinstance(key, uuid.UUID)  # noqa: S101 - the field makes one
        return key

    @property
    def instruction(self) -> str:
        """The instruction over all."""
        return str(self.head.cleaned_data["instruction"])

    def refuse(self, refusal: Refusal) -> None:
        """Put an operation's refusal beside the field that it names."""
        names = {"lead_unit": "lead", "lead_post": "lead", "due_date": "due", "title": "title"}
        self.rows[0].add_error(names.get(refusal.field or ""), refusal.message)
