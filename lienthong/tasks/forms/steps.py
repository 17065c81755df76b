"""What each step of a task asks for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from lienthong.kernel.clock import local_date
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.tasks import policies
from lienthong.tasks.assigning import DueField
from lienthong.tasks.models import Task
from lienthong.tasks.queries.receivers import receivers
from lienthong.ui.formats import day
from lienthong.ui.forms import DayField


def words(label: str, *, required: bool = True, rows: int = 4) -> forms.CharField:
    """Return a box for some sentences."""
    return forms.CharField(label=label, required=required, max_length=10_000, widget=forms.Textarea({"rows": rows}))


class StepForm(forms.Form):
    """A step that needs no words."""

    def __init__(self, *args: Any, task: Task, actor: Actor, on: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.task, self.actor, self.on = task, actor, on


class ReasonForm(StepForm):
    """A step that needs a reason."""

    reason = words("Lý do")


class NoteForm(StepForm):
    """A step with an optional remark."""

    note = words("Ý kiến", required=False)


class ContributionForm(StepForm):
    """The co-worker's part."""

    note = words("Ý kiến phối hợp")


class ReportForm(StepForm):
    """How far the work is."""

    text = words("Đã làm được gì")
    percent = forms.IntegerField(label="Tiến độ (%)", min_value=0, max_value=99)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["percent"].initial = min(self.task.percent, 99)


class FinishForm(StepForm):
    """The result."""

    text = words("Kết quả")
    delay_reason = words("Lý do chậm", required=False, rows=2)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.task.due_at is None or self.on <= local_date(self.task.due_at):
            del self.fields["delay_reason"]


class ReceiverForm(StepForm):
    """A step that names another who is to do it."""

    to = forms.ChoiceField(label="Giao cho")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.receivers = receivers(self.actor, policies.reach(self.actor), on=self.on)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", "Chọn đơn vị hoặc cán bộ"), *self.receivers.leads()]

    def receiver(self) -> Unit | Post:
        """Return who was chosen."""
        return self.receivers.named(self.cleaned_data["to"])


class ForwardForm(ReceiverForm):
    """Another unit than the one to which it went."""

    reason = words("Lý do chuyển", required=False, rows=2)


class PassOnForm(ReceiverForm):
    """A person or a sub-unit of one's own."""

    instruction = words("Yêu cầu", required=False, rows=3)
    as_part = forms.ChoiceField(
        label="Cách giao",
        choices=[
            ("whole", "Chuyển cả việc: người nhận báo cáo thẳng người giao"),
            ("part", "Tách việc con: báo cáo cho tôi, tôi chịu trách nhiệm chung"),
        ],
        initial="whole",
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label="Tên việc con", required=False, max_length=500, help_text="Để trống: như tên của việc chính"
    )
    due = DueField(required=False, label="Hạn của việc con", help_text="Để trống: như hạn của việc chính")

    def clean(self) -> dict[str, Any]:
        """Refuse a name or a deadline of a part where the whole is handed over: it would be lost without a word."""
        said = super().clean() or {}
        if said.get("as_part") == "whole":
            for name, what in (("title", "tên"), ("due", "hạn")):
                if said.get(name):
                    self.add_error(name, f"Chuyển cả việc thì {what} giữ nguyên. Chọn “Tách việc con”, hoặc xóa ô này.")
        return said


class ExtensionForm(StepForm):
    """More time."""

    until = DayField(label="Xin gia hạn đến ngày")
    reason = words("Lý do", rows=3)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.task.due_at:
            self.fields["until"].help_text = f"Hạn hiện nay: hết ngày {day(self.task.due_at)}"


class DecisionForm(StepForm):
    """The answer to a request for more time."""

    granted = forms.ChoiceField(
        label="Quyết định", choices=[("yes", "Đồng ý gia hạn"), ("no", "Không đồng ý")], widget=forms.RadioSelect
    )
    until = DayField(label="Gia hạn đến ngày", required=False, help_text="Để trống: đúng ngày đã xin")
    note = words("Ý kiến", required=False, rows=2)


class ReminderForm(StepForm):
    """When to be reminded."""

    days_before = forms.IntegerField(label="Nhắc trước hạn (ngày làm việc)", min_value=0, max_value=60, initial=1)


class ManyForm(forms.Form):
    """Several tasks at once to one receiver."""

    to = forms.ChoiceField(label="Giao cho")
    instruction = words("Yêu cầu", required=False, rows=3)

    def __init__(self, *args: Any, actor: Actor, on: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.receivers = receivers(actor, policies.reach(actor), on=on)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", "Chọn đơn vị hoặc cán bộ"), *self.receivers.leads()]

    def receiver(self) -> Unit | Post:
        """Return who was chosen."""
        return self.receivers.named(self.cleaned_data["to"])
