"""Deadlines of tasks: set, moved, stopped; the calendar counts, the task keeps the date for its lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from lienthong.calendars import operations as calendars
from lienthong.calendars.models import Deadline
from lienthong.calendars.queries import working_calendar
from lienthong.calendars.working_time import Calendar, aware
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.tasks.classes import end_of_due_day
from lienthong.tasks.due import Due
from lienthong.tasks.models import Reminder, Task


def give(task: Task, due: Due, *, parent: Task | None, actor: Actor, at: dt.datetime) -> None:
    """Save a new task with its deadline. Refuses a day that is over, and a part that ends after the whole."""
    task.deadline_kind = due.kind
    if due.kind == Task.DeadlineKind.ONGOING:
        _insert(task)
        return
    task.due_at = task.original_due_at = at
    _insert(task)
    calendar = working_calendar(task.lead_unit, local_date(at))
    until = _last_day(due, calendar, at)
    deadline = calendars.set_deadline(
        task.subject, limit=due.limit, until=until, start=at, unit=task.lead_unit, actor=actor, at=at
    )
    if parent and parent.due_at and deadline.due_at >= end_of_due_day(parent.due_at):
        raise Refusal("Hạn của việc được giao tiếp không được sau hạn của việc chính.", field="due_date")
    task.due_at = task.original_due_at = deadline.due_at
    task.save(update_fields=["due_at", "original_due_at"])


def _insert(task: Task) -> None:
    """Insert the row; a task about nothing else is its own thread."""
    task.save(force_insert=True)
    if task.subject_id == 0:
        task.subject_id = task.pk
        task.save(update_fields=["subject_id"])


def _last_day(due: Due, calendar: Calendar, at: dt.datetime) -> dt.date | None:
    if due.date is None:
        return None
    day = last_working_day(calendar, due.date) if due.kind == Task.DeadlineKind.QUARTER else due.date
    if day < local_date(at):
        raise Refusal(f"Hạn {due.date:%d/%m/%Y} đã qua. Chọn ngày từ hôm nay trở đi.", field="due_date")
    return day


def last_working_day(calendar: Calendar, day: dt.date) -> dt.date:
    """Return the day itself, or the last working day before it."""
    for back in range(31):
        candidate = day - dt.timedelta(days=back)
        if calendar.hours_on(candidate):
            return candidate
    return day


def move(task: Task, day: dt.date, *, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Move the deadline to the end of a day; the original one stays on the task."""
    deadline = calendars.extend(_deadline(task), until=day, reason=reason, actor=actor, at=at)
    task.due_at = deadline.due_at
    _move_reminders(task)


def pause(task: Task, *, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Stop the clock of a task that has one."""
    if task.due_at is not None:
        calendars.pause(_deadline(task), reason=reason, actor=actor, at=at)


def resume(task: Task, *, actor: Actor, at: dt.datetime) -> None:
    """Let the clock run on: what was paused in working time is added."""
    if task.due_at is not None:
        task.due_at = calendars.resume(_deadline(task), actor=actor, at=at).due_at
        _move_reminders(task)


def close(task: Task, *, at: dt.datetime) -> None:
    """Say that the work was handed in: a new calendar no longer moves its deadline."""
    if task.due_at is not None:
        calendars.close(_deadline(task), at=at)


def reopen(task: Task) -> None:
    """Take back a closing, when work is returned or taken back."""
    if task.due_at is not None:
        task.due_at = calendars.reopen(_deadline(task)).due_at


def follow_calendar(moved: Sequence[tuple[int, dt.datetime]]) -> None:
    """Take over deadlines that a new calendar moved (see ``calendars.recompute``); their reminders move with them."""
    due = dict(moved)
    tasks = list(Task.objects.select_for_update(of=("self",)).select_related("lead_unit").filter(pk__in=due))
    for task in tasks:
        task.due_at = due[task.pk]
    Task.objects.bulk_update(tasks, ["due_at"])
    for task in tasks:
        _move_reminders(task)


def remind_at(task: Task, days_before: int) -> dt.datetime:
    """Return the opening of the working day that lies so many working days before the due day."""
    assert task.due_at is not None  # noqa: S101 - the caller has refused tasks without a deadline
    day = local_date(task.due_at)
    calendar = working_calendar(task.lead_unit, day)
    day = last_working_day(calendar, day)
    for _ in range(days_before):
        day = last_working_day(calendar, day - dt.timedelta(days=1))
    opening = calendar.next_opening(dt.datetime.combine(day, dt.time()))
    return aware(opening)


def _deadline(task: Task) -> Deadline:
    return Deadline.objects.get(subject_kind="task", subject_id=task.pk)


def _move_reminders(task: Task) -> None:
    waiting = list(Reminder.objects.filter(task=task, sent_at=None, ended_at=None))
    for reminder in waiting:
        reminder.remind_at = remind_at(task, reminder.days_before)
    Reminder.objects.bulk_update(waiting, ["remind_at"])
