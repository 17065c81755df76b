"""What every step of a task shares: take it in hand, write it, say it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.notifications.operations import clear
from lienthong.organisation.actor import Actor
from lienthong.search import operations as search
from lienthong.tasks import threads
from lienthong.tasks.found import task_entry
from lienthong.tasks.models import Programme, ProgrammeReader, Task, TaskReader
from lienthong.tasks.queries import chains


def take(task: Task) -> Task:
    """Lock the task and return it as it is now."""
    return (
        Task.objects.select_for_update(of=("self",)).select_related("lead_unit", "assigner_post__unit").get(pk=task.pk)
    )


def allow(allowed: bool, sentence: str) -> None:  # noqa: FBT001 - reads as a sentence
    """Refuse what the policy does not allow."""
    if not allowed:
        raise Forbidden(sentence)


def reason_given(reason: str) -> str:
    """Return the reason, trimmed; refuse an empty one."""
    said = reason.strip()
    if not said:
        raise Refusal("Cần ghi lý do.", field="reason")
    return said


ASKING = (
    "task.assigned",
    "task.sent_back",
    "task.finished",
    "task.returned",
    "task.extension_requested",
    "task.resumed",
    "task.reminded",
    "task.nudged",
    "task.escalated",
)
UNSETTLED = ("reported", "contributed", "extension_requested", "reminder_set", "nudged")


def conclude(task: Task, kind: str, *fields: str, actor: Actor | None, at: dt.datetime, **particulars: Any) -> None:
    """End a step: save the fields that it changed, record it, refresh the search entry, tell the thread.

    Notices that asked somebody for what has now been done go away; whoever is asked next is told after this.
    """
    task.changed_at = at
    task.save(update_fields=[*fields, "changed_at"])
    if kind not in UNSETTLED:
        clear(task.subject, ASKING, at=at)
    tell_the_house(task, kind, actor=actor, at=at, particulars=particulars)


def tell_the_house(
    task: Task, kind: str, *, actor: Actor | None, at: dt.datetime, particulars: dict[str, Any], is_new: bool = False
) -> None:
    """Record one event of the task on its thread, index it, and let the thread look again."""
    said = {name: value for name, value in particulars.items() if value not in ("", None)}
    said.setdefault("title", task.title)
    record(task.subject, f"task.{kind}", actor=actor, at=at, particulars=said, thread=task.thread, is_new=is_new)
    if is_new:
        reindex(task, at=at)
    else:
        search.set_state(task.subject, task.state)
    threads.changed(task.thread, at)


def reindex(task: Task, *, at: dt.datetime) -> None:
    """Write the task's search entry."""
    audiences = list(TaskReader.objects.filter(task=task).values_list("audience", flat=True))
    search.index_entry(task_entry(task, audiences, at=at))


def open_to(task: Task, *, units: Iterable[int], posts: Iterable[tuple[int, int]] = (), at: dt.datetime) -> None:
    """Let units (with those above them in their agency) and posts (with their unit) read task and thread."""
    posts = list(posts)
    above = chains([*units, *(unit for _, unit in posts)])
    audiences = {key for chain in above.values() for key in chain.within} | {-post for post, _ in posts}
    known = set(TaskReader.objects.filter(task=task).values_list("audience", flat=True))
    fresh = sorted(audiences - known)
    if not fresh:
        return
    TaskReader.objects.bulk_create([TaskReader(task=task, audience=key) for key in fresh], ignore_conflicts=True)
    search.open_to(task.subject, fresh)
    threads.admit(task.thread, fresh, at)
    if task.programme:
        _open_programme(task.programme, fresh, at)


def _open_programme(programme: Programme, fresh: list[int], at: dt.datetime) -> None:
    """Let those who may read a task of a programme read the programme, and the decision from which it comes."""
    ProgrammeReader.objects.bulk_create(
        [ProgrammeReader(programme=programme, audience=key) for key in fresh], ignore_conflicts=True
    )
    search.open_to(programme.subject, fresh)
    if programme.source:
        threads.admit(programme.source, fresh, at)
