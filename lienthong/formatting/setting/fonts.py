"""The font of official pages: Tinos, whose letters are as wide as those of Times New Roman; free, with Vietnamese."""

from __future__ import annotations

import struct
import unicodedata
from functools import lru_cache
from pathlib import Path

DIRECTORY = Path(__file__).resolve().parents[3] / "node_modules" / "@expo-google-fonts" / "tinos"
REGULAR = DIRECTORY / "400Regular" / "Tinos_400Regular.ttf"

_LOOKALIKES = str.maketrans(
    {"➢": "►", "➤": "►", "➔": "→", "✓": "√", "✔": "√", "☑": "■", "☒": "■", "☐": "□", "✗": "x", "✘": "x", "\u2011": "-"}
)
MISSING = "□"
"""What stands on the page for a letter that the font has not."""


def printable(text: str) -> str:
    """Return the text as it can be printed: a letter without a shape is replaced by what looks like it, or by □."""
    if text.isascii() or all(ord(letter) in letters() or letter == "\n" for letter in text):
        return text
    return "".join(_printable(letter) for letter in text)


def unprintable(text: str) -> str:
    """Return the letters of a text that would be printed as □, each once, in their order."""
    return "".join(
        dict.fromkeys(letter for letter in text if letter != "\n" and _printable(letter) == MISSING != letter)
    )


def _printable(letter: str) -> str:
    if ord(letter) in letters() or letter == "\n":
        return letter
    for other in (letter.translate(_LOOKALIKES), unicodedata.normalize("NFKC", letter)):
        if other and other != letter and all(ord(each) in letters() for each in other):
            return other
    return "" if unicodedata.combining(letter) or unicodedata.category(letter) in {"Cf", "Cc"} else MISSING


@lru_cache(maxsize=1)
def letters() -> frozenset[int]:
    """Return the code points that the font has a shape for (its ``cmap`` table, format 4)."""
    if not REGULAR.is_file():
        message = f"The font {REGULAR} is missing: run npm ci --ignore-scripts"
        raise FileNotFoundError(message)
    font = REGULAR.read_bytes()
    table = _table(font, b"cmap")
    for place in range(struct.unpack_from(">H", table, 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHL", table, 4 + 8 * place)
        if (platform, encoding) == (3, 1):
            return frozenset(_segments(table[offset:]))
    message = f"The font {REGULAR} has no Unicode table"
    raise ValueError(message)


def _table(font: bytes, wanted: bytes) -> bytes:
    for place in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _check, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * place)
        if tag == wanted:
            return font[offset : offset + length]
    raise ValueError(wanted)


def _segments(table: bytes) -> list[int]:
    """Return what a format 4 table lists: runs of code points, each with the shift or the place of its shapes."""
    count = struct.unpack_from(">H", table, 6)[0] // 2
    numbers = struct.unpack_from(f">{8 + 4 * count}H", table)
    ends, starts = numbers[7 : 7 + count], numbers[8 + count : 8 + 2 * count]
    return [code for start, end in zip(starts, ends, strict=True) if start != 0xFFFF for code in range(start, end + 1)]
