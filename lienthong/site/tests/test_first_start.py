"""What whoever installs it is told: the first step, an unfit database server, and the page while it is set up."""

from __future__ import annotations

import types
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.migrations.executor import MigrationExecutor

from lienthong.kernel.refusal import Refusal
from lienthong.site.launch import preparation
from lienthong.site.launch.banner import address, banner
from lienthong.site.launch.waiting import page_while_preparing
from lienthong.site.tests.processes import free_port


def test_the_banner_of_an_empty_house_gives_the_whole_first_command(tmp_path: Path) -> None:
    data = tmp_path / "my data"
    told = banner(data, "127.0.0.1", 8123)
    assert "http://127.0.0.1:8123" in told
    assert f"bin/manage --data '{data}' administrator --username" in told


def test_the_address_is_one_that_a_browser_can_open() -> None:
    assert address("0.0.0.0", 8000) == "http://127.0.0.1:8000"  # noqa: S104 - what is told, not bound
    assert address("::1", 8000) == "http://[::1]:8000"


def test_who_opens_it_while_it_is_set_up_sees_a_page_that_asks_again() -> None:
    port = free_port()
    with page_while_preparing("127.0.0.1", port), pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/tasks/", timeout=5)
    with told.value as answer:
        assert answer.code == 503
        assert answer.headers["Refresh"]
        assert "Liên Thông đang chuẩn bị" in answer.read().decode()
    with page_while_preparing("127.0.0.1", port):  # the port was given back
        pass


def server_of(version: int, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def connect(**_: object) -> Iterator[object]:
        yield types.SimpleNamespace(info=types.SimpleNamespace(server_version=version))

    monkeypatch.setattr(psycopg, "connect", connect)


@pytest.mark.django_db
def test_an_old_server_is_refused_and_the_oldest_known_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    server_of(150_000, monkeypatch)
    preparation.check_server()
    server_of(140_011, monkeypatch)
    with pytest.raises(Refusal, match="là bản 14; cần bản 15"):
        preparation.check_server()


@pytest.mark.django_db
def test_a_user_without_rights_in_the_database_is_told_the_two_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise MigrationSchemaMissing("permission denied") from psycopg.errors.InsufficientPrivilege("denied")

    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: [object()])
    monkeypatch.setattr(preparation, "call_command", refuse)
    with pytest.raises(Refusal, match="GRANT CREATE, USAGE ON SCHEMA public"):
        preparation.migrate()
