"""Doing work: report, finish, verify, return, answer as co-worker, take back the last step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from lienthong.files.models import StoredFile
from lienthong.files.operations import attach
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject, is_visible
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post
from lienthong.tasks import policies
from lienthong.tasks.classes import is_late
from lienthong.tasks.models import Participant, Report, Return, Task
from lienthong.tasks.notices import notify
from lienthong.tasks.operations import deadlines
from lienthong.tasks.operations.steps import allow, conclude, reason_given, take
from lienthong.tasks.undoing import Undo, undoable

NOT_YOURS = "Chỉ người đang giữ việc mới báo cáo được."


@transaction.atomic
def report(
    task: Task, *, text: str, percent: int, actor: Actor, at: dt.datetime, files: Sequence[StoredFile] = ()
) -> Report:
    """Tell how far the work is; accepts the task where that was not done yet. Refuses an empty text."""
    task = take(task)
    allow(policies.can_report(actor, task), NOT_YOURS)
    if not 0 <= percent <= 99:
        raise Refusal("Tiến độ từ 0 đến 99%. Nếu đã xong, chọn “Báo cáo hoàn thành”.", field="percent")
    said = _write(task, text, percent=percent, is_final=False, actor=actor, at=at, files=files)
    _start(task, at)
    task.percent, task.reported_at = percent, at
    conclude(
        task,
        "reported",
        "state",
        "accepted_at",
        "percent",
        "reported_at",
        actor=actor,
        at=at,
        percent=percent,
        text=said.text,
        report=said.pk,
    )
    notify([task.verifier], task, f"Tiến độ {percent}%: {task.title}", kind="reported", at=at, but=actor.post.pk)
    return said


@transaction.atomic
def finish(
    task: Task,
    *,
    text: str,
    actor: Actor,
    at: dt.datetime,
    evidence: Subject | None = None,
    files: Sequence[StoredFile] = (),
    delay_reason: str = "",
) -> Task:
    """Report the result. It is done when the verifier confirms it; what one gave oneself is done at once.

    Refuses: an empty result, open parts, a late finish without the reason of the delay, evidence one may not see.
    """
    task = take(task)
    allow(policies.can_report(actor, task), NOT_YOURS)
    open_parts = Task.objects.filter(parent=task).exclude(state__in=(Task.State.DONE, Task.State.CANCELLED)).count()
    if open_parts:
        raise Refusal(f"Còn {open_parts} việc giao tiếp chưa xong. Xác nhận hoặc hủy các việc đó trước.")
    late = is_late(task.due_at, at)
    if late and not delay_reason.strip():
        raise Refusal("Việc đã quá hạn: cần ghi lý do chậm.", field="delay_reason")
    if evidence and not is_visible(actor, evidence):
        raise Refusal("Không tìm thấy văn bản kết quả này.", field="evidence")
    said = _write(
        task,
        text,
        percent=100,
        is_final=True,
        actor=actor,
        at=at,
        files=files,
        evidence=evidence,
        delay_reason=delay_reason.strip(),
    )
    _start(task, at)
    task.percent, task.reported_at, task.finished_at, task.is_late = 100, at, at, late
    deadlines.close(task, at=at)
    own = task.verifier in actor.work_audiences
    task.state = Task.State.DONE if own else Task.State.REPORTED
    task.verified_at = at if own else None
    task.holder = task.doer if own else task.verifier
    conclude(
        task,
        "finished",
        "state",
        "accepted_at",
        "percent",
        "reported_at",
        "finished_at",
        "is_late",
        "verified_at",
        "holder",
        actor=actor,
        at=at,
        text=said.text,
        report=said.pk,
        late=late or None,
        reason=delay_reason.strip(),
        evidence=str(evidence) if evidence else None,
    )
    if not own:
        notify([task.verifier], task, f"Chờ xác nhận: {task.title}", kind="finished", at=at, but=actor.post.pk)
    return task


@transaction.atomic
def finish_by_document(task: Task, document: Subject, *, text: str, author: Post, at: dt.datetime) -> Task:
    """Report a task's result because the document that it asked for was issued; ``author`` wrote it.

    The verifier confirms as with any result. A task that ended or is reported already stays as it is; one with open
    parts too: it takes the document as a report of progress.
    """
    task = take(task)
    if task.is_ended or task.state == Task.State.REPORTED:
        return task
    open_parts = Task.objects.filter(parent=task).exclude(state__in=(Task.State.DONE, Task.State.CANCELLED)).exists()
    late = is_late(task.due_at, at)
    said = Report.objects.create(
        task=task,
        post=author,
        at=at,
        text=text,
        percent=99 if open_parts else 100,
        is_final=not open_parts,
        delay_reason="Phát hành sau hạn" if late and not open_parts else "",
        evidence_kind=document.kind,
        evidence_id=document.pk,
    )
    _start(task, at)
    task.percent, task.reported_at = said.percent, at
    fields = ["state", "accepted_at", "percent", "reported_at"]
    if not open_parts:
        task.finished_at, task.is_late, task.state, task.holder = at, late, Task.State.REPORTED, task.verifier
        deadlines.close(task, at=at)
        fields += ["finished_at", "is_late", "holder"]
    kind = "reported" if open_parts else "finished"
    particulars = {"percent": said.percent} if open_parts else {"late": late or None, "reason": said.delay_reason}
    conclude(task, kind, *fields, actor=None, at=at, text=text, report=said.pk, evidence=str(document), **particulars)
    if not open_parts:
        notify([task.verifier], task, f"Chờ xác nhận: {task.title}", kind="finished", at=at)
    return task


@transaction.atomic
def reopen_by_document(task: Task, document: Subject, *, name: str, reason: str, actor: Actor, at: dt.datetime) -> Task:
    """Let a task go on because the document that was its result is recalled; ``actor`` recalled it.

    A result that was confirmed already stays confirmed: whoever confirmed it and the doer are told, and may begin
    anew. A task whose result is another one stays as it is.
    """
    task = take(task)
    said = f"Văn bản {name} đã thu hồi: {reason}"
    last = task.reports.filter(is_final=True).order_by("-pk").first()
    if last is None or (last.evidence_kind, last.evidence_id) != (document.kind, document.pk):
        return task
    if task.state == Task.State.REPORTED:
        Return.objects.create(task=task, post=actor.post, at=at, reason=said)
        _reopen(task)
        changed = ("state", "holder", "finished_at", "is_late", "percent", "due_at")
        conclude(task, "returned", *changed, actor=actor, at=at, reason=said)
        notify([task.doer, task.verifier], task, f"Làm tiếp: {task.title}. {said}", kind="returned", at=at)
    elif task.state == Task.State.DONE:
        conclude(task, "result_recalled", actor=actor, at=at, reason=said)
        notify([task.doer, task.verifier], task, f"Việc đã xong “{task.title}”. {said}", kind="returned", at=at)
    return task


def _write(
    task: Task,
    text: str,
    *,
    percent: int,
    is_final: bool,
    actor: Actor,
    at: dt.datetime,
    files: Sequence[StoredFile],
    evidence: Subject | None = None,
    delay_reason: str = "",
) -> Report:
    if not text.strip():
        raise Refusal("Cần ghi nội dung báo cáo.", field="text")
    said = Report.objects.create(
        task=task,
        post=actor.post,
        at=at,
        text=text.strip(),
        percent=percent,
        is_final=is_final,
        delay_reason=delay_reason,
        evidence_kind=evidence.kind if evidence else "",
        evidence_id=evidence.pk if evidence else None,
    )
    for file in files:
        attach(file, task.subject, label="Kết quả" if is_final else "Báo cáo", actor=actor, at=at)
    return said


def _start(task: Task, at: dt.datetime) -> None:
    if task.state == Task.State.ASSIGNED:
        task.state, task.accepted_at = Task.State.IN_PROGRESS, at


@transaction.atomic
def verify(task: Task, *, actor: Actor, at: dt.datetime, note: str = "") -> Task:
    """Confirm the result: the task is done, on time or late by the day on which it was reported."""
    task = take(task)
    allow(policies.can_verify(actor, task), "Chỉ người giao việc mới xác nhận được kết quả đã báo cáo.")
    task.state, task.verified_at, task.holder = Task.State.DONE, at, task.doer
    conclude(
        task, "verified", "state", "verified_at", "holder", actor=actor, at=at, note=note.strip(), late=task.is_late
    )
    concerned = [task.doer, *task.participants.values_list("audience", flat=True)]
    notify(concerned, task, f"Đã xác nhận hoàn thành: {task.title}", kind="verified", at=at, but=actor.post.pk)
    return task


@transaction.atomic
def return_work(task: Task, *, reason: str, actor: Actor, at: dt.datetime) -> Task:
    """Return the reported result with the reason; the doer goes on, and the deadline stays as it is."""
    task = take(task)
    allow(policies.can_verify(actor, task), "Chỉ người giao việc mới yêu cầu làm lại được.")
    said = reason_given(reason)
    Return.objects.create(task=task, post=actor.post, at=at, reason=said)
    _reopen(task)
    conclude(
        task,
        "returned",
        "state",
        "holder",
        "finished_at",
        "is_late",
        "percent",
        "due_at",
        actor=actor,
        at=at,
        reason=said,
    )
    notify(
        [task.doer], task, f"Yêu cầu làm lại: {task.title}. Lý do: {said}", kind="returned", at=at, but=actor.post.pk
    )
    return task


def _reopen(task: Task) -> None:
    deadlines.reopen(task)
    task.state, task.holder = Task.State.IN_PROGRESS, task.doer
    task.finished_at, task.is_late, task.percent = None, None, min(task.percent, 90)


@transaction.atomic
def contribute(participant: Participant, *, note: str, actor: Actor, at: dt.datetime) -> Participant:
    """Give the co-worker's part: an opinion, and that it is done. The lead is told. Refuses a part already given."""
    task = take(participant.task)
    participant = Participant.objects.select_for_update().get(pk=participant.pk)
    allow(
        participant.role == Participant.Role.CO_WORKER and policies.can_contribute(actor, participant.audience),
        "Chỉ đơn vị phối hợp mới trả lời được phần phối hợp.",
    )
    if participant.done_at or task.is_ended:
        raise Refusal("Phần phối hợp này đã kết thúc.")
    if not note.strip():
        raise Refusal("Cần ghi ý kiến phối hợp.", field="note")
    participant.note, participant.done_at = note.strip(), at
    participant.save(update_fields=["note", "done_at"])
    conclude(task, "contributed", actor=actor, at=at, note=participant.note, unit=participant.unit.short_name)
    notify([task.doer], task, f"Ý kiến phối hợp: {task.title}", kind="contributed", at=at, but=actor.post.pk)
    return participant


@transaction.atomic
def undo(task: Task, *, actor: Actor, at: dt.datetime) -> Task:
    """Take back one's own last step while nobody has built on it. Refuses what is no longer harmless."""
    task = take(task)
    step = undoable(task, post_pk=actor.post.pk, works_for=actor.work_audiences, last=_last_reporter(task), at=at)
    if step is None:
        raise Refusal("Bước này không hoàn tác được nữa.")
    if step is Undo.ACCEPT:
        task.state, task.accepted_at = Task.State.ASSIGNED, None
    elif step is Undo.FINISH:
        _withdraw(task, at)
    else:
        task.state, task.verified_at, task.holder = Task.State.REPORTED, None, task.verifier
    conclude(
        task,
        "undone",
        "state",
        "accepted_at",
        "holder",
        "verified_at",
        "finished_at",
        "is_late",
        "percent",
        "due_at",
        actor=actor,
        at=at,
        step=step.value,
    )
    return task


def _withdraw(task: Task, at: dt.datetime) -> None:
    Report.objects.filter(task=task, is_final=True, withdrawn_at=None).update(withdrawn_at=at)
    _reopen(task)


def _last_reporter(task: Task) -> int | None:
    """Return the post that reported the result now standing."""
    final = Report.objects.filter(task=task, is_final=True, withdrawn_at=None).order_by("-pk").first()
    return final.post_id if final else None
