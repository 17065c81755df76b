"""Money as people write it, in whole đồng: 1.200.000, 50 triệu, 1,5 tỷ, 2 tỷ 350 triệu. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

from lienthong.kernel.vietnamese import fold

EXAMPLE = "1.200.000 hoặc 50 triệu"
CURRENCY = re.compile(r"\s*(?:dong|vnd|d)\.?$")
SIZES = {"ty": 10**9, "ti": 10**9, "trieu": 10**6, "tr": 10**6, "nghin": 10**3, "ngan": 10**3, "k": 10**3, "": 1}
NUMBER = r"[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]{1,15}"
PART = re.compile(rf"({NUMBER})(?:,([0-9]{{1,9}}))?\s*(ty|ti|trieu|tr|nghin|ngan|k)?(?![a-z])\s*")
ONE_DOT = re.compile(r"([0-9]{1,15})\.([0-9]{1,2}|[0-9]{4,9})(?=\s*(?:ty|ti|trieu|tr)\b)")
"""1.5 tỷ: a dot before one or two digits and a word cannot stand between thousands."""


def read_dong(text: str) -> int | None:
    """Return the amount in đồng, or None where it is none, not whole, or its parts do not go down (2 triệu 1 tỷ)."""
    line = ONE_DOT.sub(r"\1,\2", CURRENCY.sub("", " ".join(fold(text).split())))
    sign, line = (-1, line[1:]) if line.startswith("-") else (1, line)
    total, place, last = Decimal(0), 0, 10**18
    while place < len(line):
        found = PART.match(line, place)
        if found is None:
            return None
        size = SIZES[found[3] or ""]
        number = Decimal(f"{re.sub('[. ]', '', found[1])}.{found[2] or 0}")
        if size >= last or (size == 1 and (found[2] or (place and number < 1000))):  # "1 tỷ 2" may mean 1,2 tỷ
            return None
        total += number * size
        place, last = found.end(), size
    if last == 10**18 or total != int(total):
        return None
    return sign * int(total)
