"""Our own references: short enough to read aloud, never guessed from one another."""

from __future__ import annotations

import datetime as dt
import secrets

from lienthong.kernel.clock import local_date

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_reference(at: dt.datetime, prefix: str = "LT") -> str:
    """Return a new reference: ``LT140310K7M2XQ9RT``."""
    return f"{prefix}{local_date(at):%y%m%d}" + "".join(secrets.choice(LETTERS) for _ in range(9))
