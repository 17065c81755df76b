"""``bin/run`` and ``bin/manage`` as the person at the console meets them."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path

import pytest

from lienthong.site.launch.cluster import Cluster
from lienthong.site.tests.processes import free_port, kill, launch, outcome, query, supervised, until

pytestmark = pytest.mark.fault


def health(port: int) -> dict[str, bool]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            found: dict[str, bool] = json.load(answer)
            return found
    except OSError:
        return {}


def is_well(port: int) -> bool:
    return health(port) == {"database": True, "worker": True}


def test_it_serves_survives_being_killed_and_stops_cleanly(tmp_path: Path) -> None:
    data, port, cluster = tmp_path / "data", free_port(), Cluster(tmp_path / "data")
    first = launch("run", "--no-demo", "--port", str(port), data=data)
    until(lambda: is_well(port))
    query(cluster, "CREATE TABLE kept (n int)")
    query(cluster, "INSERT INTO kept VALUES (1)")

    code, _, told = outcome(launch("run", "--port", str(free_port()), data=data))
    assert (code, f"pid {first.pid}" in told) == (1, True)

    # The worker alone: it is back without help.
    worker = next(process for process in supervised(data) if "procrastinate" in process.cmdline())
    kill(worker.pid)
    until(lambda: any("procrastinate" in p.cmdline() and p.pid != worker.pid for p in supervised(data)))

    # Everything at once: the next start finds what was acknowledged.
    kill(first.pid, cluster.pid, *(process.pid for process in supervised(data)))
    first.communicate()
    second = launch("run", "--no-demo", "--port", str(port), data=data)
    until(lambda: is_well(port))
    assert query(cluster, "SELECT n FROM kept") == [(1,)]

    # The supervisor alone: its orphans hold the port; the next start ends them and takes it over.
    orphans = {process.pid for process in supervised(data)}
    kill(second.pid)
    second.communicate()
    third = launch("run", "--no-demo", "--port", str(port), data=data)
    until(lambda: is_well(port) and not orphans & {process.pid for process in supervised(data)})

    third.send_signal(signal.SIGTERM)
    code, _, told = outcome(third)
    assert (code, cluster.pid, supervised(data)) == (0, None, [])
    assert told.count(f"http://127.0.0.1:{port}") == 1
    assert "Đã dừng" in told


def test_a_port_in_use_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, told = outcome(launch("run", "--port", str(port), data=tmp_path))
    assert code == 1
    assert f"Không dùng được cổng {port}" in told
    assert not (tmp_path / "postgres").exists()


def test_a_server_that_cannot_be_reached_is_said(tmp_path: Path) -> None:
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    code, _, told = outcome(launch("run", "--port", str(free_port()), data=tmp_path, DATABASE_URL=url))
    assert code == 1
    assert "Không kết nối được cơ sở dữ liệu" in told


def test_manage_passes_exit_codes_and_keeps_standard_output_pure(tmp_path: Path) -> None:
    script = "import sys; from lienthong.identity.models import User; print(User.objects.count()); sys.exit(3)"
    shell = ("shell", "-v", "0", "-c", script)
    assert outcome(launch("manage", *shell, data=tmp_path))[:2] == (3, "0\n")
    assert Cluster(tmp_path).pid is None
    assert outcome(launch("manage", "no_such_command", data=tmp_path))[:2] == (1, "")


def test_overlapping_commands_share_one_server_and_the_last_stops_it(tmp_path: Path) -> None:
    outcome(launch("manage", "check", data=tmp_path))
    script = "import time; from lienthong.identity.models import User; User.objects.count(); time.sleep({}); print(1)"
    running: list[subprocess.Popen[str]] = [
        launch("manage", "shell", "-v", "0", "-c", script.format(seconds), data=tmp_path) for seconds in (0, 0.5, 1, 2)
    ]
    assert [outcome(process)[:2] for process in running] == [(0, "1\n")] * 4
    assert Cluster(tmp_path).pid is None
