"""Whether what is stored is what was received: every content by its hash, every name in the storage by a row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from lienthong.files import storage
from lienthong.files.incoming import PIECE
from lienthong.files.models import Blob, StoredFile

PREVIEWS = "previews/"


@dataclass(frozen=True, slots=True)
class Fault:
    """Lỗi kho tệp: where it is, what it is, and which files it touches."""

    kind: str
    path: str
    what: str


def check(*, fast: bool = False) -> Iterator[Fault]:
    """Give every fault: a content that is missing, of another size, changed; bytes that no row knows.

    ``fast`` looks at presence and size only, without reading the bytes.
    """
    known: set[str] = set()
    for blob in Blob.objects.order_by("pk").iterator(chunk_size=2000):
        known.add(blob.path)
        what = _fault_of(blob, fast=fast)
        if what:
            yield Fault(what[0], blob.path, f"{what[1]} ({_files_of(blob)})")
    for name in storage.names():
        if name not in known and not name.startswith(PREVIEWS):
            yield Fault("orphaned", name, "có trong kho nhưng không thuộc tệp nào")


def _fault_of(blob: Blob, *, fast: bool) -> tuple[str, str] | None:
    store = storage.storage()
    try:
        size = store.size(blob.path)
        if size != blob.size:
            return "changed", f"dài {size} byte, khi nhận là {blob.size} byte"
        if fast:
            return None
        digest = hashlib.sha256()
        with store.open(blob.path) as file:
            while piece := file.read(PIECE):
                digest.update(piece)
    except FileNotFoundError:
        return "missing", "không còn trong kho"
    except OSError as error:
        return "unreadable", f"không đọc được: {error.strerror}"
    if digest.hexdigest() != blob.sha256:
        return "changed", "nội dung đã bị thay đổi"
    return None


def _files_of(blob: Blob) -> str:
    names = StoredFile.objects.same_bytes(blob).values_list("pk", "name")[:3]
    return ", ".join(f"tệp {pk} “{name}”" for pk, name in names) or "chưa thuộc tệp nào"
