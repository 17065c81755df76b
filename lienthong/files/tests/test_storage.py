"""The bytes may lie anywhere that Django's storages reach: nothing here asks for a path on the disk."""

from __future__ import annotations

import errno
import io
import os
import runpy
from pathlib import Path
from typing import IO, Any

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, default_storage, storages
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.deconstruct import deconstructible
from pytest_django import Settings
from storages.backends.s3 import S3Storage

from lienthong.files import storage
from lienthong.files.operations import read_text, receive
from lienthong.files.operations.previewing import page_picture
from lienthong.files.tests import samples
from lienthong.files.tests.conftest import AT
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor


@deconstructible
class Bucket(Storage):
    """A storage as S3 is: no paths, no folders, names that overwrite."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def _save(self, name: str, content: File[Any]) -> str:
        self.contents[name] = content.read()
        return name

    def _open(self, name: str, mode: str = "rb") -> ContentFile[Any]:
        if name not in self.contents:
            raise FileNotFoundError(name)
        return ContentFile(self.contents[name], name)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def exists(self, name: str) -> bool:
        return name in self.contents

    def size(self, name: str) -> int:
        return len(self._open(name).read())

    def delete(self, name: str) -> None:
        del self.contents[name]

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        below = [name.removeprefix(path) for name in self.contents if name.startswith(path)]
        return sorted({name.split("/")[0] for name in below if "/" in name}), [
            name for name in below if "/" not in name
        ]


@pytest.fixture
def bucket(settings: Settings) -> None:
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.Bucket"}}


@pytest.mark.usefixtures("bucket")
def test_everything_works_in_a_bucket(clerk: Actor, data_directory: Path) -> None:
    file = receive([samples.pdf(2)], name="a.pdf", actor=clerk, at=AT)
    assert "119/QĐ-UBND" in read_text(file, at=AT)
    assert page_picture(file.blob, 2, 480) == page_picture(file.blob, 2, 480)
    client = Client()
    client.force_login(clerk.officer.user)  # type: ignore[arg-type]  # the cast has an account
    answer: Any = client.get(reverse("files:download", args=[file.pk]), headers={"Range": "bytes=0-3"})
    assert b"".join(answer.streaming_content) == b"%PDF"
    call_command("files", "check", stdout=io.StringIO())
    assert not any(path.is_file() for path in data_directory.rglob("*"))


@pytest.mark.usefixtures("bucket")
def test_a_lost_content_of_a_bucket_is_found(clerk: Actor) -> None:
    file = receive([b"mot"], name="a.txt", actor=clerk, at=AT)
    default_storage.delete(file.blob.path)
    with pytest.raises(Exception, match="1 chỗ sai"):
        call_command("files", "check", stdout=io.StringIO(), stderr=io.StringIO())


def test_a_bucket_is_a_matter_of_the_environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIENTHONG_S3_BUCKET", "tep")
    monkeypatch.setenv("LIENTHONG_S3_ENDPOINT", "http://127.0.0.1:9000")
    file = Path(settings.BASE_DIR) / "lienthong" / "site" / "settings.py"
    settings.STORAGES = settings.STORAGES | {"default": runpy.run_path(str(file))["STORAGES"]["default"]}
    bucket: Any = storages["default"]
    assert isinstance(bucket, S3Storage)
    assert (bucket.bucket_name, bucket.endpoint_url) == ("tep", "http://127.0.0.1:9000")


def test_a_stored_file_is_on_the_disk_before_it_is_acknowledged(
    clerk: Actor, monkeypatch: pytest.MonkeyPatch, data_directory: Path
) -> None:
    forced: list[str] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        forced.append(str(Path(f"/proc/self/fd/{handle}").readlink().relative_to(data_directory)))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    file = receive([b"mot"], name="a.txt", actor=clerk, at=AT)
    first, second, _ = file.blob.path.split("/")
    assert forced[0].startswith("incoming/up-")
    assert forced[-1] == f"files/{first}/{second}"
    assert {f"files/{first}", "files"} <= set(forced)


def test_a_disk_that_fills_while_the_file_moves_in_is_said(
    clerk: Actor, monkeypatch: pytest.MonkeyPatch, data_directory: Path
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Refusal, match="Ổ đĩa của máy chủ đã đầy"):
        receive([b"mot"], name="a.txt", actor=clerk, at=AT)
    assert not any(path.is_file() for path in data_directory.rglob("*"))


def test_a_file_from_another_disk_is_copied_whole_or_not_at_all(
    data_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    default_storage.save("ab/cd/x", ContentFile(b"mot"))
    assert (data_directory / "files/ab/cd/x").read_bytes() == b"mot"

    class Broken(File):  # type: ignore[type-arg]  # takes no parameter at run time
        def __init__(self) -> None:
            source: IO[bytes] = io.BytesIO(b"hai")
            super().__init__(source, name="y")

        def read(self, *_: Any) -> bytes:
            raise OSError(errno.EIO, "read error")

    with pytest.raises(OSError, match="read error"):
        default_storage.save("ab/cd/y", Broken())
    assert [path.name for path in (data_directory / "files/ab/cd").iterdir()] == ["x"]


def test_another_disk_is_no_hindrance(clerk: Actor, monkeypatch: pytest.MonkeyPatch, data_directory: Path) -> None:
    replace = Path.replace

    def across(self: Path, target: Path) -> Path:
        if self.parent.name == "incoming":
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", across)
    file = receive([b"mot"], name="a.txt", actor=clerk, at=AT)
    with storage.on_disk(file.blob.path) as path:
        assert path.read_bytes() == b"mot"
    assert not list((data_directory / "incoming").iterdir())
