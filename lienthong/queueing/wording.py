"""What people type, cleaned: telephone numbers, names."""

from __future__ import annotations

import re
import secrets

from lienthong.kernel.refusal import Refusal
from lienthong.organisation.rules import required, short_enough

PHONE = re.compile(r"0\d{9,10}")
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def phone(text: str) -> str:
    """Return a telephone number of the country, digits alone; refuses what is none."""
    digits = re.sub(r"[\s.()\-]", "", text)
    digits = re.sub(r"^(\+84|0084|84)", "0", digits)
    if not PHONE.fullmatch(digits):
        raise Refusal("Số điện thoại gồm 10 chữ số, bắt đầu bằng 0.", field="phone")
    return digits


def code(text: str) -> str:
    """Return a code as it is kept, whatever spaces and small letters were typed."""
    return re.sub(r"[\s\-]", "", text).upper()[:10]


def new_code() -> str:
    """Return a new code of eight letters and digits that are not mistaken for one another."""
    return "".join(secrets.choice(LETTERS) for _ in range(8))


def name(text: str) -> str:
    """Return a person's name; refuses none."""
    return required(text, what="họ và tên", field="name", longest=100)


def words(text: str, *, what: str, field: str, longest: int) -> str:
    """Return a remark, which may be empty."""
    return short_enough(text, what=what, field=field, longest=longest)
