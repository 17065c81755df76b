"""Limits as people write them: "3 ngày làm việc", "16 giờ làm việc", "5 ngày", "2 tháng", "3 working days"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from lienthong.kernel.refusal import Refusal

LARGEST = 20_000
HINT = "Viết ví dụ: 3 ngày làm việc, 16 giờ làm việc, 5 ngày, 2 tháng."


class LimitUnit(StrEnum):
    """What a limit is counted in; the value is its Vietnamese name."""

    WORKING_DAY = "ngày làm việc"
    WORKING_HOUR = "giờ làm việc"
    DAY = "ngày"
    HOUR = "giờ"
    WEEK = "tuần"
    MONTH = "tháng"
    YEAR = "năm"


@dataclass(frozen=True, slots=True)
class Limit:
    """Thời hạn: an amount and what it is counted in. Only working days and hours may be broken (half a day)."""

    amount: Fraction
    unit: LimitUnit

    def __str__(self) -> str:
        if not self.amount:
            return "trong ngày"
        amount = str(self.amount)
        if 1000 % self.amount.denominator == 0:
            amount = f"{float(self.amount):.10g}".replace(".", ",")
        return f"{amount} {self.unit.value}"


_UNITS = {
    LimitUnit.WORKING_DAY: r"working days?|business days?|ngay lam viec|nlv",
    LimitUnit.WORKING_HOUR: r"working hours?|business hours?|gio lam viec|tieng lam viec",
    LimitUnit.DAY: r"calendar days?|days?|ngay lich|ngay",
    LimitUnit.HOUR: r"hours?|gio|tieng",
    LimitUnit.WEEK: r"weeks?|tuan",
    LimitUnit.MONTH: r"months?|thang",
    LimitUnit.YEAR: r"years?|nam",
}
_BROKEN = {LimitUnit.WORKING_DAY, LimitUnit.WORKING_HOUR}
_UNIT = {unit: re.compile(words) for unit, words in _UNITS.items()}
_LIMIT = re.compile(r"(\d{1,6})(?:([.,/])(\d{1,3}))?\s*([a-z][a-z ]*)")


def plain(text: str) -> str:
    """Return text in lower case without Vietnamese marks and with single spaces."""
    letters = unicodedata.normalize("NFD", text.strip().lower().replace("đ", "d"))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def limit_of(amount: int | Fraction, unit: LimitUnit) -> Limit:
    """Return a limit; refuse what cannot be counted."""
    exact = Fraction(amount)
    if exact > LARGEST:
        raise Refusal(f"Thời hạn quá dài. {HINT}", field="limit")
    if exact < 0 or (exact == 0 and unit is not LimitUnit.WORKING_DAY):
        raise Refusal(f"Thời hạn phải lớn hơn 0. {HINT}", field="limit")
    if exact.denominator != 1 and unit not in _BROKEN:
        raise Refusal(f"Thời hạn theo {unit.value} phải là số nguyên. {HINT}", field="limit")
    return Limit(exact, unit)


def parse_limit(text: str) -> Limit:
    """Read a limit in Vietnamese or English ("trong ngày": the same day). Refuses what it does not understand."""
    words = plain(text)
    if words in {"trong ngay", "trong ngay lam viec", "same day"}:
        return Limit(Fraction(0), LimitUnit.WORKING_DAY)
    found = _LIMIT.fullmatch(words)
    unit = next((unit for unit, name in _UNIT.items() if found and name.fullmatch(found[4].strip())), None)
    if found is None or unit is None:
        raise Refusal(f"Không hiểu thời hạn “{text.strip()[:60]}”. {HINT}", field="limit")
    amount = _amount(found[1], found[2], found[3], text)
    if amount == 0:
        raise Refusal(f"Thời hạn phải lớn hơn 0. {HINT}", field="limit")
    return limit_of(amount, unit)


def _amount(whole: str, mark: str | None, rest: str | None, text: str) -> Fraction:
    if mark is None or rest is None:
        return Fraction(int(whole))
    if mark == "/":
        if int(rest) == 0:
            raise Refusal(f"Không hiểu thời hạn “{text.strip()[:60]}”. {HINT}", field="limit")
        return Fraction(int(whole), int(rest))
    return Fraction(f"{whole}.{rest}")
