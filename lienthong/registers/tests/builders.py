"""Entries for tests, made by calling operations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from lienthong.kernel.subjects import Subject
from lienthong.registers.models import Entry
from lienthong.registers.operations import Entering, enter
from tests.cast import AT, COMMUNE_CODE, Cast

SAID = {
    "tre": {"name": "Trần Minh Khang", "birth": "2014-03-01", "sex": "male"},
    "noi_sinh": "Bệnh viện đa khoa Bắc Bình Thuận",
    "me": {"name": "Nguyễn Thị Hòa", "birth": "1985"},
    "noi_cu_tru_me": {"commune": COMMUNE_CODE, "street": "Thôn Hà Thủy 1"},
    "nguoi_khai": {"name": "Trần Văn Nam", "id_kind": "cmnd", "id_number": "260123456"},
    "quan_he": "cha_me",
}


def entering(cast: Cast, number: int = 1, **changes: Any) -> Entering:
    """Return a birth that the commune registered; ``number`` tells results of invented cases apart."""
    known: dict[str, Any] = {
        "subject": Subject("result", number),
        "thread": Subject("case", number),
        "agency": cast.commune,
        "procedure": "1.001193",
        "result": "giay_khai_sinh",
        "said": SAID,
        "origin": f"H11.30.05-140310-{number:04}",
        "paper": f"{number:02}/2014",
        "readers": [cast.registrar.audience],
    }
    return Entering(**known | changes)


def an_entry(cast: Cast, number: int = 1, *, at: dt.datetime = AT, **changes: Any) -> Entry:
    """Enter a birth into the book of the commune."""
    return enter("khai-sinh", entering(cast, number, **changes), actor=cast.registrar, at=at)
