from __future__ import annotations

import datetime as dt
import json
import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from lienthong.files.models import StoredFile
from lienthong.files.operations import receive
from lienthong.files.operations.previewing import page_picture
from lienthong.files.operations.sweeping import sweep
from lienthong.files.tests import samples
from lienthong.files.tests.conftest import AT
from lienthong.kernel import clock
from lienthong.organisation.actor import Actor


def faults(*options: str) -> Any:
    out, err = StringIO(), StringIO()
    try:
        call_command("files", "check", "--json", *options, stdout=out, stderr=err)
    except CommandError:
        pass
    else:
        assert json.loads(out.getvalue())["faults"] == []
    return [(fault["kind"], fault["path"]) for fault in json.loads(out.getvalue())["faults"]]


@pytest.fixture
def file(clerk: Actor) -> StoredFile:
    return receive([b"mot van ban"], name="a.txt", actor=clerk, at=AT)


@pytest.fixture
def stored(file: StoredFile, data_directory: Path) -> Path:
    return data_directory / "files" / file.blob.path


def test_an_untouched_storage_has_no_fault(file: StoredFile, clerk: Actor) -> None:
    page_picture(receive([samples.image()], name="a.png", actor=clerk, at=AT).blob, 1, 480)
    out = StringIO()
    call_command("files", "check", stdout=out)
    assert "Kho tệp nguyên vẹn: 2 tệp, 2 nội dung" in out.getvalue()


def test_a_missing_content_is_named(file: StoredFile, stored: Path) -> None:
    stored.unlink()
    assert faults() == [("missing", file.blob.path)]
    err = StringIO()
    with pytest.raises(CommandError, match="1 chỗ sai"):
        call_command("files", "check", stdout=StringIO(), stderr=err)
    assert f"missing: {file.blob.path}: không còn trong kho (tệp {file.pk} “a.txt”)" in err.getvalue()


def test_a_changed_byte_is_found_by_the_full_check_only(file: StoredFile, stored: Path) -> None:
    stored.write_bytes(b"hai van ban")
    assert faults("--fast") == []
    assert faults() == [("changed", file.blob.path)]


def test_a_cut_content_is_found_by_the_fast_check_too(file: StoredFile, stored: Path) -> None:
    stored.write_bytes(b"mot")
    assert faults("--fast") == [("changed", file.blob.path)]


def test_bytes_without_a_row_are_found_and_swept_after_a_day(
    file: StoredFile, stored: Path, data_directory: Path
) -> None:
    orphan = data_directory / "files" / "ab" / "cd" / ("abcd" + "0" * 60)
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(b"?")
    leftover = data_directory / "incoming" / "up-left"
    leftover.write_bytes(b"?")
    drawn = data_directory / "files" / "previews" / "00" / ("0" * 64) / "1-480.webp"
    drawn.parent.mkdir(parents=True)
    drawn.write_bytes(b"?")
    assert faults() == [("orphaned", f"ab/cd/{orphan.name}")]

    assert sweep(at=clock.now()) == 0
    old = (clock.now() - dt.timedelta(days=2)).timestamp()
    for path in (orphan, leftover, drawn, stored):
        os.utime(path, (old, old))
    assert sweep(at=clock.now()) == 3
    assert faults() == []
    assert stored.exists()
