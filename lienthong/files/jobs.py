"""Reading, drawing, recognising and sweeping, while nobody waits."""

from __future__ import annotations

from procrastinate.contrib.django import app

from lienthong.files.models import Blob
from lienthong.files.operations.previewing import draw_first_page
from lienthong.files.operations.reading import read, recognise
from lienthong.files.operations.sweeping import sweep
from lienthong.kernel import clock


@app.task(queue="files", name="lienthong.files.jobs.read_file")
def read_file(blob_id: int) -> None:
    """Read the text of a content and draw its first page."""
    blob = Blob.objects.filter(pk=blob_id).first()
    if blob is not None:
        read(blob, at=clock.now())
        draw_first_page(blob)


@app.task(queue="ocr", name="lienthong.files.jobs.recognise_file")
def recognise_file(blob_id: int) -> None:
    """Recognise the letters of a scan."""
    blob = Blob.objects.filter(pk=blob_id).first()
    if blob is not None:
        recognise(blob, at=clock.now())


@app.periodic(cron="17 20 * * *")  # 3:17 in Viet Nam
@app.task(queueing_lock="files.sweep", pass_context=False, name="lienthong.files.jobs.sweep_leftovers")
def sweep_leftovers(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Remove what interrupted work left behind."""
    sweep(at=clock.now())
