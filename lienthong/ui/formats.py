"""How dates, times, money and numbers are written for Vietnamese readers. Pure; the template filters call these."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from lienthong.kernel import clock

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
LONG = 30  # days: from here on the hours say nothing
SIZES = ("B", "KB", "MB", "GB", "TB")
LARGE = ((Decimal(10**9), "tỷ đồng"), (Decimal(10**6), "triệu đồng"))


def day(value: dt.date | dt.datetime) -> str:
    """Write a day: ``22/01/2014`` (a moment by the date in Viet Nam)."""
    return _date(value).strftime("%d/%m/%Y")


def weekday(value: dt.date | dt.datetime) -> str:
    """Write a day with its weekday: ``thứ Tư 22/01/2014``."""
    return f"{WEEKDAYS[_date(value).weekday()]} {day(value)}"


def time(value: dt.datetime | dt.time) -> str:
    """Write a time of day in Viet Nam: ``14:05``."""
    return (clock.local(value) if isinstance(value, dt.datetime) else value).strftime("%H:%M")


def moment(value: dt.datetime) -> str:
    """Write a moment: ``14:05 22/01/2014``."""
    return f"{time(value)} {day(value)}"


def number(value: float | Decimal, places: int = 0) -> str:
    """Write a number with dots between thousands and a decimal comma: ``1.234,5``; zeros at the end fall away."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{exact:,}".translate(str.maketrans(",.", ".,"))
    return text.rstrip("0").rstrip(",") if places else text


def dong(value: float | Decimal) -> str:
    """Write money in full: ``1.200.000 đ``."""
    return f"{number(value)} đ"


def short_dong(value: float | Decimal) -> str:
    """Write money at a glance: ``1,2 tỷ đồng``, ``350 triệu đồng``; below a million in full."""
    exact = Decimal(str(value))
    for size, word in LARGE:
        if abs(exact) >= size:
            return f"{number(exact / size, 2)} {word}"
    return dong(exact)


def percent(part: float | Decimal, whole: float | Decimal = 1) -> str:
    """Write a share: ``87,5%``; of nothing, a dash."""
    return f"{number(Decimal(str(part)) * 100 / Decimal(str(whole)), 1)}%" if whole else "–"


def size(octets: int) -> str:
    """Write the size of a file: ``1,4 MB``."""
    value = float(octets)
    for unit in SIZES[:-1]:
        if value < 1024:
            return f"{number(value, 0 if unit == 'B' else 1)} {unit}"
        value /= 1024
    return f"{number(value, 1)} {SIZES[-1]}"


def span(length: dt.timedelta, *, hours_a_day: float = 8) -> str:
    """Write working time as a person says it: ``2 ngày 3 giờ``, ``3 giờ``, ``40 phút``."""
    minutes = int(abs(length).total_seconds() // 60)
    days, minutes = divmod(minutes, int(hours_a_day * 60))
    hours, minutes = divmod(minutes, 60)
    if days:
        return f"{number(days)} ngày {hours} giờ" if hours and days < LONG else f"{number(days)} ngày"
    return f"{hours} giờ" if hours else f"{minutes} phút"


def _date(value: dt.date | dt.datetime) -> dt.date:
    return clock.local_date(value) if isinstance(value, dt.datetime) else value
