"""Letting work rest, go on, or ending it unfinished."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.tasks import policies
from lienthong.tasks.models import Cancellation, Reminder, Suspension, Task
from lienthong.tasks.notices import notify
from lienthong.tasks.operations import deadlines
from lienthong.tasks.operations.steps import allow, conclude, reason_given, take

NOT_ASSIGNER = "Chỉ người giao việc mới làm được việc này."


@transaction.atomic
def suspend(task: Task, *, reason: str, actor: Actor, at: dt.datetime) -> Task:
    """Let the task rest: the clock stops. Refuses what was already reported as done."""
    task = take(task)
    allow(policies.can_direct(actor, task), NOT_ASSIGNER)
    if not task.is_open or task.state == Task.State.REPORTED:
        raise Refusal("Chỉ tạm dừng được việc đang thực hiện.")
    said = reason_given(reason)
    Suspension.objects.create(task=task, post=actor.post, at=at, reason=said, state_before=task.state)
    deadlines.pause(task, reason=said, actor=actor, at=at)
    task.state = Task.State.SUSPENDED
    conclude(task, "suspended", "state", actor=actor, at=at, reason=said)
    notify([task.doer], task, f"Tạm dừng: {task.title}. Lý do: {said}", kind="suspended", at=at, but=actor.post.pk)
    return task


@transaction.atomic
def resume(task: Task, *, actor: Actor, at: dt.datetime) -> Task:
    """Let a suspended task go on where it stood; the deadline moves by the working time that it rested."""
    task = take(task)
    allow(policies.can_direct(actor, task), NOT_ASSIGNER)
    resting = Suspension.objects.select_for_update().filter(task=task, resumed_at=None).first()
    if resting is None:
        raise Refusal("Việc này không tạm dừng.")
    resting.resumed_at = at
    resting.save(update_fields=["resumed_at"])
    task.state = resting.state_before
    deadlines.resume(task, actor=actor, at=at)
    due = task.due_at.isoformat() if task.due_at else None
    conclude(task, "resumed", "state", "due_at", actor=actor, at=at, due=due)
    notify([task.holder], task, f"Tiếp tục: {task.title}", kind="resumed", at=at, but=actor.post.pk)
    return task


@transaction.atomic
def cancel(task: Task, *, reason: str, actor: Actor, at: dt.datetime) -> Task:
    """Call the task off, with its open parts; final. Everybody concerned is told the reason."""
    task = take(task)
    allow(policies.can_direct(actor, task), NOT_ASSIGNER)
    said = reason_given(reason)
    _call_off(task, said, actor, at)
    return task


def _call_off(task: Task, reason: str, actor: Actor, at: dt.datetime) -> None:
    Cancellation.objects.create(task=task, post=actor.post, at=at, reason=reason)
    Reminder.objects.filter(task=task, sent_at=None, ended_at=None).update(ended_at=at)
    if task.state != Task.State.REPORTED:
        deadlines.close(task, at=at)
    task.state, task.holder = Task.State.CANCELLED, task.doer
    conclude(task, "cancelled", "state", "holder", actor=actor, at=at, reason=reason)
    concerned = [task.doer, *task.participants.values_list("audience", flat=True)]
    notify(concerned, task, f"Hủy: {task.title}. Lý do: {reason}", kind="cancelled", at=at, but=actor.post.pk)
    ended = (Task.State.DONE, Task.State.CANCELLED)
    for part in Task.objects.select_for_update().filter(parent=task).exclude(state__in=ended).order_by("pk"):
        _call_off(part, reason, actor, at)
