"""What tests of the pages of cases start from: the moment of the cast, and a desk that is signed in."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from pytest_django import Settings

from lienthong.kernel import clock
from lienthong.procedures.models import Sector
from tests.cast import AT, Cast, Login


@pytest.fixture
def on_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let requests come at 10:00 on Monday 10/03/2014."""
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def desk(client: Client, cast: Cast, login: Login, on_monday: None) -> Client:
    """The commune's one-stop officer, signed in."""
    return login(client, cast.commune_desk_officer)


@pytest.fixture
def coded(cast: Cast) -> None:
    """Let the national codes of sectors be known (invented ones)."""
    Sector.objects.update(code=Concat(Value("G99-"), "key"))


@pytest.fixture
def data_directory(settings: Settings, tmp_path: Path) -> Path:
    """A data directory that only this test has: bytes of files go there."""
    settings.DATA_DIR = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "lienthong.files.storage.DurableFileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    return tmp_path
