"""How wide the columns of a table are: each holds its longest word; the rest goes to those that say most."""

from __future__ import annotations

from lienthong.formatting.blocks import Table, plain

ROOM = 70.0
"""About so many letters of 13 pt stand in a line of the page."""
PADDING = 2.0
LONGEST = 80
"""A cell longer than this breaks over lines in any case."""


def column_widths(table: Table) -> list[float]:
    """Return the widths of the columns as parts of the whole."""
    columns = [[plain(cell) for cell in column] for column in zip(*table.rows, strict=True)]
    least = [PADDING + max(_longest_word(cell) for cell in column) for column in columns]
    wish = [
        max(0.0, PADDING + max(_length(cell) for cell in column) - low)
        for column, low in zip(columns, least, strict=True)
    ]
    room = max(0.0, ROOM - sum(least))
    total = sum(wish)
    widths = [low + (room * more / total if total else 0.0) for low, more in zip(least, wish, strict=True)]
    return [round(width / sum(widths), 4) for width in widths]


def _longest_word(text: str) -> int:
    return min(LONGEST, max((len(word) for word in text.split()), default=1))


def _length(text: str) -> int:
    return min(LONGEST, max((len(line) for line in text.split("\n")), default=0))
