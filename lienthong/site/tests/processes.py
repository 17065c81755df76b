"""Real processes for the tests of starting and dying."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import psutil
import psycopg

from lienthong.site.launch.cluster import Cluster
from lienthong.site.launch.data_directory import ROOT
from lienthong.site.launch.environment import SUPERVISED

PATIENCE = 300.0


class Launched:
    """A real ``bin/run`` or ``bin/manage`` (without the installing half) on a data directory of its own.

    It writes to files and not to pipes: processes that outlive it would keep a pipe open.
    """

    everyone: ClassVar[list[Launched]] = []

    def __init__(self, module: str, *arguments: str, data: Path, **environment: str) -> None:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("LIENTHONG_", "DATABASE_URL"))
        }
        self.output = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed by end_launched
        self.errors = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", f"lienthong.site.launch.{module}", "--data", str(data), *arguments],
            env=kept | {"PYTHONPATH": str(ROOT)} | environment,
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=self.errors,
        )
        self.pid = self.process.pid
        self.everyone.append(self)

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    @property
    def told(self) -> str:
        """What it has written to standard error so far."""
        self.errors.seek(0)
        return self.errors.read()

    def outcome(self) -> tuple[int, str]:
        """Wait for the end: exit code and standard output."""
        code = self.process.wait(PATIENCE)
        self.output.seek(0)
        return code, self.output.read()


def end_launched(*data: Path) -> None:
    """End whatever a test has left running, and forget it."""
    for launched in Launched.everyone:
        if launched.is_alive:
            launched.process.kill()
            launched.process.wait()
        launched.output.close()
        launched.errors.close()
    Launched.everyone.clear()
    for directory in data:
        kill(*(process.pid for process in supervised(directory)))
        Cluster(directory).stop()


def until(holds: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
    """Wait until something holds, or fail."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def free_port() -> int:
    """Return a port that nobody uses, below those that outgoing connections get: no browser takes it first."""
    while True:
        port = random.randint(20_000, 32_000)  # noqa: S311 - not a secret
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
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
