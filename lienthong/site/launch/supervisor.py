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

from lienthong.site.launch.console import say
from lienthong.site.launch.environment import SUPERVISED

LONGEST_WAIT = 30.0
STEADY_SECONDS = 60.0
GRACE_SECONDS = 15.0


class Child:
    """One process that must live: started again when it dies, after 1, 2, 4 … at most 30 seconds."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        self.failures = 0
        self.started_at = 0.0
        self.not_before = 0.0

    def tend(self) -> None:
        """Start it when it is due; notice when it has died."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.not_before:
                self.start()
        elif (code := self.process.poll()) is not None:
            self.failures = 1 if now - self.started_at > STEADY_SECONDS else self.failures + 1
            wait = min(2.0 ** (self.failures - 1), LONGEST_WAIT)
            say(f"! {self.name} đã dừng (mã {code}); chạy lại sau {wait:.0f} giây")
            self.process, self.not_before = None, now + wait

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C at the console reaches only the supervisor."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, start_new_session=True)

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
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.process.wait()


class Supervisor:
    """Tends its children and whatever else must live, until it is told to stop."""

    def __init__(self, children: list[Child], *, also: Callable[[], None] = lambda: None) -> None:
        self.children = children
        self.also = also
        self.stopping = threading.Event()

    def run(self, *, ready: Callable[[], bool], announce: Callable[[], None]) -> None:
        """Run until stopped; ``announce`` is called once, as soon as ``ready`` says so."""
        announced = False
        try:
            while not self.stopping.is_set():
                self.also()
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
