"""The code of a file: its number within the heading, a full stop, the heading's abbreviation. Pure."""

from __future__ import annotations


def code_of(number: int, abbreviation: str) -> str:
    """Return ``01.TCCB``: numbers below ten have a leading zero, as those of documents (NĐ 30/2020 Phụ lục I)."""
    return f"{number:02}.{abbreviation}"
