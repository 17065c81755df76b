"""Recording events and sealing the journal."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

from lienthong.journal.chain import GENESIS, link
from lienthong.journal.models import Event, Seal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor

PATIENCE = "500ms"
"""How long a seal makes writers wait behind it for one who is not done."""


def record(
    subject: Subject,
    kind: str,
    *,
    actor: Actor | None,
    at: dt.datetime,
    particulars: Mapping[str, Any] | None = None,
    thread: Subject | None = None,
    is_new: bool = False,
) -> Event:
    """Record one event at the end of its subject's chain, inside the caller's transaction.

    ``actor`` is None when the system acted by itself. ``particulars`` must be plain JSON. ``is_new`` says that the
    subject was made in this very transaction, so that there is no chain to look for. Two writers of one subject cannot
    take the same place: the operation holds the subject's row, and the constraint guards what forgot to.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("journal.record belongs inside the transaction of the operation that it records")
    last = None if is_new else _last(subject)
    thread = thread or subject
    event = Event(
        subject_kind=subject.kind,
        subject_id=subject.pk,
        sequence=last.sequence + 1 if last else 1,
        thread_kind=thread.kind,
        thread_id=thread.pk,
        kind=kind,
        at=at,
        officer=actor.officer if actor else None,
        post=actor.post if actor else None,
        own_post=actor.own_post if actor and actor.is_substitute else None,
        particulars=dict(particulars or {}),
    )
    event.hash = link(bytes(last.hash) if last else GENESIS, event.content())
    event.save(force_insert=True)
    return event


def record_many(
    events: Sequence[tuple[Subject, Subject, Mapping[str, Any]]],
    kind: str,
    *,
    actor: Actor | None,
    at: dt.datetime,
) -> None:
    """Record one event of a kind for each of many subjects of one sort, each on its thread, with two statements.

    The same as ``record`` for each, for what happens to hundreds at a time; no subject may stand there twice.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("journal.record belongs inside the transaction of the operation that it records")
    last = _last_of([subject for subject, _, _ in events])
    made = []
    for subject, thread, particulars in events:
        sequence, before = last.get(subject, (0, GENESIS))
        event = Event(
            subject_kind=subject.kind,
            subject_id=subject.pk,
            sequence=sequence + 1,
            thread_kind=thread.kind,
            thread_id=thread.pk,
            kind=kind,
            at=at,
            officer=actor.officer if actor else None,
            post=actor.post if actor else None,
            own_post=actor.own_post if actor and actor.is_substitute else None,
            particulars=dict(particulars),
        )
        event.hash = link(before, event.content())
        made.append(event)
    Event.objects.bulk_create(made, batch_size=500)


def _last_of(subjects: Sequence[Subject]) -> dict[Subject, tuple[int, bytes]]:
    kinds = {subject.kind for subject in subjects}
    if len(kinds) > 1:
        raise ValueError("events of one sort of subject at a time")
    chain = Event.objects.filter(subject_kind__in=kinds, subject_id__in=[subject.pk for subject in subjects])
    ends = chain.order_by("subject_kind", "subject_id", "-sequence").distinct("subject_kind", "subject_id")
    rows = ends.values_list("subject_kind", "subject_id", "sequence", "hash")
    return {Subject(word, pk): (sequence, bytes(found)) for word, pk, sequence, found in rows}


def _last(subject: Subject) -> Event | None:
    chain = Event.objects.filter(subject_kind=subject.kind, subject_id=subject.pk)
    return chain.only("sequence", "hash").order_by("-sequence").first()


def seal(*, at: dt.datetime) -> Seal | None:
    """Seal every event recorded since the last seal; None when there is none, or a long writer does not let it yet.

    The bound is taken while no writer is in flight, so that no event can later appear below it. Whoever writes
    meanwhile waits behind the lock: after ``PATIENCE`` the seal gives way, and the next one takes more.
    """
    try:
        bound = _bound()
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        return None
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('journal.seal'))")
        previous = Seal.objects.order_by("-last_event_id").first()
        count, digest = digest_of(previous, bound)
        if not count:
            return None
        return Seal.objects.create(last_event_id=bound, events=count, at=at, hash=digest)


def _bound() -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        cursor.execute(f"LOCK TABLE {Event._meta.db_table} IN SHARE MODE")
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {Event._meta.db_table}")  # noqa: S608 - a fixed name
        bound: int = cursor.fetchone()[0]
        return bound


def digest_of(previous: Seal | None, bound: int) -> tuple[int, bytes]:
    """Return how many events follow ``previous`` up to the key ``bound``, and the hash over theirs."""
    digest = hashlib.sha256(bytes(previous.hash) if previous else GENESIS)
    start = previous.last_event_id if previous else 0
    hashes = Event.objects.filter(id__gt=start, id__lte=bound).order_by("id").values_list("hash", flat=True)
    count = 0
    for event_hash in hashes.iterator(chunk_size=5000):
        digest.update(bytes(event_hash))
        count += 1
    return count, digest.digest()
