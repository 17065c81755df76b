"""Both sides sign what they send: HMAC-SHA-256 over the moment and the body, with the shared secret. Pure."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Mapping

from lienthong.exchange.partners.contract import ForgedError

UNIT, TIME, SIGNATURE, KEY = "X-Madonvi", "X-Time", "X-Signature", "X-Message-Id"
FRESH = dt.timedelta(minutes=10)
"""How long ago a message may have been signed; clocks of two houses differ."""


def signature(body: bytes, time: str, secret: str) -> str:
    """Return the signature of a body at a moment (seconds since 1970, as text), in hexadecimal digits."""
    return hmac.new(secret.encode(), time.encode() + b"\n" + body, hashlib.sha256).hexdigest()


def headers(body: bytes, *, secret: str, unit: str, at: dt.datetime, key: str) -> dict[str, str]:
    """Return what goes with a body."""
    time = str(int(at.timestamp()))
    return {UNIT: unit, TIME: time, SIGNATURE: signature(body, time, secret), KEY: key}


def verify(body: bytes, said: Mapping[str, str], secret: str, at: dt.datetime) -> None:
    """Refuse what was not signed with the secret, or not just now. Compared in constant time."""
    found = {name.lower(): value for name, value in said.items()}
    time, given = found.get(TIME.lower(), ""), found.get(SIGNATURE.lower(), "")
    if not secret or not hmac.compare_digest(given.encode(), signature(body, time, secret).encode()):
        raise ForgedError
    if not time.isascii() or not time.isdigit() or abs(at.timestamp() - int(time)) > FRESH.total_seconds():
        raise ForgedError
