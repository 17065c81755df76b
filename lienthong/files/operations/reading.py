"""Reading the text of a file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from lienthong.files import ocr, sandbox, storage
from lienthong.files.extract_text import READABLE, Reading, reading_of_kind
from lienthong.files.models import Blob, FileText, StoredFile
from lienthong.kernel.refusal import Refusal

AT_ONCE = 5 << 20
PLAIN = frozenset({"txt", "csv"})
"""Kinds that no library parses: read here when small, without a process of their own."""
SECONDS = 120
NO_ENGINE = "Máy chủ chưa cài phần mềm nhận dạng chữ: hãy cài gói tesseract-ocr-vie (và ocrmypdf nếu có)."
LEAST_LETTERS_A_PAGE = 25
"""A PDF with fewer letters a page than this has no text layer worth the name: it is a scan."""


def read_text(file: StoredFile, *, at: dt.datetime, seconds: int = 8) -> str:
    """Return the text of a small file at once (5 MB at most), reading it now where that was not yet done.

    "" for a larger one, a scan, or one that cannot be read in time: the job goes on with it.
    """
    known = FileText.objects.filter(blob=file.blob).first()
    if known is not None and known.state != FileText.State.WAITING:
        return known.text
    if file.blob.size > AT_ONCE:
        return ""
    return read(file.blob, at=at, seconds=seconds).text


def read(blob: Blob, *, at: dt.datetime, seconds: int = SECONDS) -> FileText:
    """Read the text of a content in the sandbox and keep it with its state; never raises for a hostile file.

    A scan is handed on to the recognition of letters where that is installed.
    """
    state, reading, error = _extracted(blob, seconds)
    with transaction.atomic():
        row, _ = FileText.objects.select_for_update().get_or_create(blob=blob, defaults={"changed_at": at})
        if row.state != FileText.State.WAITING:
            return row
        row.state, row.text, row.encoding, row.error, row.changed_at = state, *reading, error, at
        row.pages_total = blob.pages
        row.save(update_fields=["state", "text", "encoding", "error", "pages_total", "changed_at"])
        if state == FileText.State.SCANNED and ocr.engine() is not None:
            _hand_on(row, at=at)
    return row


def _hand_on(row: FileText, *, at: dt.datetime) -> None:
    row.state, row.changed_at = FileText.State.RECOGNISING, at
    row.save(update_fields=["state", "changed_at"])
    jobs.configure_task("lienthong.files.jobs.recognise_file", queue="ocr").defer(blob_id=row.blob_id)


@transaction.atomic
def recognise_waiting(*, at: dt.datetime) -> int:
    """Hand every scan that was left as it is to the recognition of letters; refuses where no engine is installed."""
    if ocr.engine() is None:
        raise Refusal(NO_ENGINE)
    scans = FileText.objects.filter(state=FileText.State.SCANNED).select_for_update(skip_locked=True)
    for row in scans:
        _hand_on(row, at=at)
    return len(scans)


def _extracted(blob: Blob, seconds: int) -> tuple[str, Reading, str]:
    nothing = Reading("", "")
    if blob.kind_of_file.image:
        return FileText.State.SCANNED, nothing, ""
    if blob.kind not in READABLE:
        return FileText.State.NONE, nothing, ""
    try:
        with storage.on_disk(blob.path) as path:
            reading = _reading(path, blob, seconds)
    except Refusal as refusal:
        return FileText.State.FAILED, nothing, refusal.message[:500]
    except FileNotFoundError:
        return FileText.State.FAILED, nothing, "Nội dung tệp không còn trong kho: hãy báo quản trị viên."
    letters = sum(letter.isalnum() for letter in reading.text)
    if blob.kind == "pdf" and letters < LEAST_LETTERS_A_PAGE * max(1, blob.pages):
        return FileText.State.SCANNED, reading, ""
    return (FileText.State.DONE if letters else FileText.State.NONE), reading, ""


def _reading(path: Path, blob: Blob, seconds: int) -> Reading:
    if blob.kind in PLAIN and blob.size <= AT_ONCE:
        return reading_of_kind(path, blob.kind_of_file)
    return Reading(**sandbox.run("text", seconds=seconds, path=str(path), kind=blob.kind))


def recognise(blob: Blob, *, at: dt.datetime) -> FileText:
    """Recognise the letters of a scan page by page, telling how far it is; refuses where no engine is installed."""
    engine = ocr.engine()
    if engine is None:
        raise Refusal(NO_ENGINE)
    row = FileText.objects.get(blob=blob)
    if row.state not in {FileText.State.SCANNED, FileText.State.RECOGNISING}:
        return row
    row.state, row.changed_at, row.pages_done, row.pages_total = FileText.State.RECOGNISING, at, 0, blob.pages
    row.save(update_fields=["state", "pages_done", "pages_total", "changed_at"])
    pages: list[str] = []
    try:
        with storage.on_disk(blob.path) as path:
            for text in ocr.pages(path, blob.kind, blob.pages, engine):
                pages.append(text)
                row.pages_done = len(pages)
                row.save(update_fields=["pages_done"])
    except Refusal as refusal:
        row.error = refusal.message[:500]
    row.text = ocr.joined(pages)
    row.state = FileText.State.FAILED if row.error and not row.text else FileText.State.DONE
    row.source = FileText.Source.OCR
    row.save(update_fields=["text", "state", "source", "error"])
    return row
