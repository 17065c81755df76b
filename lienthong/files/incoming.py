"""Bytes on their way in: written to a file of the data directory while they are hashed, never whole in memory."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings

from lienthong.files.kinds import limit
from lienthong.kernel.refusal import Refusal

PIECE = 1 << 18
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def incoming_directory() -> Path:
    """Return the directory for what is on its way in; it lies on the same disk as the stored files."""
    directory: Path = settings.DATA_DIR / "incoming"
    directory.mkdir(parents=True, exist_ok=True, mode=0o750)
    return directory


def largest_file() -> int:
    """Return the most bytes that one file may have."""
    return int(getattr(settings, "LARGEST_FILE", 0) or limit("file"))


def check_size(size: int) -> None:
    """Refuse a size that is known beforehand to be too large."""
    if size > largest_file():
        raise too_large()


def too_large() -> Refusal:
    """Return the refusal of a file that is too large."""
    return Refusal(
        f"Tệp lớn hơn {largest_file() // (1 << 20)} MB là mức lớn nhất được nhận: hãy giảm dung lượng "
        f"(quét ở 200–300 dpi) hoặc tách ra rồi tải lên.",
        field="file",
    )


class Spool:
    """A file being received. Leave the ``with`` block and it is gone, unless the storage took it."""

    def __init__(self) -> None:
        handle, name = tempfile.mkstemp(dir=incoming_directory(), prefix="up-")
        self.path = Path(name)
        self.size = 0
        self.sha256 = ""
        self._hash = hashlib.sha256()
        self._file = os.fdopen(handle, "wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()

    def write(self, piece: bytes) -> None:
        """Take the next bytes; refuses when the file grows too large or the disk is full."""
        self.size += len(piece)
        if self.size > largest_file():
            raise too_large()
        self._hash.update(piece)
        try:
            self._file.write(piece)
        except OSError as error:
            raise in_words(error) from error

    def finish(self) -> None:
        """Force the bytes to the disk and name their hash."""
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        except OSError as error:
            raise in_words(error) from error
        self.sha256 = self._hash.hexdigest()

    def discard(self) -> None:
        """Leave nothing behind."""
        with contextlib.suppress(OSError):  # a full disk refuses the last bytes once more
            self._file.close()
        self.path.unlink(missing_ok=True)


def spooled(pieces: Iterable[bytes]) -> Spool:
    """Return a finished spool of these bytes; whatever stops them, nothing half-written remains."""
    spool = Spool()
    try:
        for piece in pieces:
            spool.write(piece)
        spool.finish()
    except BaseException:
        spool.discard()
        raise
    return spool


def in_words(error: OSError) -> Exception:
    """Return the refusal of a full disk; any other fault of the disk as it is."""
    if error.errno not in FULL:
        return error
    return Refusal(
        "Ổ đĩa của máy chủ đã đầy nên tệp chưa được lưu: hãy báo quản trị viên, rồi tải lên lại.", field="file"
    )
