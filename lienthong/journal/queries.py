"""Timelines."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from lienthong.journal.models import Event
from lienthong.journal.sentences import doer_of, sentence_of
from lienthong.kernel.subjects import Subject

_TOLD = (
    "subject_kind", "subject_id", "thread_kind", "thread_id", "kind", "at", "particulars", "own_post",
    "officer__full_name", "post__officer__full_name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a timeline: the event, who did it, and the whole sentence (who, and what happened)."""

    event: Event
    who: str
    sentence: str


def timeline(thread: Subject, *, after: int | None = None, limit: int = 50, kinds: str = "") -> list[TimelineEntry]:
    """Return the newest events of a thread, newest first; ``after`` is the id of the last one already shown.

    ``kinds`` keeps only the kinds that begin with it (``task.``). One query, whatever the length.
    """
    events = Event.objects.filter(thread_kind=thread.kind, thread_id=thread.pk)
    if after is not None:
        events = events.filter(id__lt=after)
    if kinds:
        events = events.filter(kind__startswith=kinds)
    return _entries(events.order_by("-id")[:limit])


def history(subject: Subject, *, limit: int = 50) -> list[TimelineEntry]:
    """Return the newest events of one subject alone, newest first, whatever thread they show on. One query."""
    events = Event.objects.filter(subject_kind=subject.kind, subject_id=subject.pk)
    return _entries(events.order_by("-sequence")[:limit])


def _entries(events: QuerySet[Event]) -> list[TimelineEntry]:
    events = events.select_related("officer", "post__officer").only(*_TOLD)
    return [TimelineEntry(event, who := _who(event), f"{who} {sentence_of(event)}") for event in events]


def _who(event: Event) -> str:
    if event.officer is None:
        return doer_of(event)
    if event.own_post_id and event.post:
        return f"{event.officer.full_name} (thay {event.post.officer.full_name})"
    return event.officer.full_name
