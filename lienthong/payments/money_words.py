"""Money in words, as receipts say it: 1.205.000 → "Một triệu hai trăm lẻ năm nghìn đồng". Pure."""

from __future__ import annotations

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SIZES = ("", " nghìn", " triệu")


def in_words(amount: int) -> str:
    """Return an amount of whole đồng in words."""
    if amount == 0:
        return "Không đồng"
    said = " ".join(_thousands(amount).split())
    return f"{said[0].upper()}{said[1:]} đồng"


def _thousands(amount: int) -> str:
    """Say a number of any size: what stands above a billion is said by itself, then "tỷ"."""
    above, below = divmod(amount, 10**9)
    parts = [f"{_thousands(above)} tỷ"] if above else []
    for place in (2, 1, 0):
        group = below // 1000**place % 1000
        if group:
            parts.append(_group(group, is_first=not parts) + SIZES[place])
    return " ".join(parts)


def _group(number: int, *, is_first: bool) -> str:
    """Say three digits; inside a larger number the hundreds and "lẻ" are always said."""
    hundreds, tens, units = number // 100, number // 10 % 10, number % 10
    words = [] if is_first and not hundreds else [f"{DIGITS[hundreds]} trăm"]
    if tens:
        words.append("mười" if tens == 1 else f"{DIGITS[tens]} mươi")
    elif units and words:
        words.append("lẻ")
    if units:
        words.append(_units(tens, units))
    return " ".join(words)


def _units(tens: int, units: int) -> str:
    if units == 1 and tens > 1:
        return "mốt"
    if units == 5 and tens:
        return "lăm"
    return DIGITS[units]
