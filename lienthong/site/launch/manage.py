"""``bin/manage``: any Django command against the data directory, with its server up for as long as it takes."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

from psycopg_pool import PoolTimeout

from lienthong.kernel.refusal import Refusal
from lienthong.site.launch import console, data_directory, environment, sharing
from lienthong.site.launch.cluster import Cluster


def main() -> int:
    """Run the command in this process; its exit code and its standard output are its own."""
    try:
        data, words = command_line(sys.argv[1:])
        data_directory.prepare(data)
        environment.tell(data)
        with contextlib.ExitStack() as stack:
            if not os.environ.get("DATABASE_URL"):
                signal.signal(signal.SIGTERM, _end)
                stack.enter_context(sharing.server(Cluster(data)))
                if not (data / environment.PREPARED).exists():
                    fill_new_database()
            execute(words)
    except Refusal as refusal:
        return console.give_up(refusal)
    except KeyboardInterrupt:
        return 130
    return 0


def command_line(words: list[str]) -> tuple[Path, list[str]]:
    """Take ``--data DIR`` or ``--data=DIR`` from the front; the rest belongs to the command."""
    if words[:1] == ["--data"] and len(words) > 1:
        return Path(words[1]).expanduser().resolve(), words[2:]
    if words and words[0].startswith("--data="):
        return Path(words[0].removeprefix("--data=")).expanduser().resolve(), words[1:]
    return data_directory.data_directory(), words


def fill_new_database() -> None:
    """Give a database that was made just now its tables and catalogue."""
    command = [sys.executable, "-P", "-m", "lienthong.site.launch.preparation", "--database-only"]
    if subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode:
        raise Refusal("Chưa chuẩn bị được cơ sở dữ liệu; lý do ở ngay trên. (Preparation failed, see above.)")


def execute(words: list[str]) -> None:
    """Run Django's command, and let go of its connections before the server may stop."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the environment is told
    from django.db import OperationalError, connections  # noqa: PLC0415

    try:
        execute_from_command_line(["bin/manage", *words])
    except OperationalError as error:
        if isinstance(error.__cause__, PoolTimeout):  # the pool tried for ten seconds
            raise Refusal(
                "Không kết nối được cơ sở dữ liệu. Hãy kiểm tra DATABASE_URL và máy chủ PostgreSQL rồi chạy lại. "
                "(The database cannot be reached.)"
            ) from error
        raise
    finally:
        for each in connections.all(initialized_only=True):
            each.close()
            each.close_pool()  # type: ignore[attr-defined]  # of the PostgreSQL wrapper only


def _end(*_: object) -> None:
    sys.exit(143)


if __name__ == "__main__":
    sys.exit(main())
