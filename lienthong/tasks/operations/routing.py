"""Work that a procedure hands on by itself: its task moves with the subject, from step to step.

The operation above decides who may act and writes the journal; here the work only comes to lie before somebody.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Case, QuerySet, Value, When

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.tasks.models import Task

PLACED = (
    "title", "lead_unit", "lead_post", "holder", "verifier", "assigner_post", "assigner_unit", "state", "deadline_kind",
    "due_at", "original_due_at", "assigned_at", "accepted_at", "finished_at", "verified_at", "is_late", "urgency",
    "changed_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """Việc đang giữ: a step, before whom it lies (the unit, or one post in it) and by which moment it is due."""

    title: str
    unit: Unit
    post: Post | None = None
    due_at: dt.datetime | None = None
    is_urgent: bool = False


@transaction.atomic(savepoint=False)
def route(subject: Subject, held: Held, *, actor: Actor | None, at: dt.datetime) -> Task:
    """Put a step of a subject before whoever must take it (one statement); ``actor`` is None when it came by itself."""
    task = Task(subject_kind=subject.kind, subject_id=subject.pk, is_routed=True)
    _place(task, held, actor=actor, at=at)
    task.save(force_insert=True)
    return task


def reroute(subject: Subject, held: Held, *, actor: Actor | None, at: dt.datetime) -> None:
    """Move the routed task of a subject to the next hands (one statement)."""
    placed = Task()
    _place(placed, held, actor=actor, at=at)
    _routed(subject).update(**{name: getattr(placed, name) for name in PLACED})


def begin(subject: Subject, *, at: dt.datetime) -> None:
    """Say that whoever holds it took it in hand: it is no longer new."""
    new = _routed(subject).filter(state=Task.State.ASSIGNED)
    new.update(state=Task.State.IN_PROGRESS, accepted_at=at, changed_at=at)


def rest(subject: Subject, *, at: dt.datetime) -> None:
    """Take it off the desk while the subject waits for somebody outside."""
    _routed(subject).update(state=Task.State.SUSPENDED, changed_at=at)


def settle(subject: Subject, *, at: dt.datetime) -> None:
    """End it: there is nothing more to do; late or not by its own due moment."""
    late = Case(When(due_at__lt=at, then=Value(True)), default=Value(False))  # noqa: FBT003 - a value of SQL
    _routed(subject).update(state=Task.State.DONE, finished_at=at, verified_at=at, changed_at=at, is_late=late)


def _routed(subject: Subject) -> QuerySet[Task]:
    return Task.objects.of(subject).filter(is_routed=True)


def _place(task: Task, held: Held, *, actor: Actor | None, at: dt.datetime) -> None:
    task.title = held.title[:500]
    task.lead_unit, task.lead_post = held.unit, held.post
    task.holder = task.verifier = task.doer
    task.assigner_post = actor.post if actor else None
    task.assigner_unit = actor.post.unit if actor else None
    task.state, task.assigned_at, task.accepted_at, task.changed_at = Task.State.ASSIGNED, at, None, at
    task.finished_at = task.verified_at = task.is_late = None
    task.urgency = Task.Urgency.URGENT if held.is_urgent else Task.Urgency.NORMAL
    task.deadline_kind = Task.DeadlineKind.LIMIT if held.due_at else Task.DeadlineKind.ONGOING
    task.due_at = task.original_due_at = held.due_at
