"""How long files are kept and when they go to the archive: rules as dated, sourced data, and their arithmetic. Pure."""

from __future__ import annotations

import calendar
import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lienthong.kernel.periods import holds
from lienthong.kernel.vietnamese import fold

DATA = Path(__file__).resolve().parents[2] / "data" / "retention.toml"
PERMANENT = "Vĩnh viễn"
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Rule:
    """Mức thời hạn bảo quản: for a kind of files, for ever (``years`` None) or a number of years, from when, by what.

    ``verified`` is false as long as nobody compared it with the text of the law: pages say "cần đối chiếu". ``sectors``
    are those of procedures whose cases it is proposed for.
    """

    code: str
    name: str
    years: int | None
    source: str
    verified: bool
    valid_from: dt.date
    valid_to: dt.date | None = None
    sectors: tuple[str, ...] = ()

    @property
    def maintenance(self) -> str:
        """The retention in words."""
        return in_words(self.years, is_permanent=self.years is None)

    @property
    def label(self) -> str:
        """How a list of choices shows it."""
        return f"{self.name}: {self.maintenance}" + ("" if self.verified else " (cần đối chiếu)")


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of the file."""
    with DATA.open("rb") as file:
        table = tomllib.load(file)["rules"]
    return tuple(
        Rule(
            code=row["code"],
            name=row["name"],
            years=None if row["keep"] == "permanent" else int(row["keep"]),
            source=row["source"],
            verified=row["verified"],
            valid_from=row["valid_from"],
            valid_to=row.get("valid_to"),
            sectors=tuple(row.get("sectors", ())),
        )
        for row in table
    )


def rules_on(on: dt.date) -> tuple[Rule, ...]:
    """Return the rules that hold on a day."""
    return tuple(rule for rule in rules() if holds(rule.valid_from, rule.valid_to, on))


def rule_on(code: str, on: dt.date) -> Rule | None:
    """Return the rule of a code on a day; nothing for a code that no rule has (any more)."""
    return next((rule for rule in rules_on(on) if rule.code == code), None)


def rule_for(sector: str, on: dt.date) -> Rule | None:
    """Return the rule that is proposed for cases of a sector on a day; None where nobody said one."""
    return next((rule for rule in rules_on(on) if sector and sector in rule.sectors), None)


def in_words(years: int | None, *, is_permanent: bool) -> str:
    """Return ``Vĩnh viễn``, ``20 năm``, or nothing while it is not said."""
    if is_permanent:
        return PERMANENT
    return f"{years} năm" if years is not None else ""


def read(text: str) -> tuple[bool, int | None] | None:
    """Read a retention as people write it: (for ever, years); None for what means nothing."""
    words = fold(text).replace(".", " ").split()
    if words[:2] == ["vinh", "vien"] or words == ["vv"]:
        return True, None
    if words and words[0].isdigit() and words[1:] in ([], ["nam"]) and 0 < int(words[0][:6]) <= LONGEST:
        return False, int(words[0])
    return None


def kept_until(ended_on: dt.date, years: int | None) -> dt.date | None:
    """Return the last day on which a file is kept: so many years after its work ended; never when for ever."""
    return None if years is None else add_months(ended_on, 12 * years)


def hand_over_due(ended_on: dt.date, *, is_construction: bool = False, settled_on: dt.date | None = None) -> dt.date:
    """Return the day by which a file goes to the archive (NĐ 30/2020 Điều 30).

    One year after the work ended; of basic construction three months after the final settlement, where that is known.
    """
    if is_construction and settled_on is not None:
        return add_months(settled_on, 3)
    return add_months(ended_on, 12)


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, dt.MAXYEAR)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
