"""The user as whom PostgreSQL runs when we are root, because it refuses to run as root."""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

from lienthong.kernel.refusal import Refusal
from lienthong.site.launch.console import say

NAME = "lienthong-db"


class Identity(TypedDict, total=False):
    """The arguments of ``subprocess.run`` that change the user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class SystemUser:
    """A user of the operating system."""

    uid: int
    gid: int

    @property
    def arguments(self) -> Identity:
        """What ``subprocess.run`` needs to become this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@cache
def server_user() -> SystemUser | None:
    """Return the user for the server, made on first use; ``None`` where we are not root and run it as ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        entry = _make_user()
    return SystemUser(entry.pw_uid, entry.pw_gid)


def _make_user() -> pwd.struct_passwd:
    command = ["/usr/sbin/useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent",
               "--shell", "/usr/sbin/nologin", NAME]  # fmt: skip
    try:
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        told = made.stderr.strip()
    except OSError as error:
        told = str(error)
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        raise Refusal(
            f"PostgreSQL không chạy dưới quyền root và không tạo được người dùng {NAME} ({told}). Hãy chạy bằng một "
            "người dùng thường, hoặc đặt DATABASE_URL. (Could not create a system user for PostgreSQL.)"
        ) from None


def let_through(*paths: Path) -> None:
    """Let other users pass *through* the directories above (execute, never read), and say where that was needed."""
    for path in paths:
        for parent in path.resolve().parents:
            mode = parent.stat().st_mode
            if not mode & stat.S_IXOTH:
                parent.chmod(mode | stat.S_IXOTH)
                say(f"  cho phép đi qua {parent} (chmod o+x) để PostgreSQL chạy dưới người dùng {NAME}")


def let_read(folder: Path) -> None:
    """Let other users read and run the programs of a wheel that was installed under a strict umask."""
    if folder.stat().st_mode & stat.S_IXOTH and (folder / "bin" / "postgres").stat().st_mode & stat.S_IXOTH:
        return
    for path in [folder, *folder.rglob("*")]:
        mode = path.stat().st_mode
        path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))
