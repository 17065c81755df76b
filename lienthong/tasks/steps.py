"""The steps of a task as the pages offer them: the word, the form, who may, what is called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lienthong.files.models import StoredFile
from lienthong.organisation.actor import Actor
from lienthong.tasks import operations, policies
from lienthong.tasks.forms import steps as forms
from lienthong.tasks.models import Extension, Participant, Task

Files = Sequence[StoredFile]
Perform = Callable[[Task, forms.StepForm, Actor, dt.datetime, Files], object]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its place in the address, the verb on its button, what it asks for and whom it asks."""

    slug: str
    verb: str
    icon: str
    allowed: Callable[[Actor, Task], bool]
    perform: Perform
    done: str
    form: type[forms.StepForm] = forms.StepForm
    lead: str = ""
    tone: str = "plain"
    takes_files: bool = False
    allowed_at: Callable[[Actor, Task, dt.datetime], bool] | None = None

    def may(self, actor: Actor, task: Task, at: dt.datetime) -> bool:
        """Whether the actor may take the step now; for some steps the hour decides too."""
        return self.allowed(actor, task) and (self.allowed_at is None or self.allowed_at(actor, task, at))

    @property
    def is_plain(self) -> bool:
        """Whether one press does it, without a page of its own."""
        return self.form is forms.StepForm


def _accept(task: Task, _form: forms.StepForm, actor: Actor, at: dt.datetime, _: Files) -> object:
    return operations.accept(task, actor=actor, at=at)


def _pass_on(task: Task, form: forms.StepForm, actor: Actor, at: dt.datetime, _: Files) -> object:
    assert isinstance(form, forms.PassOnForm)  # noqa: S101 - the table below says so
    said = form.cleaned_data
    as_part = said["as_part"] == "part"
    return operations.pass_on(
        task,
        to=form.receiver(),
        as_part=as_part,
        title=said["title"] if as_part else "",
        instruction=said["instruction"],
        due=said["due"] if as_part else None,
        actor=actor,
        at=at,
    )


def _forward(task: Task, form: forms.StepForm, actor: Actor, at: dt.datetime, _: Files) -> object:
    assert isinstance(form, forms.ForwardForm)  # noqa: S101 - the table below says so
    return operations.forward(task, to=form.receiver(), reason=form.cleaned_data["reason"], actor=actor, at=at)


def _report(task: Task, form: forms.StepForm, actor: Actor, at: dt.datetime, files: Files) -> object:
    said = form.cleaned_data
    return operations.report(task, text=said["text"], percent=said["percent"], files=files, actor=actor, at=at)


def _finish(task: Task, form: forms.StepForm, actor: Actor, at: dt.datetime, files: Files) -> object:
    said = form.cleaned_data
    why = said.get("delay_reason", "")
    return operations.finish(task, text=said["text"], delay_reason=why, files=files, actor=actor, at=at)


def _verify(task: Task, _form: forms.StepForm, actor: Actor, at: dt.datetime, _: Files) -> object:
    return operations.verify(task, actor=actor, at=at)


def _return(task: Task, form: forms.StepForm, actor: Actor, at: dt.datetime, _: Files) -> object:
    return operations.return_work(task, reason=form.cleaned_data["reason"], actor=actor, at=at)


def _send_back(task: Task, form: forms.StepForm, actor: Actor, at: dt.datetime, _: Files) -> object:
    return operations.send_back(task, reason=form.cleaned_data["reason"], actor=actor, at=at)


def _extend(task: Task, form: forms.StepForm, actor: Actor, at: dt.datetime, _: Files) -> object:
    said = form.cleaned_data
    return operations.request_extension(task, until=said["until"], reason=said["reason"], actor=actor, at=at)


def _decide(task: Task, form: forms.StepForm, actor: Actor, at: dt.datetime, _: Files) -> object:
    said = form.cleaned_data
    pending = Extension.objects.get(task=task, decision=Extension.Decision.PENDING)
    return operations.decide_extension(
        pending, granted=said["granted"] == "yes", until=said["until"], note=said["note"], actor=actor, at=at
    )


def _remind(task: Task, form: forms.StepForm, actor: Actor, at: dt.datetime, _: Files) -> object:
    return operations.set_reminder(task, days_before=form.cleaned_data["days_before"], actor=actor, at=at)


def _nudge(task: Task, _form: forms.StepForm, actor: Actor, at: dt.datetime, _: Files) -> object:
    return operations.nudge(task, actor=actor, at=at)


def _contribute(task: Task, form: forms.StepForm, actor: Actor, at: dt.datetime, _: Files) -> object:
    return operations.contribute(_own_part(actor, task)[0], note=form.cleaned_data["note"], actor=actor, at=at)


def _suspend(task: Task, form: forms.StepForm, actor: Actor, at: dt.datetime, _: Files) -> object:
    return operations.suspend(task, reason=form.cleaned_data["reason"], actor=actor, at=at)


def _resume(task: Task, _form: forms.StepForm, actor: Actor, at: dt.datetime, _: Files) -> object:
    return operations.resume(task, actor=actor, at=at)


def _cancel(task: Task, form: forms.StepForm, actor: Actor, at: dt.datetime, _: Files) -> object:
    return operations.cancel(task, reason=form.cleaned_data["reason"], actor=actor, at=at)


def _undo(task: Task, _form: forms.StepForm, actor: Actor, at: dt.datetime, _: Files) -> object:
    return operations.undo(task, actor=actor, at=at)


def _own_part(actor: Actor, task: Task) -> list[Participant]:
    return [
        one
        for one in task.participants.all()
        if one.role == "co_worker" and one.done_at is None and policies.can_contribute(actor, one.audience)
    ]


def _has_pending(task: Task) -> bool:
    return any(one.decision == Extension.Decision.PENDING for one in task.extensions.all())


def _can_suspend(actor: Actor, task: Task) -> bool:
    return policies.can_direct(actor, task) and task.is_open and task.state != Task.State.REPORTED


def _can_nudge(actor: Actor, task: Task) -> bool:
    return policies.can_direct(actor, task) and task.is_open and not task.is_held_by(actor)


def _can_ask(actor: Actor, task: Task) -> bool:
    return policies.does_by_deadline(actor, task) and not _has_pending(task)


def _can_remind(actor: Actor, task: Task) -> bool:
    return task.is_open and task.due_at is not None and (policies.can_direct(actor, task) or task.is_held_by(actor))


STEPS = {
    step.slug: step
    for step in (
        Step("acceptance", "Nhận việc", "check", policies.can_accept, _accept, "Đã nhận việc.", tone="main"),
        Step("verification", "Xác nhận hoàn thành", "circle-check", policies.can_verify, _verify,
             "Đã xác nhận hoàn thành.", tone="main"),
        Step("rework", "Yêu cầu làm lại", "arrow-back", policies.can_verify, _return, "Đã yêu cầu làm lại.",
             form=forms.ReasonForm, lead="Người làm sẽ nhận lại việc cùng lý do; hạn giữ nguyên."),
        Step("extension-decision", "Quyết định gia hạn", "calendar-check",
             lambda actor, task: policies.can_direct(actor, task) and _has_pending(task), _decide,
             "Đã quyết định gia hạn.", form=forms.DecisionForm, tone="main"),
        Step("urging", "Đôn đốc", "bell-ringing", _can_nudge, _nudge, "Đã đôn đốc người đang giữ việc."),
        Step("forwarding", "Chuyển đơn vị khác", "arrow-forward-up", policies.can_reassign, _forward,
             "Đã chuyển việc.", form=forms.ForwardForm, lead="Hạn và nhắc việc đi theo sang đơn vị mới."),
        Step("handover", "Giao tiếp", "user-share", policies.can_pass_on, _pass_on, "Đã giao tiếp.",
             form=forms.PassOnForm),
        Step("result", "Báo cáo hoàn thành", "circle-check", policies.can_report, _finish,
             "Đã báo cáo hoàn thành.", form=forms.FinishForm, takes_files=True),
        Step("progress", "Báo cáo tiến độ", "progress", policies.can_report, _report, "Đã gửi báo cáo tiến độ.",
             form=forms.ReportForm, takes_files=True),
        Step("contribution", "Trả lời phối hợp", "message-reply",
             lambda actor, task: not task.is_ended and bool(_own_part(actor, task)), _contribute,
             "Đã gửi ý kiến phối hợp.", form=forms.ContributionForm, tone="main"),
        Step("extension", "Xin gia hạn", "calendar-plus", _can_ask, _extend,
             "Đã gửi đề nghị gia hạn.", form=forms.ExtensionForm, allowed_at=policies.can_ask_extension,
             lead="Phải xin trước khi hết hạn; người giao quyết định; hạn gốc vẫn được giữ."),
        Step("send-back", "Trả lại người giao", "arrow-back-up", policies.can_send_back, _send_back,
             "Đã trả lại người giao.", form=forms.ReasonForm),
        Step("reminder", "Đặt nhắc việc", "bell", _can_remind, _remind, "Đã đặt nhắc việc.",
             form=forms.ReminderForm),
        Step("suspension", "Tạm dừng", "player-pause", _can_suspend, _suspend, "Đã tạm dừng; đồng hồ hạn dừng lại.",
             form=forms.ReasonForm),
        Step("resumption", "Cho tiếp tục", "player-play",
             lambda actor, task: policies.can_direct(actor, task) and task.state == "suspended", _resume,
             "Việc tiếp tục; hạn đã lùi đúng thời gian tạm dừng.", tone="main"),
        Step("cancellation", "Hủy việc", "ban", policies.can_direct, _cancel, "Đã hủy việc.", form=forms.ReasonForm,
             tone="danger", lead="Không khôi phục được. Các việc giao tiếp chưa xong cũng hủy theo."),
        Step("undo", "Hoàn tác", "arrow-back-up", policies.can_undo, _undo, "Đã hoàn tác."),
    )
}  # fmt: skip


def can_be_undone(step: Step, done: object) -> bool:
    """Whether the message about a step just taken offers to take it back (``tasks.undoing`` has the last word)."""
    if step.slug == "result":
        return isinstance(done, Task) and done.state == Task.State.REPORTED
    return step.slug in ("acceptance", "verification")


def why_not(step: Step, actor: Actor, task: Task, at: dt.datetime) -> str:
    """Say why a step cannot be taken now, to whoever typed or kept its address."""
    if task.is_ended:
        return f"Việc này đã kết thúc ({task.get_state_display().lower()}) nên không còn bước “{step.verb}”."
    if step.slug == "extension" and policies.does_by_deadline(actor, task):
        if _has_pending(task):
            return "Đã có một đề nghị gia hạn đang chờ quyết định."
        if policies.too_late_to_extend(task, at):
            return "Đã quá hạn nên không xin gia hạn được nữa: phải xin trước khi hết hạn."
    return (
        f"Lúc này không làm được bước “{step.verb}”: việc đang ở trạng thái “{task.get_state_display()}”, "
        "hoặc bước này của người khác."
    )
