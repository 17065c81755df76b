"""All that the page of one task shows, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from lienthong.calendars.queries import working_calendar
from lienthong.files.models import Attachment
from lienthong.files.queries import attachments
from lienthong.journal.queries import TimelineEntry, history
from lienthong.kernel.clock import local_date
from lienthong.kernel.subjects import Described, Subject, describe, is_visible
from lienthong.organisation.actor import Actor
from lienthong.tasks.classes import Class, class_of
from lienthong.tasks.models import Extension, Participant, Report, Return, SendBack, Task
from lienthong.tasks.queries.rows import Row, dress, rows_of, task_badge
from lienthong.tasks.undoing import Undo, undoable
from lienthong.ui.deadlines import Badge


@dataclass(frozen=True, slots=True)
class Record:
    """One task with its surroundings."""

    task: Task
    badge: Badge
    legal_class: Class
    about: Described | None
    source: Described | None
    parts: list[Row]
    files: list[Attachment]
    events: list[TimelineEntry]
    pending: Extension | None
    came_back: SendBack | Return | None
    undo: Undo | None


def task_for(pk: int, actors: Sequence[Actor]) -> tuple[Task, Actor] | None:
    """Return a task with the first of the actors who may see it; None when nobody may."""
    for actor in actors:
        task = _whole(actor).filter(pk=pk).first()
        if task is not None:
            return task, actor
    return None


def seeing(pk: int, actors: Sequence[Actor]) -> list[Actor]:
    """Return those of the actors who may see a task."""
    return [actor for actor in actors if Task.objects.visible_to(actor).filter(pk=pk).exists()]


def record(task: Task, actor: Actor, *, at: dt.datetime) -> Record:
    """Gather the page of a task."""
    calendar = working_calendar(task.lead_unit, local_date(at))
    parts = rows_of(Task.objects.visible_to(actor).filter(parent=task).order_by("due_at", "pk"))
    dress(parts, calendar, at, about=False)
    reports = list(task.reports.all())
    final = next((one for one in reports if one.is_final and one.withdrawn_at is None), None)
    about = _about(task, actor)
    return Record(
        task=task,
        badge=task_badge(task, calendar, at),
        legal_class=class_of(task, at),
        about=about.get(task.thread),
        source=about.get(final.evidence) if final and final.evidence else None,
        parts=parts,
        files=attachments(task.subject),
        events=history(task.subject),
        pending=next((one for one in task.extensions.all() if one.decision == "pending"), None),
        came_back=_came_back(task),
        undo=undoable(
            task,
            post_pk=actor.post.pk,
            works_for=actor.work_audiences,
            last=final.post_id if final else None,
            at=at,
        ),
    )


@dataclass(frozen=True, slots=True)
class Glance:
    """One task as the side preview shows it."""

    badge: Badge
    legal_class: Class
    about: Described | None
    latest: Report | None
    pending: Extension | None
    came_back: SendBack | Return | None


def glance(task: Task, actor: Actor, *, at: dt.datetime) -> Glance:
    """Gather the side preview of a task."""
    calendar = working_calendar(task.lead_unit, local_date(at))
    return Glance(
        badge=task_badge(task, calendar, at),
        legal_class=class_of(task, at),
        about=_about(task, actor).get(task.thread),
        latest=next((one for one in task.reports.all() if one.withdrawn_at is None), None),
        pending=next((one for one in task.extensions.all() if one.decision == "pending"), None),
        came_back=_came_back(task),
    )


def _came_back(task: Task) -> SendBack | Return | None:
    """Return why the task lies with its holder again: sent back to the assigner, or to be done again by the doer."""
    if task.state == Task.State.SENT_BACK:
        return task.send_backs.select_related("post__officer").order_by("-pk").first()
    if task.state == Task.State.IN_PROGRESS and task.reported_at is not None:
        return task.returns.select_related("post__officer").order_by("-pk").first()
    return None


def _about(task: Task, actor: Actor) -> dict[Subject, Described]:
    wanted = {task.thread} | {one.evidence for one in task.reports.all() if one.evidence}
    wanted.discard(task.subject)
    return describe(subject for subject in wanted if is_visible(actor, subject))


def _whole(actor: Actor) -> QuerySet[Task]:
    return (
        Task.objects.visible_to(actor)
        .select_related(
            "lead_unit__agency",
            "lead_post__officer",
            "assigner_post__officer",
            "assigner_post__unit",
            "assigner_unit",
            "assignment__post__officer",
            "assignment__officer",
            "parent",
            "programme",
        )
        .prefetch_related(
            Prefetch("participants", Participant.objects.select_related("unit", "post__officer").order_by("pk")),
            Prefetch("reports", Report.objects.select_related("post__officer").order_by("-pk")),
            Prefetch("extensions", Extension.objects.select_related("asked_by__officer").order_by("-pk")),
        )
    )
