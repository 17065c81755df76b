"""The hash chain: pure functions over plain values.

``hash = SHA-256(previous hash ‖ canonical JSON of the event)``; the first event of a chain has 32 zero bytes before it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

GENESIS = bytes(32)


def canonical(content: Mapping[str, Any]) -> bytes:
    """Return the one spelling of an event's content: sorted keys, no spaces, UTF-8, times in UTC to the microsecond."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_spell).encode()


def link(previous: bytes, content: Mapping[str, Any]) -> bytes:
    """Return the hash (32 bytes) of an event that follows ``previous``."""
    return hashlib.sha256(previous + canonical(content)).digest()


def _spell(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    raise TypeError(f"{type(value).__name__} has no canonical spelling")
