"""Destroying what must not be here: the bytes, their text and their pictures."""

from __future__ import annotations

from django.db import transaction

from lienthong.files import storage
from lienthong.files.integrity import PREVIEWS
from lienthong.files.models import Attachment, Blob, StoredFile
from lienthong.files.operations.receiving import lock


@transaction.atomic
def destroy(file: StoredFile) -> None:
    """Destroy a file with every other sending of the same bytes, once the transaction ends; nothing can bring it back.

    For state secrets that came in by mistake (Luật Bảo vệ bí mật nhà nước, Điều 5): the caller has asked whether the
    actor may, and records the event without the name of the file.
    """
    blob = Blob.objects.get(pk=file.blob_id)
    lock(blob.sha256)
    sendings = StoredFile.objects.filter(blob=blob)
    Attachment.objects.filter(file__in=sendings).delete()
    sendings.update(is_duplicate_of=None)
    sendings.delete()
    names = [blob.path, *storage.names(f"{PREVIEWS}{blob.sha256[:2]}/{blob.sha256}/")]
    blob.delete()
    transaction.on_commit(lambda: _remove(names))


@transaction.atomic
def forget(file: StoredFile) -> bool:
    """Let go of a file that hangs on no record; its bytes go with the last sending of them. Tells whether it went.

    What a record has, or had, stays: the caller only drops what somebody threw away before it was handed in.
    """
    blob = Blob.objects.get(pk=file.blob_id)
    lock(blob.sha256)
    row = StoredFile.objects.select_for_update().filter(pk=file.pk).first()
    if row is None or Attachment.objects.filter(file=row).exists():
        return False
    row.delete()
    if not StoredFile.objects.filter(blob=blob).exists():
        names = [blob.path, *storage.names(f"{PREVIEWS}{blob.sha256[:2]}/{blob.sha256}/")]
        blob.delete()
        transaction.on_commit(lambda: _remove(names))
    return True


def _remove(names: list[str]) -> None:
    store = storage.storage()
    for name in names:
        store.delete(name)
