"""By what tasks and programmes are found: their search entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from lienthong.kernel.clock import local_date
from lienthong.search.sources import Entry
from lienthong.tasks.models import Programme, Task

BATCH = 500


def task_entry(task: Task, audiences: Iterable[int], *, at: dt.datetime) -> Entry:
    """Return the search entry of a task."""
    return Entry(
        subject=task.subject,
        title=task.title,
        body=f"{task.content}\n{task.product}",
        kind="task",
        unit_id=task.lead_unit_id,
        year=local_date(task.assigned_at).year,
        state=task.state,
        audiences=audiences,
        at=at,
    )


def programme_entry(programme: Programme, audiences: Iterable[int], *, at: dt.datetime) -> Entry:
    """Return the search entry of a programme."""
    return Entry(
        subject=programme.subject,
        title=programme.title,
        symbol=programme.source_text,
        kind="programme",
        unit_id=programme.issuer_id,
        year=programme.year,
        state="closed" if programme.closed_at else "open",
        audiences=audiences,
        at=at,
    )


def tasks() -> Iterator[Entry]:
    """Yield the entry of every task, oldest first."""
    last = 0
    while found := list(Task.objects.filter(pk__gt=last).prefetch_related("readers").order_by("pk")[:BATCH]):
        for task in found:
            yield task_entry(task, [reader.audience for reader in task.readers.all()], at=task.assigned_at)
        last = found[-1].pk


def programmes() -> Iterator[Entry]:
    """Yield the entry of every programme, oldest first."""
    for programme in Programme.objects.prefetch_related("readers").order_by("pk").iterator(chunk_size=BATCH):
        audiences = [reader.audience for reader in programme.readers.all()]
        yield programme_entry(programme, audiences, at=programme.created_at)
