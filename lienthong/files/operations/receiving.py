"""Receiving bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.files import File
from django.db import connection, transaction
from procrastinate.contrib.django import app as jobs

from lienthong.files import storage
from lienthong.files.extract_text import READABLE
from lienthong.files.incoming import PIECE, Spool, spooled
from lienthong.files.inspection import inspect
from lienthong.files.kinds import Kind
from lienthong.files.models import Blob, FileText, StoredFile
from lienthong.files.names import clean_name, split_extension
from lienthong.identity.models import User
from lienthong.organisation.actor import Actor


def receive(
    source: Iterable[bytes] | File[Any] | Spool,
    *,
    name: str,
    actor: Actor | None,
    at: dt.datetime,
    account: User | None = None,
) -> StoredFile:
    """Take a file: its bytes stream in, are hashed and looked at, and are durable when this returns.

    It belongs to the officer who acts, or to the ``account`` of somebody outside the office.

    Refuses what is empty, too large, of no known kind, not what its name says, locked, damaged or made to harm, and
    says so when the disk is full; nothing of what is refused remains. The same bytes are kept once.
    """
    with _spool(source) as spool:
        name = clean_name(name)
        kind, facts = inspect(spool.path, name)
        if not split_extension(name)[1]:
            name = clean_name(f"{name}.{kind.extensions[0]}")
        return _store(spool, kind, facts, name=name, actor=actor, at=at, account=account)


def _spool(source: Iterable[bytes] | File[Any] | Spool) -> Spool:
    if isinstance(source, Spool):
        return source
    spool = getattr(source, "spool", None)
    if isinstance(spool, Spool):
        return spool
    return spooled(source.chunks(PIECE) if isinstance(source, File) else source)


@transaction.atomic
def _store(
    spool: Spool,
    kind: Kind,
    facts: dict[str, Any],
    *,
    name: str,
    actor: Actor | None,
    at: dt.datetime,
    account: User | None,
) -> StoredFile:
    lock(spool.sha256)
    blob = Blob.objects.filter(sha256=spool.sha256).first()
    if blob is None:
        path = storage.put(spool)
        blob = Blob.objects.create(
            sha256=spool.sha256,
            size=spool.size,
            kind=kind.code,
            media_type=kind.media_type,
            path=path,
            facts=facts,
            stored_at=at,
        )
        _begin_reading(blob, at=at)
        former = None
    else:
        if not storage.storage().exists(blob.path):
            storage.put(spool)
        former = StoredFile.objects.same_bytes(blob).first()
    return StoredFile.objects.create(
        blob=blob,
        name=name,
        uploader=actor.officer if actor else None,
        post=actor.post if actor else None,
        account=account,
        received_at=at,
        is_duplicate_of=former,
    )


def lock(sha256: str) -> None:
    """Hold one content until the end of the transaction, against another receiver and against the sweeper."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(sha256[:15], 16)])


def _begin_reading(blob: Blob, *, at: dt.datetime) -> None:
    readable = blob.kind in READABLE or bool(blob.kind_of_file.image)
    state = FileText.State.WAITING if readable else FileText.State.NONE
    FileText.objects.create(blob=blob, state=state, pages_total=blob.pages, changed_at=at)
    if readable:
        jobs.configure_task("lienthong.files.jobs.read_file", queue="files").defer(blob_id=blob.pk)
