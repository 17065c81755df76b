"""Keep the web server and the worker alive, and end everything cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from lienthong.kernel.refusal import Refusal
from lienthong.site.launch.cluster import Cluster
from lienthong.site.launch.console import say
from lienthong.site.launch.environment import SUPERVISED

LONGEST_WAIT = 30.0
STEADY_SECONDS = 60.0
GRACE_SECONDS = 15.0


class Patience:
    """How long to wait before the next attempt: 1, 2, 4 … at most 30 seconds; a minute of steady life resets it."""

    def __init__(self) -> None:
        self.failures = 0
        self.started_at = 0.0
        self.not_before = 0.0

    def is_due(self) -> bool:
        """Tell whether the next attempt may be made."""
        return time.monotonic() >= self.not_before

    def attempt(self) -> None:
        """Remember that an attempt is made now."""
        self.started_at = time.monotonic()

    def failed(self) -> float:
        """Remember a failure; return the seconds until the next attempt."""
        now = time.monotonic()
        self.failures = 1 if now - self.started_at > STEADY_SECONDS else self.failures + 1
        wait = min(2.0 ** (self.failures - 1), LONGEST_WAIT)
        self.not_before = now + wait
        return wait


class Child:
    """One process that must live: started again when it dies."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        self.patience = Patience()

    def tend(self) -> None:
        """Start it when it is due; notice when it has died."""
        if self.process is None:
            if self.patience.is_due():
                self.start()
        elif (code := self.process.poll()) is not None:
            self._end_group(self.process)
            self.process = None
            say(f"! {self.name} đã dừng (mã {code}); chạy lại sau {self.patience.failed():.0f} giây")

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C at the console reaches only the supervisor."""
        self.patience.attempt()
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
        )

    def ask_to_end(self) -> None:
        """Ask it to finish what it is doing and end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_for_end(self, deadline: float) -> None:
        """Wait until the deadline, then end it and everything that it started."""
        if self.process is None:
            return
        try:
            self.process.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            say(f"! {self.name} không tự dừng, kết thúc hẳn")
        self._end_group(self.process)
        self.process.wait()

    @staticmethod
    def _end_group(process: subprocess.Popen[bytes]) -> None:
        """End what is left of its session: a web server that was killed leaves its workers, who hold the port."""
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


class Database:
    """The embedded server as something that must live."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.patience = Patience()

    def tend(self) -> None:
        """Start it again when it has died."""
        if self.cluster.is_running or not self.patience.is_due():
            return
        self.patience.attempt()
        try:
            say("! PostgreSQL đã dừng; chạy lại")
            self.cluster.start()
        except Refusal as refusal:
            say(f"! {refusal.message}\n  thử lại sau {self.patience.failed():.0f} giây")


class Supervisor:
    """Tends the database and its children until it is told to stop."""

    def __init__(self, children: list[Child], database: Database | None = None) -> None:
        self.children = children
        self.database = database
        self.stopping = threading.Event()

    def run(self, *, ready: Callable[[], bool], announce: Callable[[], None]) -> None:
        """Run until stopped; ``announce`` is called once, as soon as ``ready`` says so."""
        announced = False
        try:
            while not self.stopping.is_set():
                if self.database:
                    self.database.tend()
                for child in self.children:
                    child.tend()
                if not announced and ready():
                    announce()
                    announced = True
                self.stopping.wait(0.5 if announced else 0.1)
        finally:
            self.end()

    def stop(self, *_: object) -> None:
        """Tell the loop to end; also serves as the handler of signals."""
        self.stopping.set()

    def end(self) -> None:
        """End all children: ask all first, then wait for each."""
        for child in self.children:
            child.ask_to_end()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            child.wait_for_end(deadline)


def end_orphans(data: Path) -> None:
    """End what an earlier supervisor of this directory left behind when it was killed.

    Only the holder of the directory's lock may call this: then every process that carries its mark is an orphan.
    """
    orphans = [process for process in psutil.process_iter() if _mark(process) == str(data)]
    if not orphans:
        return
    say(f"  kết thúc {len(orphans)} tiến trình còn sót của lần chạy trước")
    for process in orphans:
        _quietly(process.terminate)
    for process in psutil.wait_procs(orphans, timeout=GRACE_SECONDS)[1]:
        _quietly(process.kill)
    psutil.wait_procs(orphans, timeout=5)


def _mark(process: psutil.Process) -> str | None:
    if process.pid == os.getpid():
        return None
    try:
        return process.environ().get(SUPERVISED)
    except (psutil.Error, OSError):
        return None


def _quietly(act: Callable[[], None]) -> None:
    try:
        act()
    except psutil.NoSuchProcess:
        return
