"""How wide the columns of a table are: each holds its longest word; the rest goes to those that say most."""

from __future__ import annotations

from collections.abc import Sequence

from lienthong.formatting.blocks import Spans, Table, plain

ROOM = 70.0
"""About so many letters of 13 pt stand in a line of the page."""
PADDING = 2.0
BROAD = 1.15
"""From how many times the width of an upright page a table is turned, where it may be."""
TURNED = 252 / 165
"""How much broader a page turned on its side is, between its margins."""
SMALLEST = 8.0
LINES_HELD = 12
LONGEST = 80
"""A cell longer than this breaks over lines in any case."""


def column_widths(table: Table, room: float = ROOM) -> list[float]:
    """Return the widths of the columns as parts of the whole."""
    columns = [[plain(cell) for cell in column] for column in zip(*table.rows, strict=True)]
    least = _least(columns)
    wish = [
        max(0.0, PADDING + max(_length(cell) for cell in column) - low)
        for column, low in zip(columns, least, strict=True)
    ]
    spare = max(0.0, room - sum(least))
    total = sum(wish)
    widths = [low + (spare * more / total if total else 0.0) for low, more in zip(least, wish, strict=True)]
    return [round(width / sum(widths), 4) for width in widths]


def crowding(table: Table) -> float:
    """Return how many times the width of an upright page the longest words of a table's columns ask for."""
    return sum(_least([[plain(cell) for cell in column] for column in zip(*table.rows, strict=True)])) / ROOM


def is_broad(table: Table) -> bool:
    """Tell whether a table is better off on a page turned on its side."""
    return crowding(table) > BROAD


def letter_size(table: Table, size: float, *, is_turned: bool = False) -> float:
    """Return the size of letters at which the longest words of a table stand in their columns, not under 8 pt."""
    room = TURNED if is_turned else 1.0
    return max(SMALLEST, min(size, round(2 * size * room / max(crowding(table), 0.01)) / 2))


def room_in_letters(letters: float, size: float, *, is_turned: bool = False) -> float:
    """Return how many letters of a size stand in a line, where ``size`` is what tables have when there is room."""
    return ROOM * (TURNED if is_turned else 1.0) * size / letters


def held_rows(table: Table, rows: Sequence[tuple[Spans, ...]]) -> list[bool]:
    """Tell of each row whether it stays on one page: it does unless one of its cells is long."""
    widths = [max(1.0, width * ROOM) for width in column_widths(table)]
    return [all(len(plain(cell)) / width < LINES_HELD for cell, width in zip(row, widths, strict=True)) for row in rows]


def _least(columns: list[list[str]]) -> list[float]:
    return [PADDING + max(_longest_word(cell) for cell in column) for column in columns]


def _longest_word(text: str) -> int:
    return min(LONGEST, max((len(word) for word in text.split()), default=1))


def _length(text: str) -> int:
    return min(LONGEST, max((len(line) for line in text.split("\n")), default=0))
