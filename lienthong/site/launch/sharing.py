"""Several processes, one embedded server: whoever comes first starts it, whoever leaves last stops it.

Two lock files in the data directory: ``postgres.users`` is held shared by everybody who needs the server,
``postgres.switch`` alone by whoever starts or stops it. The system drops both when a process dies in any way.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lienthong.kernel.refusal import Refusal
from lienthong.site.launch.cluster import Cluster
from lienthong.site.launch.console import step


@contextmanager
def locked(path: Path, kind: int) -> Iterator[int]:
    """Hold a lock file; ``kind`` is ``fcntl.LOCK_SH`` or ``LOCK_EX``, perhaps with ``LOCK_NB``."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, kind)
        yield handle
    finally:
        os.close(handle)


@contextmanager
def server(cluster: Cluster) -> Iterator[None]:
    """Have the server for the duration."""
    users, switch = cluster.data / "postgres.users", cluster.data / "postgres.switch"
    told = contextlib.nullcontext() if cluster.exists else step("Tạo cơ sở dữ liệu PostgreSQL")
    with locked(users, fcntl.LOCK_SH) as mine:
        with locked(switch, fcntl.LOCK_EX), told:
            cluster.start()
        try:
            yield
        finally:
            with locked(switch, fcntl.LOCK_EX):
                if _is_last(mine):
                    cluster.stop()


def _is_last(mine: int) -> bool:
    try:
        fcntl.flock(mine, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data directory for one ``bin/run``; a second one is refused with the number of the first."""
    path = data / "run.lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        first = os.read(handle, 200).decode().strip()
        os.close(handle)
        raise Refusal(
            f"Liên Thông đang chạy trên thư mục dữ liệu {data} ({first}). Hãy dùng bản đang chạy, tắt nó bằng Ctrl-C, "
            "hoặc chọn thư mục khác: bin/run --data DIR. (Already running on this data directory.)"
        ) from None
    try:
        os.ftruncate(handle, 0)
        os.write(handle, f"pid {os.getpid()}".encode())
        yield
    finally:
        os.close(handle)
