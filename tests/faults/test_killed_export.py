"""The worker is killed while it sets a long book: the next one begins again, and there is one file with every row."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings

from lienthong.documents.models import Book, IncomingDocument
from lienthong.documents.tests.builders import make_book
from lienthong.exports.models import Export
from lienthong.exports.operations import order, resume
from lienthong.exports.operations.producing import LEASE
from lienthong.files import storage
from lienthong.files.models import StoredFile
from lienthong.kernel.clock import now
from lienthong.notifications.models import Notice
from lienthong.site.launch.data_directory import ROOT
from lienthong.site.tests.processes import until
from tests.cast import AT, Cast
from tests.faults.test_killed_web import database_url

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
ROWS = 3000


def fill(book: Book, cast: Cast) -> None:
    IncomingDocument.objects.bulk_create(
        IncomingDocument(
            agency=book.agency,
            book=book,
            year=2014,
            arrival_number=number,
            arrival_date=dt.date(2014, 3, 10),
            symbol=f"{number}/UBND-VX",
            issuer="Ủy ban nhân dân huyện",
            abstract=f"V/v báo cáo nhiệm vụ thứ {number}.",
            state="registered",
            registered_by=cast.clerk.post,
            registered_at=AT,
            request_key=uuid.uuid4(),
        )
        for number in range(1, ROWS + 1)
    )


@contextmanager
def worker(data: Path) -> Iterator[subprocess.Popen[bytes]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LIENTHONG_")}
    own = {
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "lienthong.site.settings",
        "DATABASE_URL": database_url(),
        "LIENTHONG_DATA": str(data),
        "LIENTHONG_SECRET_KEY": settings.SECRET_KEY,
    }
    command = [sys.executable, "-m", "django", "procrastinate", "worker", "--queues", "exports"]
    with (data / "worker.log").open("ab") as log:
        process = subprocess.Popen(command, env=kept | own, cwd=ROOT, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def test_a_killed_worker_leaves_an_order_that_the_next_one_makes_whole(cast: Cast, data_directory: Path) -> None:
    book = make_book(cast)
    fill(book, cast)
    wish = {"book": book.pk, "since": "2014-01-01", "until": "2014-12-31"}
    export = order("book.incoming", wish, "pdf", actor=cast.clerk, at=now())

    def stands_at(state: str, done: int) -> bool:
        export.refresh_from_db()
        return export.state == state and export.done >= done

    with worker(data_directory) as first:
        until(lambda: stands_at("running", 1000), seconds=90)
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert stands_at("running", 1000)
    assert not StoredFile.objects.exists()
    assert resume(at=now()) == 0
    assert resume(at=now() + LEASE) == 1
    with worker(data_directory):
        until(lambda: stands_at("done", ROWS), seconds=180)
    assert export.attempts == 2
    assert Notice.objects.filter(subject_kind="export", kind="export.ready").count() == 1
    file = StoredFile.objects.select_related("blob").get()
    with storage.on_disk(file.blob.path) as path:
        document = pypdfium2.PdfDocument(path)
        text = " ".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    text = " ".join(text.split())
    assert all(f"nhiệm vụ thứ {number}." in text for number in range(1, ROWS + 1))
    assert Export.objects.count() == 1
