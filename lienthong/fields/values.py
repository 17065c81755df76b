"""Values of forms: plain JSON, looked up by dotted keys, with the text made clean."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from lienthong.kernel.vietnamese import nfc

EMPTY: tuple[object, ...] = (None, "", [], {})


def clean_text(value: object, *, lines: bool = False) -> str:
    """Return text in NFC without control and direction marks, trimmed, spaces single; line breaks only if ``lines``."""
    text = nfc(value if isinstance(value, str) else "" if value is None else str(value))
    kept = "".join(letter for letter in text.replace("\r\n", "\n") if letter == "\n" or _is_printed(letter))
    if lines:
        return "\n".join(" ".join(line.split()) for line in kept.split("\n")).strip()
    return " ".join(kept.split())


def _is_printed(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def look_up(values: Mapping[str, Any], dotted: str) -> Any:
    """Return the value under a dotted key ("chu_ho.sex"); None where there is none."""
    found: Any = values
    for part in dotted.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(part)
    return found


def is_empty(value: object) -> bool:
    """Whether nothing was said: nothing, an empty text or list, or parts that are all empty. False and 0 are said."""
    if isinstance(value, Mapping):
        return all(is_empty(part) for part in value.values())
    return value is None or (isinstance(value, str | list) and not value)
