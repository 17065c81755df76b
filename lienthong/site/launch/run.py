"""``bin/run``: from nothing to a served product, and back to nothing on Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from lienthong.kernel.refusal import Refusal
from lienthong.site import env
from lienthong.site.launch import console, data_directory, environment, sharing
from lienthong.site.launch.banner import address, banner
from lienthong.site.launch.cluster import Cluster
from lienthong.site.launch.supervisor import Child, Database, Supervisor, end_orphans
from lienthong.site.launch.waiting import page_while_preparing


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bin/run", description="Chạy Liên Thông: bin/run rồi mở địa chỉ được in ra.")
    parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định 8000)")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe (mặc định chỉ máy này)")
    parser.add_argument("--data", type=Path, help="thư mục dữ liệu (mặc định var/)")
    parser.add_argument("--no-demo", action="store_true", help="không dựng tỉnh mẫu")
    return parser.parse_args()


def main() -> int:
    """Run until Ctrl-C or SIGTERM; return 0 after a clean end, 1 after a refusal that was told."""
    given = arguments()
    data = given.data.expanduser().resolve() if given.data else data_directory.data_directory()
    try:
        data_directory.prepare(data)
        with sharing.only_one(data):
            start(given, data)
    except Refusal as refusal:
        return console.give_up(refusal)
    except KeyboardInterrupt:
        return 130
    return 0


def start(given: argparse.Namespace, data: Path) -> None:
    """Set up, serve, and stop again; the data directory is ours alone."""
    signal.signal(signal.SIGTERM, _interrupt)
    end_orphans(data)
    require_free(given.host, given.port)
    no_demo = data / "no-demo"
    if given.no_demo:
        no_demo.touch()
    wants_demo = not no_demo.exists()
    if given.host not in {"127.0.0.1", "localhost"}:
        os.environ.setdefault("LIENTHONG_HOSTS", f"127.0.0.1,localhost,{given.host},{socket.gethostname()}")
    os.environ.setdefault("LIENTHONG_URL", address(given.host, given.port))  # how letters point back here
    with contextlib.ExitStack() as stack:
        cluster = None if os.environ.get("DATABASE_URL") else Cluster(data)
        if cluster:
            stack.enter_context(sharing.server(cluster))
        with page_while_preparing(given.host, given.port):
            drop_unfinished_demo(data, cluster)
            environment.tell(data, demo=wants_demo)
            prepare(demo=wants_demo)
        environment.tell(data, demo=wants_demo and environment.is_demo(data))
        os.environ[environment.SUPERVISED] = str(data)
        supervisor = Supervisor(children(given), Database(cluster) if cluster else None)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, supervisor.stop)
        supervisor.run(
            ready=lambda: answers(given.host, given.port),
            announce=lambda: console.say(banner(data, given.host, given.port)),
        )
        console.say("… Đang dừng")
    console.say("✓ Đã dừng. Dữ liệu còn nguyên; chạy lại bằng bin/run.")


def drop_unfinished_demo(data: Path, cluster: Cluster | None) -> None:
    """Forget a demo whose building was cut short: nobody has worked in it, for it was never served."""
    unfinished = data / environment.DEMO_UNFINISHED
    if not unfinished.exists():
        return
    if cluster is None:
        raise Refusal(
            "Lần dựng tỉnh mẫu trước dừng giữa chừng. Hãy cho DATABASE_URL một cơ sở dữ liệu trống, "
            f"xóa {unfinished} rồi chạy lại. (The demo was cut short; an empty database is needed.)"
        )
    with console.step("Bỏ tỉnh mẫu dựng dở của lần chạy trước"):
        cluster.empty()
    unfinished.unlink()


def prepare(*, demo: bool) -> None:
    """Prepare database and static files in a process of their own."""
    command = [sys.executable, "-P", "-m", "lienthong.site.launch.preparation", *(["--demo"] if demo else [])]
    if subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode:
        raise Refusal("Chưa chuẩn bị xong nên chưa chạy được; lý do ở ngay trên. (Preparation failed, see above.)")


def children(given: argparse.Namespace) -> list[Child]:
    """Return the processes that serve: the web server and the worker."""
    workers, threads = env.integer("LIENTHONG_WORKERS", 2), env.integer("LIENTHONG_THREADS", 8)
    web = [
        sys.executable, "-P", "-m", "granian", "--interface", "wsgi", "--host", given.host, "--port", str(given.port),
        "--workers", str(workers), "--blocking-threads", str(threads),
        "--no-ws", "--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "10",
        "--log-level", "error", "lienthong.site.wsgi:application",
    ]  # fmt: skip
    worker = environment.django("worker")
    return [Child("máy chủ web", web), Child("trình xử lý nền", worker)]


def require_free(host: str, port: int) -> None:
    """Refuse in plain words when the port cannot be had."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except (OSError, OverflowError) as error:
            raise Refusal(
                f"Không dùng được cổng {port} trên {host} ({error}). Hãy chọn cổng khác, ví dụ: "
                f"bin/run --port {another_port(port)}. (The port is taken or not allowed.)"
            ) from error


def another_port(port: int) -> int:
    """Return a port worth trying instead: those under 1024 belong to the system."""
    return port + 1 if 1024 <= port < 65_000 else 8080


def answers(host: str, port: int) -> bool:
    """Tell whether the web server accepts connections."""
    try:
        with socket.create_connection((_here(host), port), timeout=1):
            return True
    except OSError:
        return False


def _here(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
