"""More time, and reminders before it runs out."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction

from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.tasks import policies
from lienthong.tasks.models import Extension, Reminder, Task
from lienthong.tasks.notices import notify, when
from lienthong.tasks.operations import deadlines
from lienthong.tasks.operations.steps import allow, conclude, reason_given, take


@transaction.atomic
def request_extension(task: Task, *, until: dt.date, reason: str, actor: Actor, at: dt.datetime) -> Extension:
    """Ask the assigner for more time. Refuses: after the deadline, beyond the allowed number, a day that is no gain."""
    task = take(task)
    allow(policies.does_by_deadline(actor, task), "Chỉ người đang giữ việc có thời hạn mới xin gia hạn được.")
    said = reason_given(reason)
    assert task.due_at is not None  # noqa: S101 - the policy asks for it
    if not policies.can_ask_extension(actor, task, at):
        raise Refusal("Đã quá hạn nên không xin gia hạn được nữa: phải xin trước khi hết hạn.", field="until")
    if until <= local_date(task.due_at):
        raise Refusal("Ngày xin gia hạn phải sau hạn hiện nay.", field="until")
    before = list(Extension.objects.filter(task=task).values_list("decision", flat=True))
    if Extension.Decision.PENDING in before:
        raise Refusal("Đã có một đề nghị gia hạn đang chờ quyết định.")
    if before.count(Extension.Decision.GRANTED) >= settings.TASK_EXTENSIONS_MAX:
        raise Refusal(f"Việc này đã được gia hạn {settings.TASK_EXTENSIONS_MAX} lần, không gia hạn thêm được.")
    asked = Extension.objects.create(
        task=task, asked_by=actor.post, asked_at=at, requested_date=until, reason=said, old_due_at=task.due_at
    )
    conclude(task, "extension_requested", actor=actor, at=at, until=until.isoformat(), reason=said)
    words = f"Xin gia hạn đến {until:%d/%m/%Y}: {task.title}. Lý do: {said}"
    notify([task.verifier], task, words, kind="extension_requested", at=at, but=actor.post.pk)
    return asked


@transaction.atomic
def decide_extension(
    extension: Extension, *, granted: bool, actor: Actor, at: dt.datetime, until: dt.date | None = None, note: str = ""
) -> Extension:
    """Grant (until the day asked for, or another) or refuse an extension; only the assigner. The original stays."""
    task = take(extension.task)
    extension = Extension.objects.select_for_update().get(pk=extension.pk)
    allow(policies.can_direct(actor, task), "Chỉ người giao việc mới quyết định gia hạn được.")
    if extension.decision != Extension.Decision.PENDING:
        raise Refusal("Đề nghị gia hạn này đã được quyết định rồi.")
    if not granted and not note.strip():
        raise Refusal("Cần ghi lý do không đồng ý gia hạn.", field="note")
    extension.decision = Extension.Decision.GRANTED if granted else Extension.Decision.REFUSED
    extension.decided_by, extension.decided_at, extension.note = actor.post, at, note.strip()
    if granted:
        extension.granted_date = until or extension.requested_date
        if extension.granted_date <= local_date(extension.old_due_at):
            raise Refusal("Hạn mới phải sau hạn hiện nay.", field="until")
        deadlines.move(task, extension.granted_date, reason=extension.reason, actor=actor, at=at)
    extension.save(update_fields=["decision", "decided_by", "decided_at", "note", "granted_date"])
    kind = "extended" if granted else "extension_refused"
    conclude(
        task,
        kind,
        "due_at",
        actor=actor,
        at=at,
        note=note.strip(),
        until=extension.granted_date.isoformat() if extension.granted_date else None,
        old=extension.old_due_at.isoformat(),
    )
    answer = f"Được gia hạn đến {extension.granted_date:%d/%m/%Y}" if granted else "Không được gia hạn"
    notify([task.doer], task, f"{answer}: {task.title}", kind=kind, at=at, but=actor.post.pk)
    return extension


@transaction.atomic
def set_reminder(task: Task, *, days_before: int, actor: Actor, at: dt.datetime) -> Reminder:
    """Remind on the opening of a working day so many working days before the deadline.

    The assigner's reminder goes to whoever must act then, wherever the task has gone; anybody else's goes to
    themselves and ends when the task leaves their hands.
    """
    task = take(task)
    directs = policies.can_direct(actor, task)
    allow(directs or task.is_held_by(actor), "Chỉ người giao việc hoặc người đang giữ việc mới đặt nhắc việc được.")
    if task.due_at is None:
        raise Refusal("Việc thường xuyên không có hạn để nhắc.", field="days_before")
    if not 0 <= days_before <= 60:
        raise Refusal("Nhắc trước từ 0 đến 60 ngày làm việc.", field="days_before")
    moment = deadlines.remind_at(task, days_before)
    if moment <= at:
        raise Refusal("Ngày nhắc đã qua. Chọn số ngày ít hơn.", field="days_before")
    reminder, is_new = Reminder.objects.get_or_create(
        task=task,
        post=actor.post,
        days_before=days_before,
        sent_at=None,
        ended_at=None,
        defaults={"is_personal": not directs, "remind_at": moment},
    )
    if is_new:
        conclude(task, "reminder_set", actor=actor, at=at, days=days_before)
    return reminder


@transaction.atomic
def nudge(task: Task, *, actor: Actor, at: dt.datetime) -> Task:
    """Urge whoever must act now (đôn đốc). Refuses anybody but the assigner, and what rests in one's own hands."""
    task = take(task)
    allow(policies.can_direct(actor, task), "Chỉ người giao việc mới đôn đốc được.")
    if not task.is_open or task.is_held_by(actor):
        raise Refusal("Việc này không chờ người khác nên không có ai để đôn đốc.")
    conclude(task, "nudged", actor=actor, at=at)
    notify([task.holder], task, f"Đôn đốc: {task.title} ({when(task.due_at)})", kind="nudged", at=at)
    return task
