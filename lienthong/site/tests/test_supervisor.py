"""A child that dies is started again, ever later; what a killed supervisor left behind is ended."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from lienthong.site.launch.environment import SUPERVISED
from lienthong.site.launch.supervisor import Child, Patience, Supervisor, end_orphans
from lienthong.site.tests.processes import kill, supervised, until

pytestmark = pytest.mark.fault
SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]


def test_it_waits_longer_after_each_failure_and_never_too_long() -> None:
    patience = Patience()
    patience.attempt()
    assert [patience.failed() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]


def test_a_killed_child_is_started_again(capsys: pytest.CaptureFixture[str]) -> None:
    child = Child("con", SLEEP)
    supervisor = Supervisor([child])
    seen: list[int] = []

    def watch() -> None:
        until(lambda: child.process is not None)
        assert child.process
        seen.append(child.process.pid)
        kill(child.process.pid)
        until(lambda: child.process is not None and child.process.pid != seen[0])
        seen.append(child.process.pid)
        supervisor.stop()

    watcher = threading.Thread(target=watch)
    watcher.start()
    supervisor.run(ready=lambda: True, announce=lambda: None)
    watcher.join()
    assert len(seen) == 2
    assert "con đã dừng (mã -9); chạy lại sau 1 giây" in capsys.readouterr().err
    assert child.process
    assert child.process.poll() is not None


def test_orphans_of_this_directory_are_ended_and_others_are_left(tmp_path: Path) -> None:
    ours = subprocess.Popen(SLEEP, env={SUPERVISED: str(tmp_path / "a")})
    other = subprocess.Popen(SLEEP, env={SUPERVISED: str(tmp_path / "b")})
    until(lambda: len(supervised(tmp_path / "a")) == len(supervised(tmp_path / "b")) == 1)
    end_orphans(tmp_path / "a")
    assert ours.wait(5) is not None
    assert other.poll() is None
    other.kill()
    other.wait()
