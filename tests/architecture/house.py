"""What the architecture tests read: the layers of ``pyproject.toml``, the apps, their files and trees."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "lienthong"


@cache
def contracts() -> list[dict[str, object]]:
    """The contracts of import-linter."""
    read = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, object]] = read["tool"]["importlinter"]["contracts"]
    return found


@cache
def layers() -> dict[str, int]:
    """Each app with its height: 0 is the lowest; siblings share a height."""
    listed = contracts()[0]["layers"]
    assert isinstance(listed, list)
    return {
        app.strip(): height for height, layer in enumerate(reversed(listed)) for app in re.split(r"[|:]", str(layer))
    }


def may_use(user: str, used: str) -> bool:
    """Tell whether one app may know another: itself, or a lower one."""
    return user == used or layers()[user] > layers()[used]


@cache
def apps() -> list[str]:
    """The folders of the package that are apps."""
    return sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


@cache
def sources(*, tests: bool = False) -> tuple[Path, ...]:
    """The product's Python files, without migrations; with or without tests."""
    away = {"migrations"} if tests else {"migrations", "tests"}
    return tuple(path for path in sorted(PACKAGE.rglob("*.py")) if not away & set(path.parts))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def app_of(path: Path) -> str:
    """The app to which a file belongs."""
    return path.relative_to(PACKAGE).parts[0]


def is_in(path: Path, *modules: str) -> bool:
    """Tell whether a file is one of an app's modules, or inside the package of that name: ``views`` …"""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return len(parts) > 1 and parts[1] in modules


def place(path: Path, node: ast.AST) -> str:
    """``file:line``, as editors read it."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def imported(path: Path) -> Iterator[tuple[ast.AST, str]]:
    """Each module or name that a file imports, as a dotted name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node, f"{node.module}.{name.name}") for name in node.names)


@cache
def tracked() -> tuple[Path, ...]:
    """Every text file of the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:8000])
