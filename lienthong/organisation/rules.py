"""Rules of periods and words that every operation of the organisation asks; they refuse in whole sentences."""

from __future__ import annotations

import datetime as dt

from lienthong.kernel.refusal import Refusal
from lienthong.kernel.vietnamese import nfc


def day(date: dt.date) -> str:
    """Return a date as people write it."""
    return f"{date:%d/%m/%Y}"


def clean(text: str) -> str:
    """Return text composed, with single spaces and without control or direction marks."""
    return " ".join("".join(c for c in nfc(text) if c.isprintable() or c.isspace()).split())


def required(text: str, *, what: str, field: str, longest: int) -> str:
    """Return the cleaned text; refuse an empty or too long one."""
    cleaned = clean(text)
    if not cleaned:
        raise Refusal(f"Hãy nhập {what}.", field=field)
    return short_enough(cleaned, what=what, field=field, longest=longest)


def short_enough(text: str, *, what: str, field: str, longest: int) -> str:
    """Return the cleaned text; refuse a too long one."""
    cleaned = clean(text)
    if len(cleaned) > longest:
        raise Refusal(f"Phần {what} dài {len(cleaned)} ký tự, nhiều nhất là {longest}. Hãy viết ngắn lại.", field=field)
    return cleaned


def ordered(valid_from: dt.date, valid_to: dt.date | None) -> None:
    """Refuse a period that ends before, or on the day, it starts."""
    if valid_to is not None and valid_to <= valid_from:
        raise Refusal(
            f"Ngày thôi ({day(valid_to)}) phải sau ngày bắt đầu ({day(valid_from)}). Hãy xem lại hai ngày này.",
            field="valid_to",
        )


def overlap(a_from: dt.date, a_to: dt.date | None, b_from: dt.date, b_to: dt.date | None) -> bool:
    """Tell whether two periods have a day in common."""
    return (b_to is None or a_from < b_to) and (a_to is None or b_from < a_to)


def within(
    valid_from: dt.date, valid_to: dt.date | None, outer_from: dt.date, outer_to: dt.date | None, *, what: str
) -> None:
    """Refuse a period that reaches beyond that of the thing it belongs to."""
    if valid_from < outer_from:
        raise Refusal(f"{what} chỉ có từ ngày {day(outer_from)}. Hãy chọn ngày từ đó trở đi.", field="valid_from")
    if outer_to is not None and (valid_to is None or valid_to > outer_to):
        raise Refusal(
            f"{what} chỉ đến trước ngày {day(outer_to)}. Hãy chọn ngày thôi không muộn hơn.", field="valid_to"
        )
