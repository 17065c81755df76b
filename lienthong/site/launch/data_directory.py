"""The data directory: made when missing, checked before anything is started on it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from lienthong.kernel.refusal import Refusal
from lienthong.site import env

ROOT = Path(__file__).resolve().parents[3]
MEGABYTE = 1024 * 1024


def data_directory() -> Path:
    """Return the data directory that the environment names, or ``var`` beside the code."""
    return env.path("LIENTHONG_DATA", ROOT / "var")


def prepare(data: Path) -> None:
    """Make the directory and prove that it can be written and has room; refuse in plain words where it does not."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = data / f".probe-{os.getpid()}"
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        raise Refusal(
            f"Không ghi được vào thư mục dữ liệu {data} ({error.strerror}). Hãy cấp quyền ghi cho người dùng này, "
            "giải phóng ổ đĩa, hoặc chọn thư mục khác: bin/run --data DIR. (The data directory is not writable.)"
        ) from error
    needed = env.integer("LIENTHONG_MIN_FREE_MB", 300)
    free = shutil.disk_usage(data).free // MEGABYTE
    if free < needed:
        raise Refusal(
            f"Ổ đĩa chứa {data} chỉ còn {free} MB, cần ít nhất {needed} MB. Hãy giải phóng chỗ trống rồi chạy lại. "
            "(The disk of the data directory is full.)"
        )
