"""Where the bytes lie: Django's default storage, whichever it is (a directory, or S3 through django-storages).

Nothing outside this module asks a storage for a path on the disk.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage

from lienthong.files.incoming import Spool, in_words, incoming_directory


class DurableFileSystemStorage(FileSystemStorage):
    """A directory whose files are whole or not there: written aside, forced to the disk, then renamed."""

    def _save(self, name: str, content: File[Any]) -> str:
        target = Path(self.path(name))
        _make_directories(target.parent)
        source = getattr(content, "durable_path", None)
        if source is None or not _moved(Path(source), target):
            _copied(content, target)
        _force(target.parent)
        return str(name).replace("\\", "/")

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002 - Django's signature
        """Names are hashes of contents: a name that exists has the same bytes."""
        return name


def _make_directories(directory: Path) -> None:
    missing = []
    while not directory.exists():
        missing.append(directory)
        directory = directory.parent
    for each in reversed(missing):
        each.mkdir(exist_ok=True, mode=0o750)
        _force(each.parent)


def _moved(source: Path, target: Path) -> bool:
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        return False
    return True


def _copied(content: File[Any], target: Path) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as out:
            content.seek(0)
            shutil.copyfileobj(content, out, 1 << 20)
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _force(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class DurableFile(File):  # type: ignore[type-arg]  # takes no parameter at run time
    """A finished spool on its way into the storage; a local storage may take it by renaming."""

    def __init__(self, file: IO[bytes], path: Path) -> None:
        super().__init__(file, name=path.name)
        self.durable_path = path


def path_of(sha256: str) -> str:
    """Return under which name a content is stored."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def put(spool: Spool) -> str:
    """Store what was spooled and return its name; when this returns, it is durable."""
    name = path_of(spool.sha256)
    try:
        with spool.path.open("rb") as file:
            return storage().save(name, DurableFile(file, spool.path))
    except OSError as error:
        raise in_words(error) from error


def storage() -> Storage:
    """Return the storage of contents and previews."""
    return default_storage


@contextlib.contextmanager
def on_disk(name: str) -> Iterator[Path]:
    """Give a content as a file on the local disk: itself where it lies in a directory, else a copy for the while."""
    store = storage()
    if isinstance(store, FileSystemStorage):
        yield Path(store.path(name))
        return
    handle, copy = tempfile.mkstemp(dir=incoming_directory(), prefix="copy-")
    try:
        with os.fdopen(handle, "wb") as out, store.open(name) as file:
            shutil.copyfileobj(file, out, 1 << 20)
        yield Path(copy)
    finally:
        Path(copy).unlink(missing_ok=True)


def names(prefix: str = "") -> Iterator[str]:
    """Give the name of everything in the storage, folder by folder."""
    try:
        folders, files = storage().listdir(prefix)
    except FileNotFoundError:
        return
    for file in sorted(files):
        yield f"{prefix}{file}"
    for folder in sorted(folders):
        yield from names(f"{prefix}{folder}/")


def free_bytes() -> int:
    """Return how many bytes still fit on the disk that takes uploads."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(settings.DATA_DIR).free
