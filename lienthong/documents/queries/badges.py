"""Deadlines as the pages show them: in working time of the agency's calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from lienthong.calendars.clock import Calendar
from lienthong.calendars.queries import remaining, working_calendar
from lienthong.documents.models import IncomingDocument, Wait
from lienthong.documents.queries.waiting import running_of
from lienthong.kernel.clock import local_date
from lienthong.organisation.actor import Actor
from lienthong.tasks.models import Task
from lienthong.ui.deadlines import Badge, badge


@dataclass(frozen=True, slots=True)
class Line:
    """A document of a list with its deadline badge, where it has a deadline.

    While it waits to be forwarded or instructed, ``wait`` is that wait and the badge is of its limit.
    """

    document: IncomingDocument
    badge: Badge | None
    wait: Wait | None = None


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task on a document with its deadline badge; a cancelled one has none."""

    task: Task
    badge: Badge | None


def calendar_for(actor: Actor, now: dt.datetime) -> Calendar:
    """Return the calendar by which the deadlines of a page count (one query)."""
    return working_calendar(actor.post.unit, local_date(now))


def lines_of(documents: Iterable[IncomingDocument], calendar: Calendar, now: dt.datetime) -> list[Line]:
    """Return documents with their badges (one query: the waits that run)."""
    shown = list(documents)
    waits = running_of(shown)
    return [_line(document, waits.get(document.pk), calendar, now) for document in shown]


def line_of(document: IncomingDocument, calendar: Calendar, now: dt.datetime) -> Line:
    """Return how the deadline of one document stands."""
    return lines_of([document], calendar, now)[0]


def _line(document: IncomingDocument, wait: Wait | None, calendar: Calendar, now: dt.datetime) -> Line:
    due_at = wait.due_at if wait else document.due_at
    if due_at is None or not document.is_open:
        return Line(document, None)
    return Line(document, badge(due_at, now, remaining(due_at, now, calendar)), wait)


def task_lines(tasks: Iterable[Task], calendar: Calendar, now: dt.datetime) -> list[TaskLine]:
    """Return tasks with their badges."""
    return [
        TaskLine(
            task,
            None
            if task.state == Task.State.CANCELLED
            else badge(
                task.due_at,
                now,
                remaining(task.due_at, task.finished_at or now, calendar) if task.due_at else None,
                done_at=task.finished_at if task.state in (Task.State.REPORTED, Task.State.DONE) else None,
                suspended=task.state == Task.State.SUSPENDED,
            ),
        )
        for task in tasks
    ]
