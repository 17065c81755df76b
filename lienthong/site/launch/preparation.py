"""Make the database and the static files ready: a process of its own, before anything is served.

It does only what is needed, so that a second start takes seconds.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

import django
import psycopg
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import ProgrammingError, connection, connections
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.migrations.executor import MigrationExecutor

from lienthong.kernel.refusal import Refusal
from lienthong.site.launch.console import give_up, step
from lienthong.site.launch.data_directory import ROOT
from lienthong.site.launch.environment import DEMO_UNFINISHED, PREPARED

OLDEST_SERVER = 150_000


def main() -> int:
    """Prepare everything; ``--demo`` also builds the demo province in a database without units."""
    django.setup()
    try:
        check_server()
        migrate()
        load_catalogue()
        if "--database-only" not in sys.argv:
            collect_static()
        if "--demo" in sys.argv:
            build_demo()
        (Path(settings.DATA_DIR) / PREPARED).touch()
    except Refusal as refusal:
        return give_up(refusal)
    finally:
        for each in connections.all():
            each.close()
            each.close_pool()  # type: ignore[attr-defined]  # of the PostgreSQL wrapper only
    return 0


def check_server() -> None:
    """Refuse a server that cannot be reached or is older than PostgreSQL 15."""
    try:
        # Not through the pool: it would try again for ten seconds and say less.
        with psycopg.connect(**connection.get_connection_params(), connect_timeout=10) as probe:
            version = probe.info.server_version
    except psycopg.OperationalError as error:
        told = str(error).strip().rstrip("?.")
        raise Refusal(
            f"Không kết nối được cơ sở dữ liệu: {told}. Hãy kiểm tra DATABASE_URL, hoặc bỏ biến này để "
            "dùng PostgreSQL kèm sẵn. (The database cannot be reached.)"
        ) from error
    if version < OLDEST_SERVER:
        raise Refusal(
            f"Máy chủ PostgreSQL là bản {version // 10_000}; cần bản 15 trở lên. Hãy nâng cấp, hoặc bỏ DATABASE_URL để "
            "dùng PostgreSQL kèm sẵn. (PostgreSQL 15 or newer is needed.)"
        )


def migrate() -> None:
    """Apply what is missing of the migrations."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with step("Cập nhật cấu trúc cơ sở dữ liệu"):
            try:
                call_command("migrate", verbosity=0, interactive=False)
            except (MigrationSchemaMissing, ProgrammingError) as error:
                if not _is_forbidden(error.__context__ or error) and not _is_forbidden(error):
                    raise
                raise Refusal(no_right(str(error))) from error


def _is_forbidden(error: BaseException) -> bool:
    return isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege)


def no_right(told: str) -> str:
    """Return what to do for a database whose user may not make tables."""
    user, name = connection.settings_dict["USER"], connection.settings_dict["NAME"]
    return (
        f"Người dùng cơ sở dữ liệu “{user}” không có quyền tạo bảng: {told.strip().splitlines()[0]}. Hãy nhờ người "
        f"quản trị PostgreSQL chạy: ALTER DATABASE {name} OWNER TO {user}; và trong cơ sở dữ liệu đó: "
        f"GRANT CREATE, USAGE ON SCHEMA public TO {user}; rồi chạy lại. (The database user may not create tables.)"
    )


def load_catalogue() -> None:
    """Load ``data/`` into the database when a file there has changed since the last time."""
    if "load_catalogue" not in get_commands():
        return
    stamp = Path(settings.DATA_DIR) / "catalogue.stamp"
    now = _database_identity() + _digest(sorted((ROOT / "data").rglob("*.toml")))
    if not stamp.exists() or stamp.read_text() != now:
        with step("Nạp danh mục"):
            call_command("load_catalogue", verbosity=0, stdout=sys.stderr)
            call_command("load_stationery", verbosity=0, stdout=sys.stderr)
        stamp.write_text(now)


def collect_static() -> None:
    """Collect scripts, styles and fonts when one of them has changed."""
    root = Path(settings.STATIC_ROOT)
    found = sorted(Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([]))
    if missing := [path for path in found if not path.exists()]:
        raise Refusal(f"Thiếu tệp giao diện {missing[0]}. Hãy xóa thư mục node_modules rồi chạy lại bin/run.")
    stamp = root / ".stamp"
    now = _digest(found)
    if stamp.exists() and stamp.read_text() == now:
        return
    with step("Chuẩn bị giao diện"):
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(now)


def build_demo() -> None:
    """Build the demo province, once, in a database that has no units yet."""
    from lienthong.organisation.models import Unit  # noqa: PLC0415 - models exist only after django.setup()

    if "demo" not in get_commands() or Unit.objects.exists():
        return
    unfinished = Path(settings.DATA_DIR) / DEMO_UNFINISHED
    unfinished.touch()
    with step("Dựng tỉnh mẫu Bình Thuận (chỉ lần đầu)"):
        call_command("demo", stdout=sys.stderr)
    unfinished.unlink()


def _database_identity() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT system_identifier::text || current_database() FROM pg_control_system()")
        return f"{cursor.fetchone()[0]}:"


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        facts = path.stat()
        digest.update(f"{path}:{facts.st_size}:{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
