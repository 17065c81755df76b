"""Putting files on records and taking them off."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max

from lienthong.files.models import Attachment, StoredFile
from lienthong.files.policies import can_attach
from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor


@transaction.atomic
def attach(
    file: StoredFile,
    subject: Subject,
    *,
    label: str = "",
    actor: Actor | None,
    at: dt.datetime,
    thread: Subject | None = None,
    tell: bool = True,
) -> Attachment:
    """Put a file on a record, after those that are there; the caller has asked whether the actor may change the record.

    Forbidden for a file that the actor may not see. Twice the same file on one record is one attachment. ``tell=False``
    leaves the journal to the caller whose own event names the files.
    """
    if actor is not None and not can_attach(actor, file):
        raise Forbidden("Bạn không được dùng tệp này: hãy tải tệp lên lại.", field="file")
    StoredFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    standing = Attachment.objects.of(subject).standing()
    present = standing.filter(file=file).first()
    if present is not None:
        return present
    last = standing.aggregate(last=Max("order"))["last"] or 0
    attachment = Attachment.objects.create(
        subject_kind=subject.kind,
        subject_id=subject.pk,
        file=file,
        label=label[:200],
        order=last + 1,
        added_at=at,
        added_by=actor.post if actor else None,
    )
    if tell:
        _tell(attachment, "attachment.added", actor=actor, at=at, thread=thread)
    return attachment


@transaction.atomic
def replace(
    attachment: Attachment, file: StoredFile, *, actor: Actor, at: dt.datetime, thread: Subject | None = None
) -> Attachment:
    """Put a new version in the place of an attachment; the former stays readable as history.

    Refuses an attachment that was already replaced or taken off, and the very same bytes.
    """
    former = _standing(attachment)
    if not can_attach(actor, file):
        raise Forbidden("Bạn không được dùng tệp này: hãy tải tệp lên lại.", field="file")
    if file.blob_id == former.file.blob_id:
        raise Refusal("Tệp mới giống hệt tệp đang có nên không cần thay.", field="file")
    former.removed_at, former.removed_by = at, actor.post
    former.save(update_fields=["removed_at", "removed_by"])
    newer = Attachment.objects.create(
        subject_kind=former.subject_kind,
        subject_id=former.subject_id,
        file=file,
        label=former.label,
        order=former.order,
        version=former.version + 1,
        replaces=former,
        added_at=at,
        added_by=actor.post,
    )
    _tell(newer, "attachment.replaced", actor=actor, at=at, thread=thread)
    return newer


@transaction.atomic
def detach(attachment: Attachment, *, actor: Actor, at: dt.datetime, thread: Subject | None = None) -> Attachment:
    """Take a file off a record; its bytes and its row stay. Refuses what was already taken off."""
    standing = _standing(attachment)
    standing.removed_at, standing.removed_by = at, actor.post
    standing.save(update_fields=["removed_at", "removed_by"])
    _tell(standing, "attachment.removed", actor=actor, at=at, thread=thread)
    return standing


def _standing(attachment: Attachment) -> Attachment:
    rows = Attachment.objects.select_for_update(of=("self",)).select_related("file")
    row = rows.get(pk=attachment.pk)
    if row.removed_at is not None:
        raise Refusal("Tệp này đã được thay hoặc gỡ trước đó: hãy tải lại trang để xem tệp hiện có.")
    return row


def _tell(attachment: Attachment, kind: str, *, actor: Actor | None, at: dt.datetime, thread: Subject | None) -> None:
    particulars = {
        "name": attachment.file.name,
        "label": attachment.label,
        "sha256": attachment.file.blob.sha256,
        "version": attachment.version,
    }
    record(attachment.subject, kind, actor=actor, at=at, particulars=particulars, thread=thread)
