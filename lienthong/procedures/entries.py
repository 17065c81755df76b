"""Reading the tables of a file one named value at a time, collecting everything that is wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from typing import Any

from lienthong.calendars.limits import Limit
from lienthong.fields import conditions
from lienthong.fields.conditions import ALWAYS, Condition
from lienthong.fields.form import FACTS
from lienthong.kernel.faults import Fault, Faults, Path
from lienthong.kernel.vietnamese import nfc
from lienthong.workflow.reading import limit_of

LARGEST_AMOUNT = 10**13
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Entry:
    """One table of the file: typed values by name; what nobody asked for is a fault at the end (``rest``)."""

    def __init__(self, raw: object, at: Path, faults: list[Fault]) -> None:
        self.raw: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
        self.at, self.faults = at, faults
        self.asked: set[str] = set()
        if not isinstance(raw, Mapping):
            self.wrong("", "Chỗ này phải là một bảng.")

    def wrong(self, name: str, sentence: str) -> None:
        """Note a fault of one value."""
        self.faults.append(Fault((*self.at, name) if name else self.at, sentence))

    def get(self, name: str) -> Any:
        """Return a raw value, and remember that it was asked for."""
        self.asked.add(name)
        return self.raw.get(name)

    def text(self, name: str, *, needed: str = "", longest: int = 1000) -> str:
        """Return a text; ``needed`` says what to write where it must not be missing."""
        value = self.get(name)
        if value is None or value == "":
            if needed:
                self.wrong(name, needed)
            return ""
        if not isinstance(value, str):
            self.wrong(name, f"{name} phải là chữ, đặt trong dấu ngoặc kép.")
            return ""
        text = nfc(value).strip()
        if len(text) > longest:
            self.wrong(name, f"{name} dài {len(text)} ký tự; tối đa {longest}.")
        return text

    def word(self, name: str, allowed: Collection[str], *, default: str = "") -> str:
        """Return one of the allowed words."""
        value = self.get(name)
        if value is None and default:
            return default
        if value not in allowed:
            self.wrong(name, f"{name} là một trong: {', '.join(allowed)}.")
            return default or next(iter(allowed))
        return str(value)

    def words(self, name: str, allowed: Collection[str] = (), *, needed: str = "") -> tuple[str, ...]:
        """Return a list of texts, each one of the allowed words where there are any."""
        value = self.get(name)
        if value is None:
            if needed:
                self.wrong(name, needed)
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self.wrong(name, f'{name} là danh sách chữ, ví dụ ["a", "b"].')
            return ()
        for one in value:
            if allowed and one not in allowed:
                self.wrong(name, f"Không có “{one}” trong {name}. Chọn trong: {', '.join(allowed)}.")
        return tuple(nfc(one).strip() for one in value)

    def number(self, name: str, *, default: int = 0, most: int = 999, least: int = 0) -> int:
        """Return a whole number."""
        value = self.get(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.wrong(name, f"{name} là số nguyên từ {least} đến {most}.")
            return default
        return value

    def amount(self, name: str) -> int:
        """Return an amount of đồng."""
        return self.number(name, most=LARGEST_AMOUNT)

    def flag(self, name: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.wrong(name, f"{name} là true hoặc false.")
        return value is True

    def day(self, name: str, *, needed: str = "") -> dt.date | None:
        """Return a day."""
        value = self.get(name)
        if value is None:
            if needed:
                self.wrong(name, needed)
            return None
        if type(value) is not dt.date:
            self.wrong(name, f"{name} là một ngày không có ngoặc kép, ví dụ 2025-07-01.")
            return None
        return value

    def limit(self, name: str, *, needed: str = "") -> Limit | None:
        """Return a limit; "không quy định" is none."""
        value = self.get(name)
        if value is None and needed:
            self.wrong(name, needed)
        return limit_of(value, self.faults, (*self.at, name))

    def condition(self, name: str, known: Collection[str] | None) -> Condition | None:
        """Return a condition over the fields of the form; None where there is none."""
        value = self.get(name)
        if value is None:
            return None
        try:
            return conditions.read(value, known=known, facts=FACTS)
        except Faults as found:
            self.faults += [fault.under(*self.at, name) for fault in found.faults]
            return ALWAYS

    def tables(self, name: str) -> list[Entry]:
        """Return a list of tables."""
        value = self.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(name, f"Viết mỗi mục là một bảng [[{name}]].")
            return []
        return [Entry(one, (*self.at, name, number), self.faults) for number, one in enumerate(value)]

    def rest(self) -> None:
        """Note every name that nobody asked for."""
        known = ", ".join(sorted(self.asked))
        for name in self.raw:
            if name not in self.asked:
                self.wrong(name, f"Không có mục “{name}” ở đây. Các mục: {known}.")


def read_key(entry: Entry) -> str:
    """Return the key of a table's entry."""
    key = entry.text("key", needed="Ghi mã (key).")
    if key and not KEY.fullmatch(key):
        entry.wrong("key", "Mã (key) gồm chữ thường không dấu, số, gạch dưới; tối đa 40 ký tự.")
    return key
