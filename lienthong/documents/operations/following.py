"""A document follows the tasks on it: it opens to whom they are given, and is settled with the last of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Count, Min, Q

from lienthong.documents.models import IncomingDocument
from lienthong.documents.operations.readers import enter, locked, open_many_to, open_to
from lienthong.documents.operations.waiting import begin, finish
from lienthong.journal.operations import record
from lienthong.tasks.models import Task

State = IncomingDocument.State


def admit(pk: int, audiences: Iterable[int], at: dt.datetime) -> None:  # noqa: ARG001 - the thread's contract
    """Open the document to those to whom a task on it was given."""
    open_to(locked(IncomingDocument(pk=pk)), audiences)


def admit_many(pks: Collection[int], audiences: Collection[int], at: dt.datetime) -> None:  # noqa: ARG001 - as above
    """Open many documents to those to whom the tasks on them were given."""
    open_many_to(IncomingDocument.objects.filter(pk__in=pks), audiences)


def follow(pk: int, at: dt.datetime) -> None:
    """Take the earliest due moment of the open tasks; settle the document when every task on it is done.

    A recalled document whose copy was destroyed stays gone.
    """
    document = locked(IncomingDocument(pk=pk))
    if document.recalled_at is not None and document.state == State.RETURNED:
        return
    is_running = ~Q(state__in=(Task.State.DONE, Task.State.CANCELLED))
    facts = (
        Task.objects.of(document.subject)
        .top()
        .aggregate(
            running=Count("id", filter=is_running),
            done=Count("id", filter=Q(state=Task.State.DONE)),
            due=Min("due_at", filter=is_running),
        )
    )
    if document.due_at != facts["due"]:
        document.due_at = facts["due"]
        document.save(update_fields=["due_at"])
    if facts["running"] and document.state != State.IN_PROGRESS:
        _take_up(document, at)
    elif not facts["running"] and document.state == State.IN_PROGRESS:
        _settle(document, at, was_done=bool(facts["done"]))


def _take_up(document: IncomingDocument, at: dt.datetime) -> None:
    was_settled = document.state == State.SETTLED
    document.settled_at = None
    document.save(update_fields=["settled_at"])
    enter(document, State.IN_PROGRESS)
    finish(document, at=at)
    if was_settled:
        record(document.subject, "incoming.taken_up_again", actor=None, at=at)


def _settle(document: IncomingDocument, at: dt.datetime, *, was_done: bool) -> None:
    """Every task is done: settled. All were cancelled: back to the leader, for something must be decided."""
    if not was_done:
        enter(document, State.FORWARDED if document.holder_post_id else State.REGISTERED)
        begin(document, at=at)
        return
    document.settled_at = at
    document.save(update_fields=["settled_at"])
    enter(document, State.SETTLED)
    record(document.subject, "incoming.settled", actor=None, at=at)
