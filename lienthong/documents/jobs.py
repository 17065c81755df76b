"""Reading what lies at the counter, and letting the texts of registered documents be found."""

from __future__ import annotations

from procrastinate.contrib.django import app

from lienthong.documents.models import IncomingDocument, Intake
from lienthong.documents.operations.intake import read
from lienthong.documents.operations.waiting import catch_up, tell_of_late
from lienthong.files.models import FileText
from lienthong.files.operations.reading import read as read_blob
from lienthong.files.queries import attachments
from lienthong.files.text import reading_of
from lienthong.kernel import clock
from lienthong.search.operations import add_body

PATIENCE = 30
"""Seconds between two looks at a scan whose letters are still being recognised."""
LOOKS = 60


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="documents.tell_of_late", pass_context=False, name="lienthong.documents.jobs.watch_waits")
def watch_waits(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Tell of documents that wait too long; give those that have no clock yet one, from now on."""
    now = clock.now()
    catch_up(at=now)
    tell_of_late(at=now)


@app.task(queue="files", name="lienthong.documents.jobs.read_intake")
def read_intake(intake_id: int, look: int = 0) -> None:
    """Propose metadata for an intake; where its letters are still being recognised, look again later."""
    intake = Intake.objects.select_related("file__blob").filter(pk=intake_id, state=Intake.State.READING).first()
    if intake is None or intake.file is None:
        return
    reading = reading_of(intake.file)
    if reading is None or reading.state == FileText.State.WAITING:
        reading = read_blob(intake.file.blob, at=clock.now())
    if not reading.is_settled and look < LOOKS:
        read_intake.configure(schedule_in={"seconds": PATIENCE}).defer(intake_id=intake_id, look=look + 1)
        return
    read(intake, reading.text)


@app.task(queue="files", name="lienthong.documents.jobs.index_texts")
def index_texts(document_id: int, look: int = 0) -> None:
    """Let a document be found by the text of its files; where they are still being read, look again later."""
    document = IncomingDocument.objects.filter(pk=document_id).first()
    if document is None:
        return
    files = [attachment.file for attachment in attachments(document.subject)]
    readings = [reading_of(file) or read_blob(file.blob, at=clock.now()) for file in files]
    if not all(reading.is_settled for reading in readings) and look < LOOKS:
        index_texts.configure(schedule_in={"seconds": PATIENCE}).defer(document_id=document_id, look=look + 1)
        return
    text = "\n".join(reading.text for reading in readings if reading.text)
    if text:
        add_body(document.subject, text)
