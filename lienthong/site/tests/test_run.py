"""``bin/run`` and ``bin/manage`` as the person at the console meets them."""

from __future__ import annotations

import json
import signal
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from lienthong.site.launch.cluster import Cluster
from lienthong.site.tests.processes import Launched, end_launched, free_port, kill, query, supervised, until

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


def until_well(launched: Launched, port: int) -> None:
    until(lambda: not launched.is_alive or is_well(port))
    assert launched.is_alive, launched.told


@pytest.fixture(autouse=True)
def ended(tmp_path: Path) -> Iterator[None]:
    """Whatever a failed test leaves running is ended."""
    yield
    end_launched(tmp_path, tmp_path / "data")


def test_it_serves_survives_being_killed_and_stops_cleanly(tmp_path: Path) -> None:
    data, port, cluster = tmp_path / "data", free_port(), Cluster(tmp_path / "data")
    first = Launched("run", "--no-demo", "--port", str(port), data=data)
    until_well(first, port)
    query(cluster, "CREATE TABLE kept (n int)")
    query(cluster, "INSERT INTO kept VALUES (1)")

    rival = Launched("run", "--port", str(free_port()), data=data)
    assert rival.outcome()[0] == 1
    assert f"pid {first.pid}" in rival.told

    # The worker alone: it is back without help.
    worker = next(process for process in supervised(data) if "worker" in process.cmdline())
    kill(worker.pid)
    until(lambda: any("worker" in p.cmdline() and p.pid != worker.pid for p in supervised(data)))

    # Everything at once: the next start finds what was acknowledged.
    kill(first.pid, cluster.pid, *(process.pid for process in supervised(data)))
    first.process.wait()
    second = Launched("run", "--no-demo", "--port", str(port), data=data)
    until_well(second, port)
    assert query(cluster, "SELECT n FROM kept") == [(1,)]

    # The supervisor alone: its orphans hold the port; the next start ends them and takes it over.
    orphans = {process.pid for process in supervised(data)}
    kill(second.pid)
    second.process.wait()
    third = Launched("run", "--no-demo", "--port", str(port), data=data)
    until(lambda: not orphans & {process.pid for process in supervised(data)})
    until_well(third, port)

    third.process.send_signal(signal.SIGTERM)
    assert third.outcome() == (0, "")
    assert (cluster.pid, supervised(data)) == (None, [])
    assert third.told.count(f"http://127.0.0.1:{port}") == 1
    assert "Đã dừng" in third.told


def test_a_port_in_use_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        launched = Launched("run", "--port", str(port), data=tmp_path)
        assert launched.outcome()[0] == 1
    assert f"Không dùng được cổng {port}" in launched.told
    assert not (tmp_path / "postgres").exists()


def test_a_server_that_cannot_be_reached_is_said(tmp_path: Path) -> None:
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    launched = Launched("run", "--port", str(free_port()), data=tmp_path, DATABASE_URL=url)
    assert launched.outcome()[0] == 1
    assert "Không kết nối được cơ sở dữ liệu" in launched.told


def test_manage_passes_exit_codes_and_keeps_standard_output_pure(tmp_path: Path) -> None:
    script = "import sys; from lienthong.identity.models import User; print(User.objects.count()); sys.exit(3)"
    assert Launched("manage", "shell", "-v", "0", "-c", script, data=tmp_path).outcome() == (3, "0\n")
    assert Cluster(tmp_path).pid is None
    assert Launched("manage", "no_such_command", data=tmp_path).outcome() == (1, "")

    # Overlapping commands share one server, and the last stops it.
    script = "import time; from lienthong.identity.models import User; User.objects.count(); time.sleep({}); print(1)"
    commands = [("shell", "-v", "0", "-c", script.format(seconds)) for seconds in (0, 0.5, 1, 2)]
    running = [Launched("manage", *command, data=tmp_path) for command in commands]
    assert [launched.outcome() for launched in running] == [(0, "1\n")] * 4
    assert Cluster(tmp_path).pid is None
