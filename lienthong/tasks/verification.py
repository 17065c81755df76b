"""Whether the shadows on the tasks still say what the facts say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lienthong.calendars.models import Deadline
from lienthong.kernel.audience import post_audience
from lienthong.tasks.classes import is_late
from lienthong.tasks.models import Cancellation, Report, Suspension, Task

BATCH = 2000


def differences(*, repair: bool = False) -> Iterator[str]:
    """Compare holder, lateness, due date and state of every task with its facts; ``repair`` writes what is right."""
    last = 0
    while batch := list(Task.objects.filter(pk__gt=last, is_routed=False).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        keys = [task.pk for task in batch]
        due = dict(
            Deadline.objects.filter(subject_kind="task", subject_id__in=keys).values_list("subject_id", "due_at")
        )
        ended = set(Cancellation.objects.filter(task__in=keys).values_list("task", flat=True))
        resting = set(Suspension.objects.filter(task__in=keys, resumed_at=None).values_list("task", flat=True))
        final = set(
            Report.objects.filter(task__in=keys, is_final=True, withdrawn_at=None).values_list("task", flat=True)
        )
        for task in batch:
            right = _right(
                task, due=due, cancelled=task.pk in ended, resting=task.pk in resting, has_result=task.pk in final
            )
            wrong = {name: value for name, value in right.items() if getattr(task, name) != value}
            for name, value in wrong.items():
                yield f"task:{task.pk} {name}: {getattr(task, name)} → {value}"
            if wrong and repair:
                Task.objects.filter(pk=task.pk).update(**wrong)


def _right(
    task: Task, *, due: Mapping[int, object], cancelled: bool, resting: bool, has_result: bool
) -> dict[str, object]:
    state = _state(task, cancelled=cancelled, resting=resting, has_result=has_result)
    holder = task.doer
    if state == Task.State.REPORTED:
        holder = task.verifier
    elif state == Task.State.SENT_BACK:
        holder = post_audience(task.giver[0])
    right: dict[str, object] = {
        "state": state,
        "due_at": None if task.deadline_kind == Task.DeadlineKind.ONGOING else due.get(task.pk, task.due_at),
        "is_late": is_late(task.due_at, task.finished_at) if task.finished_at else None,
    }
    return right if resting else {**right, "holder": holder}


def _state(task: Task, *, cancelled: bool, resting: bool, has_result: bool) -> str:
    """Return the state that the rows of what happened give; assigned and sent back only the step itself tells."""
    if cancelled:
        return Task.State.CANCELLED
    if resting:
        return Task.State.SUSPENDED
    if task.verified_at is not None:
        return Task.State.DONE
    if task.finished_at is not None and has_result:
        return Task.State.REPORTED
    if task.state in (Task.State.ASSIGNED, Task.State.SENT_BACK):
        return task.state
    return Task.State.IN_PROGRESS if task.accepted_at else Task.State.ASSIGNED
