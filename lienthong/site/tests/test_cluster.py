"""The embedded PostgreSQL starts, is adopted, is shared, and comes back after it was killed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from lienthong.kernel.refusal import Refusal
from lienthong.site.launch import sharing
from lienthong.site.launch.cluster import Cluster
from lienthong.site.launch.environment import DEMO_UNFINISHED
from lienthong.site.launch.run import drop_unfinished_demo
from lienthong.site.tests.processes import kill, query, until

pytestmark = pytest.mark.fault


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path)
    yield cluster
    cluster.stop()


def test_it_is_made_with_unicode_and_without_a_port(cluster: Cluster) -> None:
    cluster.start()
    assert query(cluster, "SELECT lower('ĐƯỜNG'), current_setting('listen_addresses')") == [("đường", "")]
    assert query(cluster, "SHOW fsync") == [("on",)]


def test_a_running_server_is_adopted(cluster: Cluster) -> None:
    cluster.start()
    pid = cluster.pid
    again = Cluster(cluster.data)
    again.start()
    assert again.pid == pid


def test_what_was_committed_is_there_after_a_kill(cluster: Cluster) -> None:
    cluster.start()
    query(cluster, "CREATE TABLE kept (n int)")
    query(cluster, "INSERT INTO kept VALUES (1)")
    kill(cluster.pid)
    until(lambda: not cluster.is_running)
    cluster.start()
    assert query(cluster, "SELECT n FROM kept") == [(1,)]


def test_a_pid_file_whose_number_belongs_to_somebody_else_does_not_stop_it(cluster: Cluster) -> None:
    cluster.start()
    file = cluster.directory / "postmaster.pid"
    written = file.read_text()
    cluster.stop()
    file.write_text(written.replace(written.split()[0], str(os.getpid()), 1))
    cluster.start()
    assert cluster.is_running


def test_an_unfinished_cluster_is_set_aside_and_made_anew(cluster: Cluster) -> None:
    cluster.directory.mkdir()
    (cluster.directory / "PG_VERSION").write_text("18")
    (cluster.directory / "postmaster.pid").write_text("-19036\n")  # as initdb leaves it when it is killed
    cluster.start()
    assert cluster.is_running
    assert len(list(cluster.data.glob("postgres-unfinished-*"))) == 1


def test_a_broken_cluster_says_where_its_log_is(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    with (cluster.directory / "postgresql.conf").open("a") as conf:
        conf.write("shared_buffers = 'nonsense'\n")
    with pytest.raises(Refusal, match="Không khởi động được PostgreSQL"):
        cluster.start()


def test_who_leaves_last_stops_the_server(cluster: Cluster) -> None:
    other = Cluster(cluster.data)
    with sharing.server(cluster):
        pid = cluster.pid
        with sharing.server(other):
            assert other.pid == pid
        assert cluster.is_running
    assert not cluster.is_running


def test_a_second_run_on_one_directory_is_refused(tmp_path: Path) -> None:
    with (
        sharing.only_one(tmp_path),
        pytest.raises(Refusal, match=f"đang chạy trên thư mục dữ liệu .*pid {os.getpid()}"),
        sharing.only_one(tmp_path),
    ):
        pass
    with sharing.only_one(tmp_path):
        pass


def test_a_demo_that_was_cut_short_is_forgotten(cluster: Cluster) -> None:
    cluster.start()
    query(cluster, "CREATE TABLE half (n int)")
    unfinished = cluster.data / DEMO_UNFINISHED
    unfinished.touch()
    drop_unfinished_demo(cluster.data, cluster)
    assert not unfinished.exists()
    assert query(cluster, "SELECT to_regclass('half')") == [(None,)]


def test_a_demo_that_was_cut_short_on_a_server_of_ones_own_is_said(tmp_path: Path) -> None:
    (tmp_path / DEMO_UNFINISHED).touch()
    with pytest.raises(Refusal, match="cơ sở dữ liệu trống"):
        drop_unfinished_demo(tmp_path, None)
