"""The one banner: where it runs and how to sign in."""

from __future__ import annotations

import json
from pathlib import Path

from lienthong.site.launch.environment import DEMO_ACCOUNTS, is_demo


def banner(data: Path, host: str, port: int) -> str:
    """Return the banner: the address, the data directory, the demo accounts, how to stop."""
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    lines = ["", f"  Liên Thông đang chạy: {address}", f"  Dữ liệu: {data}"]
    if is_demo(data):
        lines += ["", "  Tài khoản của tỉnh mẫu (người và việc đều hư cấu):", *accounts(data / DEMO_ACCOUNTS)]
    else:
        lines += ["", "  Lần đầu, tạo quản trị viên: bin/manage administrator --help"]
    lines += ["", "  Dừng: Ctrl-C", ""]
    return "\n".join(lines)


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
