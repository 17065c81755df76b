"""The one banner: where it runs and how to sign in."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

from lienthong.site.launch.data_directory import data_directory
from lienthong.site.launch.environment import DEMO_ACCOUNTS, is_demo


def banner(data: Path, host: str, port: int) -> str:
    """Return the banner: the address, the data directory, the demo accounts or the first step, how to stop."""
    lines = ["", f"  Liên Thông đang chạy: {address(host, port)}", f"  Dữ liệu: {data}"]
    if is_demo(data):
        lines += ["", "  Tài khoản của tỉnh mẫu (người và việc đều hư cấu):", *accounts(data / DEMO_ACCOUNTS)]
    else:
        lines += ["", "  Lần đầu, tạo cơ quan và quản trị viên đầu tiên (mở thêm một cửa sổ lệnh):", first_step(data)]
    lines += ["", "  Dừng: Ctrl-C", ""]
    return "\n".join(lines)


def address(host: str, port: int) -> str:
    """Return the address to open in a browser on this machine."""
    named = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - compared, not bound
    return f"http://{named}:{port}"


def first_step(data: Path) -> str:
    """Return the command that makes the first agency and its administrator, ready to be copied."""
    where = "" if data == data_directory() else f"--data {shlex.quote(str(data))} "
    return (
        f"    bin/manage {where}administrator --username quantri --name 'Họ Và Tên' "
        "--agency 'Ủy ban nhân dân tỉnh …' --symbol UBND"
    )


def accounts(file: Path) -> list[str]:
    """Return a line for each demo account: sign-in name, password, post, unit."""
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        cells = [[str(row.get(key, "")) for key in ("username", "password", "name", "title", "unit")] for row in rows]
    except (OSError, ValueError, AttributeError, TypeError):
        return [f"    (không đọc được {file})"]
    widths = [max((len(row[column]) for row in cells), default=0) for column in range(4)]
    return [
        "    " + "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]])
        for row in cells
    ]
