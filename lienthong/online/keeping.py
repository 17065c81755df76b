"""How long drafts are kept and how many there may be: ``data/online.toml``, by the day."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from lienthong.kernel.periods import holds


@dataclass(frozen=True, slots=True)
class Keeping:
    """Mức giữ bản soạn: days after the last saving, drafts of one account, files of one draft.

    ``remind`` is how many days before the end its holder is told, once; 0: never.
    """

    days: int
    drafts: int
    files: int
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    verified: bool
    remind: int = 0


def keeping_on(day: dt.date) -> Keeping:
    """Return what holds on a day; the file without a rule of that day is a fault of the file."""
    return next(one for one in _rules() if holds(one.valid_from, one.valid_to, day))


def rule(raw: Mapping[str, Any]) -> Keeping:
    """Read one rule; raises ``ValueError`` for a number below one, for then nobody could hand anything in."""
    for name in ("keep_days", "drafts", "files"):
        if raw[name] < 1:
            raise ValueError(f"data/online.toml: {name} phải từ 1 trở lên, không phải {raw[name]}")
    if not 0 <= raw["remind_days"] < raw["keep_days"]:
        raise ValueError("data/online.toml: remind_days phải từ 0 và ít hơn keep_days")
    return Keeping(
        raw["keep_days"], raw["drafts"], raw["files"], raw["valid_from"], raw.get("valid_to"), raw["source"],
        raw["verified"], raw["remind_days"],
    )  # fmt: skip


@cache
def _rules() -> tuple[Keeping, ...]:
    with (settings.BASE_DIR / "data" / "online.toml").open("rb") as file:
        return tuple(rule(one) for one in tomllib.load(file)["drafts"])
