"""Deadlines as the pages show them: in working time of the agency's calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from lienthong.calendars.clock import Calendar
from lienthong.calendars.queries import remaining, working_calendar
from lienthong.documents.models import IncomingDocument
from lienthong.kernel.clock import local_date
from lienthong.organisation.actor import Actor
from lienthong.tasks.models import Task
from lienthong.ui.deadlines import Badge, badge


@dataclass(frozen=True, slots=True)
class Line:
    """A document of a list with its deadline badge, where it has a deadline."""

    document: IncomingDocument
    badge: Badge | None


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task on a document with its deadline badge."""

    task: Task
    badge: Badge


def lines_of(documents: Iterable[IncomingDocument], actor: Actor, now: dt.datetime) -> list[Line]:
    """Return documents with their badges (the calendar is read once)."""
    calendar = working_calendar(actor.post.unit, local_date(now))
    return [Line(document, _badge_of(document, calendar, now)) for document in documents]


def badge_of(document: IncomingDocument, actor: Actor, now: dt.datetime) -> Badge | None:
    """Return how the deadline of one document stands, None when it has none."""
    return lines_of([document], actor, now)[0].badge


def _badge_of(document: IncomingDocument, calendar: Calendar, now: dt.datetime) -> Badge | None:
    if document.due_at is None or not document.is_open:
        return None
    return badge(document.due_at, now, remaining(document.due_at, now, calendar))


def task_lines(tasks: Iterable[Task], actor: Actor, now: dt.datetime) -> list[TaskLine]:
    """Return tasks with their badges."""
    calendar = working_calendar(actor.post.unit, local_date(now))
    return [
        TaskLine(
            task,
            badge(
                task.due_at,
                now,
                remaining(task.due_at, task.finished_at or now, calendar) if task.due_at else None,
                done_at=task.finished_at if task.state in (Task.State.REPORTED, Task.State.DONE) else None,
                suspended=task.state == Task.State.SUSPENDED,
            ),
        )
        for task in tasks
    ]
