"""Files that the house itself makes: kept without being looked at or read, and let go again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.files import File
from django.db import transaction

from lienthong.files import storage
from lienthong.files.incoming import PIECE, spooled
from lienthong.files.kinds import kinds
from lienthong.files.models import Attachment, Blob, FileText, StoredFile
from lienthong.files.names import clean_name
from lienthong.files.operations.attaching import attach
from lienthong.files.operations.receiving import lock
from lienthong.kernel.subjects import Subject


@transaction.atomic
def keep_made(
    source: Iterable[bytes] | File[Any], *, name: str, kind: str, about: Subject, at: dt.datetime
) -> StoredFile:
    """Keep a file that an operation made, on the record whose readers may open it; its text is not read.

    Refuses only what is larger than any file may be, and a full disk.
    """
    with spooled(source.chunks(PIECE) if isinstance(source, File) else source) as spool:
        lock(spool.sha256)
        blob = Blob.objects.filter(sha256=spool.sha256).first()
        if blob is None:
            blob = Blob.objects.create(
                sha256=spool.sha256,
                size=spool.size,
                kind=kind,
                media_type=kinds()[kind].media_type,
                path=storage.put(spool),
                stored_at=at,
            )
            FileText.objects.create(blob=blob, state=FileText.State.NONE, changed_at=at)
        elif not storage.storage().exists(blob.path):
            storage.put(spool)
    file = StoredFile.objects.create(blob=blob, name=clean_name(name), received_at=at)
    attach(file, about, actor=None, at=at, tell=False)
    return file


@transaction.atomic
def drop_made(file: StoredFile) -> None:
    """Let go of a file that an operation made; its bytes go with the next sweep unless somebody else sent the same."""
    blob = Blob.objects.get(pk=file.blob_id)
    lock(blob.sha256)
    Attachment.objects.filter(file=file).delete()
    StoredFile.objects.filter(is_duplicate_of=file).update(is_duplicate_of=None)
    file.delete()
    if not StoredFile.objects.filter(blob=blob).exists():
        blob.delete()
