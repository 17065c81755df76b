"""A database that was migrated once, from which each test process takes its copy.

Migrating takes half a minute of one core, copying half a second. It is made anew where a migration, a package or the
server is another, and stays on the server for the next run.
"""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import sql

PREFIX = "lienthong_migrated_"
LOCK = 20_140_310
"""An advisory lock: one process makes it, the others wait."""


def use_migrated_database() -> None:
    """Have the database and let Django take test databases from it. Nothing is connected to it afterwards."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT current_setting('server_version_num')")
        name = PREFIX + _digest(cursor.fetchone()[0])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        found = [datname for (datname,) in cursor.fetchall()]
        if name not in found:
            for old in found:
                cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
            _make(cursor, name)
    connection.settings_dict["TEST"]["TEMPLATE"] = name


def _make(cursor: CursorWrapper, name: str) -> None:
    """Migrate under another name, so that one that was left half way is never taken for whole."""
    making = f"{name}_making"
    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = making
    try:
        call_command("migrate", verbosity=0, run_syncdb=True)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
    cursor.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(name)))


def _digest(version: str) -> str:
    """Return what tells one state of the schema from another: migrations, packages, server."""
    told = hashlib.sha256(version.encode())
    house = settings.BASE_DIR
    for path in sorted([house / "requirements.lock", *house.glob("lienthong/*/migrations/*.py")]):
        told.update(str(path.relative_to(house)).encode() + path.read_bytes())
    return told.hexdigest()[:16]
