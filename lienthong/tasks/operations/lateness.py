"""What the clock does by itself, in working time only: reminders before, and telling the next level after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction

from lienthong.calendars.clock import working_time
from lienthong.calendars.queries import working_calendar
from lienthong.calendars.working_time import Calendar
from lienthong.journal.operations import record
from lienthong.kernel.clock import local, local_date
from lienthong.organisation.models import Unit
from lienthong.tasks.classes import end_of_due_day
from lienthong.tasks.models import Escalation, Reminder, Task
from lienthong.tasks.notices import notify, when
from lienthong.tasks.operations.steps import tell_the_house
from lienthong.tasks.queries import Chain, chains
from lienthong.tasks.queries.inbox import is_over

DOING = (Task.State.ASSIGNED, Task.State.IN_PROGRESS, Task.State.SENT_BACK)


def send_reminders(*, at: dt.datetime, limit: int = 500) -> int:
    """Send the reminders whose time has come, each in its own transaction; returns how many."""
    due = Reminder.objects.filter(sent_at=None, ended_at=None, remind_at__lte=at).order_by("remind_at")
    return sum(_remind(pk, at) for pk in list(due.values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _remind(pk: int, at: dt.datetime) -> int:
    waiting = Reminder.objects.select_for_update(of=("self",), skip_locked=True).select_related(
        "task__lead_unit", "post"
    )
    reminder = waiting.filter(pk=pk, sent_at=None, ended_at=None).first()
    if reminder is None:
        return 0
    task = reminder.task
    if not task.is_open:
        reminder.ended_at = at
        reminder.save(update_fields=["ended_at"])
        return 0
    if not is_working(working_calendar(task.lead_unit, local_date(at)), at):
        return 0
    to = reminder.post.audience if reminder.is_personal else task.holder
    notify([to], task, f"Nhắc việc: {task.title} ({when(task.due_at)})", kind="reminded", at=at)
    reminder.sent_at = at
    reminder.save(update_fields=["sent_at"])
    return 1


def escalate_late(*, at: dt.datetime, limit: int = 500) -> int:
    """Tell the next level of late tasks: at once the head of the unit, later the agency's leaders and the assigner.

    Only in the working hours of the unit, and counted in its working time; each level once for a deadline. Returns how
    many levels were told.
    """
    late = Task.objects.filter(is_over(at), state__in=DOING).order_by("due_at", "pk")
    told = {
        (escalation.task_id, escalation.due_at, escalation.level)
        for escalation in Escalation.objects.filter(task__state__in=DOING, task__due_at__lt=at)
    }
    calendars: dict[int, Calendar] = {}
    count = 0
    for task in late.select_related("lead_unit").iterator(chunk_size=500):
        assert task.due_at is not None  # noqa: S101 - filtered
        if task.lead_unit_id not in calendars:
            calendars[task.lead_unit_id] = working_calendar(task.lead_unit, local_date(at))
        for level in range(1, _level(_end(task), calendars[task.lead_unit_id], at) + 1):
            if (task.pk, task.due_at, level) not in told:
                count += _escalate(task.pk, level, at)
        if count >= limit:
            break
    return count


def _end(task: Task) -> dt.datetime:
    """Return the moment from which a task is late: the end of its due day; of a step, the due minute."""
    assert task.due_at is not None  # noqa: S101 - asked of what is late
    return task.due_at if task.is_routed else end_of_due_day(task.due_at)


def _level(end: dt.datetime, calendar: Calendar, at: dt.datetime) -> int:
    """Return how far up a late task is to be told now; 0 outside working time."""
    if not is_working(calendar, at):
        return 0
    late = working_time(calendar, end, at)
    return sum(late >= dt.timedelta(hours=hours) for hours in settings.TASK_ESCALATION_HOURS)


@transaction.atomic
def _escalate(pk: int, level: int, at: dt.datetime) -> int:
    task = (
        Task.objects.select_for_update(of=("self",), skip_locked=True).select_related("lead_unit").filter(pk=pk).first()
    )
    if task is None or task.state not in DOING or task.due_at is None:
        return 0
    chain = chains([task.lead_unit_id])[task.lead_unit_id]
    audience = dict(levels(task, chain)).get(level)
    if audience is None:
        return 0
    _, is_new = Escalation.objects.get_or_create(
        task=task, level=level, due_at=task.due_at, defaults={"audience": audience, "at": at}
    )
    if not is_new:
        return 0
    text = f"Quá hạn từ {local(task.due_at):%d/%m/%Y}: {task.title} ({task.lead_unit.short_name})"
    notify([audience], task, text, kind="escalated", at=at)
    told = {"level": level, "to": _name(audience)}
    if task.is_routed:
        record(task.subject, "task.escalated", actor=None, at=at, particulars=told, thread=task.thread)
    else:
        tell_the_house(task, "escalated", actor=None, at=at, particulars=told)
    return 1


def levels(task: Task, chain: Chain) -> Iterator[tuple[int, int]]:
    """Yield the levels above the doer: the unit's head, each unit above within the agency, at last the assigner."""
    above = [unit for unit in chain.within if unit != task.holder]
    seen: list[int] = []
    for audience in (*above, task.verifier):
        if audience not in seen and audience != task.holder:
            seen.append(audience)
    yield from enumerate(seen, start=1)


def is_working(calendar: Calendar, at: dt.datetime) -> bool:
    """Tell whether the office works at a moment."""
    return calendar.is_open(local(at))


def _name(audience: int) -> str:
    return Unit.objects.get(pk=audience).short_name if audience > 0 else "người giao việc"
