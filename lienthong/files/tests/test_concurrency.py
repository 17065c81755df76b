from __future__ import annotations

import datetime as dt
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from lienthong.files.integrity import check
from lienthong.files.models import Blob, StoredFile
from lienthong.files.operations import receive
from lienthong.files.operations.sweeping import sweep
from lienthong.files.storage import path_of
from lienthong.files.tests.conftest import AT
from lienthong.kernel import clock

CONTENT = b"cung mot noi dung"


def send(content: bytes) -> int:
    try:
        return receive([content], name="a.txt", actor=None, at=AT).pk
    finally:
        connection.close()


def clean() -> int:
    try:
        return sweep(at=clock.now(), age=dt.timedelta(days=1))
    finally:
        connection.close()


@pytest.mark.usefixtures("transactional_db")
def test_many_senders_of_the_same_bytes_at_the_same_instant_make_one_content() -> None:
    with ThreadPoolExecutor(6) as pool:
        keys = list(pool.map(send, [CONTENT] * 6))
    assert len(set(keys)) == 6
    assert Blob.objects.count() == 1
    assert StoredFile.objects.filter(is_duplicate_of=None).count() == 1
    assert list(check()) == []


@pytest.mark.usefixtures("transactional_db")
def test_the_sweeper_never_takes_the_bytes_of_a_receiver(data_directory: Path) -> None:
    old = (clock.now() - dt.timedelta(days=3)).timestamp()
    for turn in range(5):
        content = CONTENT + str(turn).encode()
        orphan = data_directory / "files" / path_of(hashlib.sha256(content).hexdigest())
        orphan.parent.mkdir(parents=True, exist_ok=True)
        orphan.write_bytes(content)
        os.utime(orphan, (old, old))
        with ThreadPoolExecutor(2) as pool:
            sweeping, sending = pool.submit(clean), pool.submit(send, content)
            sweeping.result()
            sending.result()
        assert [fault for fault in check() if fault.kind == "missing"] == []
