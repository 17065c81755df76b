"""Taking away what interrupted work left behind. What a row knows is never touched."""

from __future__ import annotations

import datetime as dt
import shutil

from django.db import transaction

from lienthong.files import storage
from lienthong.files.incoming import incoming_directory
from lienthong.files.integrity import PREVIEWS
from lienthong.files.models import Blob
from lienthong.files.operations.receiving import lock

AGE = dt.timedelta(days=1)


def sweep(*, at: dt.datetime, age: dt.timedelta = AGE) -> int:
    """Remove leftovers that are older than a day: half-received files, bytes without a row, pictures without a content.

    Returns how many. Younger ones may belong to work under way.
    """
    before = at - age
    return _sweep_incoming(before) + sum(_sweep_one(name, before) for name in list(storage.names()))


def _sweep_incoming(before: dt.datetime) -> int:
    count = 0
    for path in incoming_directory().iterdir():
        if path.stat().st_mtime < before.timestamp():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
            count += 1
    return count


@transaction.atomic
def _sweep_one(name: str, before: dt.datetime) -> bool:
    parts = name.split("/")
    sha256 = parts[2] if len(parts) > 2 else ""
    if name.startswith(PREVIEWS):
        if Blob.objects.filter(sha256=sha256).exists():
            return False
    else:
        if len(sha256) == 64:
            lock(sha256)  # a receiver of the same bytes waits, or has its row by now
        if Blob.objects.filter(path=name).exists():
            return False
    store = storage.storage()
    if not store.exists(name) or store.get_modified_time(name) >= before:
        return False
    store.delete(name)
    return True
