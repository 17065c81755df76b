"""A database of its own beside the product's, for what must not touch real work: benches and stories."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import psycopg
from django.conf import settings as configured
from django.db import connection
from psycopg import sql

FLAG = "LIENTHONG_SEPARATE"


def is_inside() -> bool:
    """Tell whether this process already works in a separate database."""
    return bool(os.environ.get(FLAG))


def run_in(database: str, arguments: Sequence[str], *, fresh: bool = False) -> int:
    """Run a Django command in a database of the same server, made and migrated where needed; return its exit code.

    ``fresh`` drops the database and its files first. The product's own data are not touched.
    """
    settings = connection.settings_dict
    connection.close()
    _make(settings, database, fresh=fresh)
    directory = configured.DATA_DIR / "separate" / database
    if fresh:
        shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True, exist_ok=True)
    own = {FLAG: "1", "DATABASE_URL": _address(settings, database), "LIENTHONG_DATA": str(directory)}
    environment = {**os.environ, **own, "LIENTHONG_DEMO": "0"}
    django = [sys.executable, "-P", "-m", "django"]
    subprocess.run([*django, "migrate", "-v0"], env=environment, check=True, stdout=sys.stderr)  # noqa: S603 - our own
    subprocess.run([*django, "load_catalogue"], env=environment, check=True, stdout=sys.stderr)  # noqa: S603 - our own
    return subprocess.run([*django, *arguments], env=environment, check=False).returncode  # noqa: S603 - our own


def _make(settings: dict[str, object], database: str, *, fresh: bool) -> None:
    with psycopg.connect(_address(settings, "postgres"), autocommit=True) as server:
        name = sql.Identifier(database)
        if fresh:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        exists = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if not exists:
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(name))


def _address(settings: dict[str, object], database: str) -> str:
    user, password = (quote(str(settings.get(key) or ""), safe="") for key in ("USER", "PASSWORD"))
    login = f"{user}:{password}" if password else user
    options: Any = settings.get("OPTIONS") or {}
    host, port = str(settings.get("HOST") or options.get("host") or ""), settings.get("PORT") or ""
    if host.startswith("/"):
        return f"postgresql://{login}@/{database}?host={quote(host, safe='')}" + (f"&port={port}" if port else "")
    return f"postgresql://{login}@{host}{f':{port}' if port else ''}/{database}"
