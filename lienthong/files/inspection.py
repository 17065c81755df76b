"""What is looked at before a file is taken: that it can be opened, is not locked, and is not made to harm.

Called by ``operations.receive``; what a C library must open is opened in the sandbox (``facts``).
"""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Any

from lienthong.files import sandbox
from lienthong.files.archives import check_archive, damaged
from lienthong.files.kinds import Kind, sniff
from lienthong.kernel.refusal import Refusal

SECONDS = 30
_OLE_MACRO = "_VBA_PROJECT".encode("utf-16-le")
_OLE_LOCKED = "EncryptedPackage".encode("utf-16-le")


def inspect(path: Path, name: str) -> tuple[Kind, dict[str, Any]]:
    """Return the kind of a file and its facts (pages, size of the picture); refuses what must not be taken."""
    kind = sniff(path, name)
    if kind.zip or kind.code == "zip":
        check_archive(path, name, kind)
    elif kind.code == "ole":
        _check_ole(path, name)
    elif kind.code == "pdf" or kind.image:
        answer = sandbox.run("inspect", seconds=SECONDS, path=str(path), kind=kind.code, name=name)
        return kind, dict(answer["facts"])
    return kind, {}


def _check_ole(path: Path, name: str) -> None:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(_OLE_LOCKED) >= 0:
            raise Refusal(f"Tệp “{name}” đặt mật khẩu mở: hãy gỡ mật khẩu rồi tải lên lại.", field="file")
        if content.find(_OLE_MACRO) >= 0:
            raise Refusal(
                f"Tệp “{name}” chứa macro nên không được nhận: hãy lưu lại không có macro rồi tải lên.", field="file"
            )
        if len(content) < 1536:
            raise damaged(name)
