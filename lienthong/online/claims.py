"""What a national sign-in says of somebody, read by data: which claim is the number, the name, the birth. Pure."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from django.conf import settings

from lienthong.kernel.refusal import Refusal

NUMBER = re.compile(r"\d{12}|\d{9}")
BIRTH = re.compile(r"\d{4}(?:-\d{2}-\d{2})?")
LACKING = "Cổng định danh không trả về {what}. Hãy đăng nhập bằng mã gửi tới điện thoại, hoặc đến Bộ phận Một cửa."


@dataclass(frozen=True, slots=True)
class Identified:
    """Người đã được định danh: who stands at the provider under ``subject``, with the number of their identity."""

    issuer: str
    subject: str
    number: str
    name: str
    birth: str = ""

    def kept(self) -> dict[str, str]:
        """Return it as a session keeps it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Mapped:
    """Bảng trường: the scope asked for, and the claims tried for each thing."""

    valid_from: dt.date
    scope: str
    number: tuple[str, ...]
    name: tuple[str, ...]
    birth: tuple[str, ...]


def mapping(on: dt.date) -> Mapped:
    """Return the mapping in force on a day."""
    return max((one for one in _all() if one.valid_from <= on), key=lambda one: one.valid_from)


@cache
def _all() -> tuple[Mapped, ...]:
    with (settings.BASE_DIR / "data" / "national_sign_in.toml").open("rb") as file:
        rows = tomllib.load(file)["claims"]
    return tuple(
        Mapped(row["valid_from"], row["scope"], tuple(row["number"]), tuple(row["name"]), tuple(row["birth"]))
        for row in rows
    )


def has_number(claims: Mapping[str, Any], mapped: Mapped) -> bool:
    """Tell whether the claims already say the number."""
    return bool(_first(claims, mapped.number))


def identified(claims: Mapping[str, Any], issuer: str, mapped: Mapped) -> Identified:
    """Read who it is. Refuses claims without a subject, a number of 12 (or, of old, 9) digits, or a name."""
    number = re.sub(r"[\s.]", "", _first(claims, mapped.number))
    name = " ".join(_first(claims, mapped.name).split())
    subject = str(claims.get("sub") or "")
    if not subject or not (number.isascii() and NUMBER.fullmatch(number)):
        raise Refusal(LACKING.format(what="số định danh cá nhân"))
    if not name:
        raise Refusal(LACKING.format(what="họ tên"))
    birth = _first(claims, mapped.birth)
    return Identified(issuer, subject, number, name[:150], birth if BIRTH.fullmatch(birth) else "")


def _first(claims: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((str(claims[name]).strip() for name in names if claims.get(name)), "")
