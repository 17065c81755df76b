"""How applicants rate, and by when a complaint is answered: ``data/ratings.toml``, dated. Pure once read."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from lienthong.calendars.limits import Limit, parse_limit
from lienthong.kernel.periods import holds
from lienthong.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Scale:
    """Thang đánh giá: levels (key, name, whether satisfied), reasons (key, name), and within how many days."""

    levels: tuple[tuple[str, str, bool], ...]
    reasons: tuple[tuple[str, str], ...]
    rate_within: dt.timedelta
    change_within: dt.timedelta
    source: str
    verified: bool

    def name_of(self, level: str) -> str:
        """Return what a level is called; its key where the scale does not have it any more."""
        return next((name for key, name, _ in self.levels if key == level), level)

    def names_of(self, reasons: list[str]) -> list[str]:
        """Return what reasons are called."""
        names = dict(self.reasons)
        return [names.get(key, key) for key in reasons]


@dataclass(frozen=True, slots=True)
class ComplaintRule:
    """Quy tắc trả lời phản ánh: the limit of the answer, and until how long after the end one may complain."""

    limit: Limit
    after_end: dt.timedelta
    source: str
    verified: bool


def scale_on(day: dt.date) -> Scale:
    """Return the scale that holds on a day."""
    one = _holding("scales", day)
    return Scale(
        tuple((level["key"], level["name"], level["satisfied"]) for level in one["levels"]),
        tuple((reason["key"], reason["name"]) for reason in one["reasons"]),
        dt.timedelta(days=one["rate_within"]),
        dt.timedelta(days=one["change_within"]),
        one["source"],
        one["verified"],
    )


def complaint_rule_on(day: dt.date) -> ComplaintRule:
    """Return the rule for complaints that holds on a day."""
    one = _holding("complaints", day)
    after_end = dt.timedelta(days=one["after_end"])
    return ComplaintRule(parse_limit(one["limit"]), after_end, one["source"], one["verified"])


def _holding(table: str, day: dt.date) -> dict[str, Any]:
    rows: list[dict[str, Any]] = _file()[table]
    found = next((one for one in rows if holds(one["valid_from"], one.get("valid_to"), day)), None)
    if found is None:
        raise Refusal("Chưa có quy định về đánh giá, phản ánh cho ngày này.")
    return found


@cache
def _file() -> dict[str, Any]:
    with (settings.BASE_DIR / "data" / "ratings.toml").open("rb") as file:
        return tomllib.load(file)
