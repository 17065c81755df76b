"""Real processes for the tests of starting and dying."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg

from lienthong.site.launch.cluster import Cluster
from lienthong.site.launch.environment import SUPERVISED

PATIENCE = 90.0


def launch(module: str, *arguments: str, data: Path, **environment: str) -> subprocess.Popen[str]:
    """Start ``bin/run`` or ``bin/manage`` (without the installing half) on a data directory of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LIENTHONG_", "DATABASE_URL"))}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", f"lienthong.site.launch.{module}", "--data", str(data), *arguments],
        env=kept | environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def outcome(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for the end: exit code, standard output, standard error."""
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err


def until(holds: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
    """Wait until something holds, or fail."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def free_port() -> int:
    """Return a port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def supervised(data: Path) -> list[psutil.Process]:
    """The living processes that a supervisor of this directory started."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(SUPERVISED) == str(data) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def kill(*pids: int | None) -> None:
    """End processes without a word, as a power cut would."""
    for pid in pids:
        if pid:
            os.kill(pid, signal.SIGKILL)


def query(cluster: Cluster, statement: str) -> list[tuple[object, ...]]:
    """Ask the database of a cluster."""
    with psycopg.connect(host=str(cluster.socket), user="postgres", dbname="lienthong", autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []
