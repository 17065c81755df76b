"""On which line of a TOML file a value stands: a walk over its lines that knows tables and keys, no more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lienthong.kernel.faults import Path

HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"\s*([A-Za-z0-9_\-]+)\s*=")


def lines_of(text: str) -> dict[Path, int]:
    """Return the line, from 1, of every table and of every key of a table; keys inside of values are not told apart."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in _plain(text):
        header = HEADER.match(line)
        if header:
            table = _table(header[2].split("."), counts, is_list=header[1] == "[[")
            found.setdefault(table, number)
            continue
        key = KEY.match(line)
        if key:
            found.setdefault((*table, key[1]), number)
    return found


def line_at(path: Path, lines: dict[Path, int]) -> int:
    """Return the line of a path, or of the nearest thing around it; 1 for the file itself."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


def _table(parts: list[str], counts: dict[Path, int], *, is_list: bool) -> Path:
    """Return the path of a table by its header; a part that is a list means its newest member."""
    path: Path = ()
    for place, part in enumerate(parts):
        path = (*path, part)
        last = place == len(parts) - 1
        if last and is_list:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _plain(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that do not stand inside of a text of several lines."""
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if fence:
            if fence in line:
                fence = ""
            continue
        yield number, line
        for mark in ('"""', "'''"):
            if line.count(mark) % 2:
                fence = mark
