"""Tasks go from one post to another with what was open in them: hundreds with a fixed number of statements."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from lienthong.journal.operations import record, record_many
from lienthong.kernel.audience import post_audience
from lienthong.notifications.operations import clear_many
from lienthong.organisation.holdings import Hands
from lienthong.search import operations as search
from lienthong.tasks import threads
from lienthong.tasks.models import Participant, Programme, ProgrammeReader, Reminder, Task, TaskReader
from lienthong.tasks.operations.steps import reindex
from lienthong.tasks.queries import chains


def doing(rows: QuerySet[Task], hands: Hands) -> int:
    """Let the taker do what the giver did: state, deadline and what was accepted stay; personal reminders end."""
    tasks = _locked(rows)
    taker, keys = hands.taker, [task.pk for task in tasks]
    found = Task.objects.filter(pk__in=keys)
    found.filter(holder=post_audience(hands.giver.pk)).exclude(state__in=("reported", "sent_back")).update(
        holder=post_audience(taker.pk)
    )
    found.update(lead_post=taker, lead_unit=taker.unit_id, changed_at=hands.at)
    unsent = Reminder.objects.filter(task__in=keys, is_personal=True, sent_at=None, ended_at=None)
    unsent.filter(post=hands.giver).update(ended_at=hands.at)
    Participant.objects.filter(task__in=keys, audience=post_audience(taker.pk)).delete()
    _settle(tasks, hands)
    for task in tasks:
        if task.lead_unit_id != taker.unit_id:
            task.lead_unit_id = taker.unit_id
            reindex(task, at=hands.at)
    return len(tasks)


def directing(rows: QuerySet[Task], hands: Hands) -> int:
    """Let the taker verify, extend, remind and direct what the giver assigned."""
    tasks = _locked(rows)
    taker, keys = hands.taker, [task.pk for task in tasks]
    before, after = post_audience(hands.giver.pk), post_audience(taker.pk)
    found = Task.objects.filter(pk__in=keys)
    found.filter(holder=before, state__in=("reported", "sent_back")).update(holder=after)
    found.filter(verifier=before).update(verifier=after)
    found.update(assigner_post=taker, assigner_unit=taker.unit_id, changed_at=hands.at)
    unsent = Reminder.objects.filter(task__in=keys, is_personal=False, sent_at=None, ended_at=None)
    theirs = set(unsent.filter(post=taker).values_list("task", "days_before"))
    for reminder in unsent.filter(post=hands.giver).filter(task__in={task for task, _ in theirs}):
        if (reminder.task_id, reminder.days_before) in theirs:
            Reminder.objects.filter(pk=reminder.pk).update(ended_at=hands.at)
    unsent.filter(post=hands.giver).update(post=taker)
    _settle(tasks, hands)
    return len(tasks)


def co_work(rows: QuerySet[Participant], hands: Hands) -> int:
    """Let the taker co-work in the giver's place; who leads the task or co-works already goes on as they are."""
    parts = list(rows.select_for_update(of=("self",)).select_related("task"))
    taker, audience = hands.taker, post_audience(hands.taker.pk)
    keys = [part.task_id for part in parts]
    theirs = Participant.objects.filter(task__in=keys, audience=audience)
    theirs.filter(role=Participant.Role.INFORMED).delete()
    there = set(theirs.values_list("task", flat=True)) | {
        part.task_id for part in parts if part.task.lead_post_id == taker.pk
    }
    mine = Participant.objects.filter(pk__in=[part.pk for part in parts])
    mine.filter(task__in=there).delete()
    mine.exclude(task__in=there).update(post=taker, unit=taker.unit_id, audience=audience)
    _settle([part.task for part in parts], hands)
    return len(parts)


def programmes(rows: QuerySet[Programme], hands: Hands) -> int:
    """Let the taker follow programmes up."""
    found = list(rows.select_for_update(of=("self",)))
    audiences = _audiences(hands)
    for programme in found:
        programme.owner = hands.taker
        programme.save(update_fields=["owner"])
        _open_programmes({programme.pk}, audiences)
        record(programme.subject, "programme.taken_over", actor=hands.actor, at=hands.at, particulars=hands.told)
    return len(found)


def _locked(rows: QuerySet[Task]) -> list[Task]:
    return list(rows.select_for_update(of=("self",)))


def _audiences(hands: Hands) -> list[int]:
    unit = hands.taker.unit_id
    return sorted({*chains([unit])[unit].within, post_audience(hands.taker.pk)})


def _settle(tasks: Sequence[Task], hands: Hands) -> None:
    """Open the tasks, and what they are about, to the taker; write the journal; take the giver's notices away."""
    keys, audiences = [task.pk for task in tasks], _audiences(hands)
    TaskReader.objects.bulk_create(
        [TaskReader(task_id=key, audience=audience) for key in keys for audience in audiences],
        ignore_conflicts=True,
        batch_size=2000,
    )
    search.open_many_to("task", keys, audiences)
    threads.admit_many({task.thread for task in tasks}, audiences, hands.at)
    _open_programmes({task.programme_id for task in tasks if task.programme_id}, audiences)
    sources = Programme.objects.filter(pk__in={task.programme_id for task in tasks if task.programme_id})
    threads.admit_many({row.source for row in sources if row.source}, audiences, hands.at)
    clear_many("task", keys, at=hands.at, posts=[hands.giver])
    events = [(task.subject, task.thread, {**hands.told, "title": task.title}) for task in tasks]
    record_many(events, "task.taken_over", actor=hands.actor, at=hands.at)


def _open_programmes(keys: set[int], audiences: Sequence[int]) -> None:
    if keys:
        rows = [ProgrammeReader(programme_id=key, audience=audience) for key in keys for audience in audiences]
        ProgrammeReader.objects.bulk_create(rows, ignore_conflicts=True)
        search.open_many_to("programme", keys, audiences)
