"""Reads of attachments and the state of texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from lienthong.files.models import Attachment
from lienthong.kernel.subjects import Subject


def attachments(subject: Subject) -> list[Attachment]:
    """Return the files on a record in their order, with their contents' facts (one query)."""
    rows = Attachment.objects.of(subject).standing().select_related("file__blob", "file__uploader")
    return list(rows.order_by("order", "pk"))


def attachments_of(kind: str, pks: Iterable[int]) -> dict[int, list[Attachment]]:
    """Return the files on many records of one kind, by the record's key (one query)."""
    rows = Attachment.objects.standing().filter(subject_kind=kind, subject_id__in=list(pks))
    found: dict[int, list[Attachment]] = defaultdict(list)
    for attachment in rows.select_related("file__blob").order_by("order", "pk"):
        found[attachment.subject_id].append(attachment)
    return dict(found)


def versions(attachment: Attachment) -> list[Attachment]:
    """Return an attachment and what it replaced, newest first."""
    line = [attachment]
    while line[-1].replaces_id:
        line.append(Attachment.objects.select_related("file__blob", "added_by__officer").get(pk=line[-1].replaces_id))
    return line
