"""The embedded PostgreSQL: where it lies and how to reach it. The supervisor starts and stops it."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

DATABASE = "lienthong"
LONGEST_SOCKET_DIRECTORY = 80


def socket_directory(data_dir: Path) -> Path:
    """Return the directory of the server's Unix socket; a long data path gets a short stand-in (107 bytes at most)."""
    inside = data_dir / "postgres-socket"
    if len(str(inside)) <= LONGEST_SOCKET_DIRECTORY:
        return inside
    name = hashlib.sha256(str(data_dir).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"lienthong-{name}"


def database_settings(data_dir: Path) -> dict[str, object]:
    """Return the Django settings that reach the embedded server of a data directory."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": "postgres",
        "HOST": str(socket_directory(data_dir)),
    }
