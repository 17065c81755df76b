from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from lienthong.files import jobs, ocr
from lienthong.files.models import FileText, StoredFile
from lienthong.files.operations import receive
from lienthong.files.operations.reading import read, recognise
from lienthong.files.tests import samples
from lienthong.files.tests.conftest import AT
from lienthong.files.text import reading_of, text_of
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor

TESSERACT = """#!/bin/sh
if [ "$1" = --list-langs ]; then echo "List of available languages (2):"; echo eng; echo vie; exit 0; fi
echo "Trang quét, ngôn ngữ $4" > "$2.txt"
"""
OCRMYPDF = """#!/bin/sh
while [ $# -gt 2 ]; do [ "$1" = --sidecar ] && side="$2"; shift; done
echo "Trang đã nắn thẳng" > "$side"
"""
BROKEN = """#!/bin/sh
if [ "$1" = --list-langs ]; then echo vie; exit 0; fi
exit 3
"""


@pytest.fixture(autouse=True)
def forget_engine() -> Iterator[None]:
    ocr.engine.cache_clear()
    yield
    ocr.engine.cache_clear()


def install(directory: Path, monkeypatch: pytest.MonkeyPatch, **programs: str) -> None:
    for name, script in programs.items():
        (directory / name).write_text(script)
        (directory / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{directory}:/usr/bin:/bin")


@pytest.fixture
def bin_directory(tmp_path: Path) -> Path:
    directory = tmp_path / "programs"
    directory.mkdir()
    return directory


@pytest.fixture
def scan(clerk: Actor) -> StoredFile:
    pages = b"".join([samples.image("TIFF")])
    return receive([pages], name="quét.tif", actor=clerk, at=AT)


def state(file: StoredFile) -> FileText:
    reading = reading_of(file)
    assert reading is not None
    return reading


def test_a_scan_is_recognised_by_a_job_where_tesseract_reads_vietnamese(
    scan: StoredFile, bin_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(bin_directory, monkeypatch, tesseract=TESSERACT)
    jobs.read_file(blob_id=scan.blob.pk)
    assert state(scan).state == FileText.State.RECOGNISING
    assert not state(scan).is_settled
    assert ProcrastinateJob.objects.filter(task_name="lienthong.files.jobs.recognise_file").count() == 1
    jobs.recognise_file(blob_id=scan.blob.pk)
    done = state(scan)
    assert (done.state, done.source, done.pages_done, done.pages_total) == ("done", "ocr", 1, 1)
    assert text_of(scan) == "Trang quét, ngôn ngữ vie"


def test_ocrmypdf_straightens_the_page_where_it_is_installed(
    scan: StoredFile, bin_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(bin_directory, monkeypatch, tesseract=TESSERACT, ocrmypdf=OCRMYPDF)
    read(scan.blob, at=AT)
    assert recognise(scan.blob, at=AT).text == "Trang đã nắn thẳng"


def test_progress_is_told_page_by_page(clerk: Actor, bin_directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(bin_directory, monkeypatch, tesseract=TESSERACT)
    file = receive([samples.pdf(3, text="")], name="a.pdf", actor=clerk, at=AT)
    seen = []
    pages = ocr.pages

    def watched(*args: object) -> Iterator[str]:
        for text in pages(*args):  # type: ignore[arg-type]  # passed on as it came
            seen.append((state(file).state, state(file).pages_done))
            yield text

    monkeypatch.setattr(ocr, "pages", watched)
    read(file.blob, at=AT)
    recognise(file.blob, at=AT)
    assert seen == [("recognising", 0), ("recognising", 1), ("recognising", 2)]
    assert text_of(file).count("\f") == 2


def test_an_engine_that_fails_is_said(scan: StoredFile, bin_directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(bin_directory, monkeypatch, tesseract=BROKEN)
    read(scan.blob, at=AT)
    assert recognise(scan.blob, at=AT).state == FileText.State.FAILED
    assert "không đọc được một trang" in state(scan).error


def test_without_an_engine_a_scan_stays_a_scan(
    scan: StoredFile, bin_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(bin_directory))
    assert read(scan.blob, at=AT).state == FileText.State.SCANNED
    assert not ProcrastinateJob.objects.filter(task_name="lienthong.files.jobs.recognise_file").exists()
    with pytest.raises(Refusal, match="chưa cài phần mềm nhận dạng chữ"):
        recognise(scan.blob, at=AT)
    with pytest.raises(CommandError, match="tesseract-ocr-vie"):
        call_command("files", "recognise")


def test_scans_from_before_the_engine_came_are_caught_up_by_a_command(
    scan: StoredFile, bin_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(bin_directory))
    read(scan.blob, at=AT)
    ocr.engine.cache_clear()
    install(bin_directory, monkeypatch, tesseract=TESSERACT)
    out = StringIO()
    call_command("files", "recognise", stdout=out)
    assert "1 tệp" in out.getvalue()
    jobs.recognise_file(blob_id=scan.blob.pk)
    assert text_of(scan) == "Trang quét, ngôn ngữ vie"
