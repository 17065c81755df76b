"""The text of a stored file, for whoever indexes or shows it."""

from __future__ import annotations

from lienthong.files.models import FileText, StoredFile


def text_of(file: StoredFile) -> str:
    """Return the extracted text of a file, "" when there is none (yet)."""
    return FileText.objects.filter(blob_id=file.blob_id).values_list("text", flat=True).first() or ""


def reading_of(file: StoredFile) -> FileText | None:
    """Return the text of a file with how far the reading of it has come."""
    return FileText.objects.filter(blob_id=file.blob_id).first()
