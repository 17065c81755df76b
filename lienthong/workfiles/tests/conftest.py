"""What every test of work files starts from."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings


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
