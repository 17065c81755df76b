"""What the processes of one data directory are told: where the data lie, and whether this is a demonstration."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from lienthong.kernel.refusal import Refusal
from lienthong.site import env
from lienthong.site.launch.data_directory import ROOT

SUPERVISED = "LIENTHONG_SUPERVISED"
DEMO_ACCOUNTS = "demo-accounts.json"
DEMO_UNFINISHED = "demo-unfinished"
PREPARED = "prepared"


def is_demo(data: Path) -> bool:
    """Tell whether the data directory holds the demo province: the demo writes its accounts when it is complete."""
    return (data / DEMO_ACCOUNTS).exists()


def tell(data: Path, *, demo: bool | None = None) -> None:
    """Put the data directory and the demo mode into our own environment, which every child inherits."""
    scheme = os.environ.get("DATABASE_URL", "postgresql://").partition("://")[0]
    if scheme not in {"postgres", "postgresql", "pgsql", ""}:
        raise Refusal(
            "DATABASE_URL phải có dạng postgresql://người_dùng:mật_khẩu@máy:5432/tên_cơ_sở_dữ_liệu; giá trị hiện nay "
            f"bắt đầu bằng “{scheme[:20]}”. Hãy sửa, hoặc bỏ biến này để dùng PostgreSQL kèm sẵn. "
            "(Not a PostgreSQL address.)"
        )
    here = [
        str(ROOT),
        *(path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path and path != str(ROOT)),
    ]
    os.environ["PYTHONPATH"] = os.pathsep.join(here)
    os.environ["DJANGO_SETTINGS_MODULE"] = "lienthong.site.settings"
    os.environ["LIENTHONG_DATA"] = str(data)
    wanted = env.flag("LIENTHONG_DEMO", default=is_demo(data)) if demo is None else demo
    os.environ["LIENTHONG_DEMO"] = "1" if wanted else "0"


def django(*arguments: str) -> list[str]:
    """Return the command line of a Django command in a process of its own."""
    return [sys.executable, "-P", "-m", "django", *arguments]
