"""How long finished files are kept, by date (``data/exports.toml``)."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache

from django.conf import settings


def keeping_on(day: dt.date) -> dt.timedelta:
    """Return how long a file that is finished on a day is kept."""
    days = next((days for since, days in reversed(_periods()) if since <= day), _periods()[0][1])
    return dt.timedelta(days=days)


@cache
def _periods() -> tuple[tuple[dt.date, int], ...]:
    table = tomllib.loads((settings.BASE_DIR / "data" / "exports.toml").read_text(encoding="utf-8"))
    return tuple(sorted((entry["from"], int(entry["days"])) for entry in table["keeping"]))
