"""Which desk takes in what: the rule of the day for a channel, entered on screen or of ``data/reception.toml``."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from django.conf import settings

from lienthong.cases import entered
from lienthong.kernel.periods import holds
from lienthong.kernel.refusal import Refusal

FILE = "reception.toml"


class Desks(StrEnum):
    """Which desks may take in: that of who decides; those of its ground too; every one of the province."""

    COMPETENT = "competent"
    LINE = "line"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class DeskRule:
    """Quy tắc nơi nhận hồ sơ: which desks, by which channels, in which period, after what."""

    channels: frozenset[str]
    desks: Desks
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    verified: bool


def desk_rule_on(day: dt.date, channel: str) -> DeskRule:
    """Return which desks may take in on a day by a channel (NĐ 118/2025: no boundaries inside the province).

    Refuses a day or channel of which nothing is said.
    """
    row = entered.rule_for("desks", channel, day)
    if row is not None:
        return DeskRule(
            frozenset(row.channels), Desks(row.desks), row.valid_from, None, row.source, verified=row.is_verified
        )
    rule = desk_rule_of_file(day, channel)
    if rule is None:
        raise Refusal("Chưa có quy tắc nơi nhận hồ sơ cho ngày này. Báo người quản trị.")
    return rule


def desk_rule_of_file(day: dt.date, channel: str) -> DeskRule | None:
    """Return what ``data/reception.toml`` says of a day and channel."""
    found = (one for one in _rules() if channel in one.channels and holds(one.valid_from, one.valid_to, day))
    return next(found, None)


def read_desk_rule(raw: Mapping[str, Any]) -> DeskRule:
    """Read one rule; raises ``ValueError`` for desks that are not known."""
    return DeskRule(
        frozenset(raw["channels"]), Desks(raw["desks"]), raw["valid_from"], raw.get("valid_to"), raw["source"],
        raw["verified"],
    )  # fmt: skip


@cache
def _rules() -> tuple[DeskRule, ...]:
    with (settings.BASE_DIR / "data" / FILE).open("rb") as file:
        return tuple(read_desk_rule(one) for one in tomllib.load(file)["desks"])
