"""What the pages of an official document show: the elements of NĐ 30/2020/NĐ-CP Phụ lục I, as plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DRAFT_MARK = "DỰ THẢO"
URGENCY_MARKS = {"urgent": "KHẨN", "very_urgent": "THƯỢNG KHẨN", "express": "HỎA TỐC"}
"""How urgent a document is, in the words of the registers → the mark on its first page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appendix:
    """Phụ lục: its label ("Phụ lục I"; empty for a single one), its name, and its own body."""

    title: str = ""
    caption: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """Văn bản hành chính: everything that its pages show, and nothing else.

    ``symbol`` is whole ("139/QĐ-UBND"; a draft leaves room for its number: "      /QĐ-UBND"); ``date`` is None for a
    draft; ``type_name`` is empty for a công văn, whose abstract then stands under its number. ``signing`` are the lines
    above the name; ``recipients`` the lines of Nơi nhận without dash and end mark. ``contact`` is the address line at
    the foot of the first page. ``body`` is the light markup that ``blocks`` reads.
    """

    superior: str = ""
    issuer: str
    symbol: str
    place: str
    date: dt.date | None
    type_name: str = ""
    abstract: str
    addressees: tuple[str, ...] = ()
    body: str
    signing: tuple[str, ...]
    signer: str = ""
    recipients: tuple[str, ...] = ()
    urgency: str = "normal"
    circulation: str = ""
    drafter: str = ""
    copies: int | None = None
    contact: str = ""
    appendices: tuple[Appendix, ...] = ()
    is_draft: bool = False

    @property
    def is_letter(self) -> bool:
        """Tell whether it is a công văn: a document without a type name."""
        return not self.type_name.strip()

    @property
    def title(self) -> str:
        """Return its name for people: "Quyết định 139/QĐ-UBND: Về việc …"."""
        name = self.type_name.strip().capitalize() or "Công văn"
        symbol = self.symbol.strip()
        number = f" {symbol}" if symbol and not symbol.startswith("/") else ""
        return f"{name}{number}: {one_line(self.abstract)}"


def one_line(text: str) -> str:
    """Return the text with every run of white space made one space."""
    return " ".join(text.split())


def dateline(date: dt.date | None, *, year: int | None = None) -> str:
    """Return "ngày 05 tháng 3 năm 2020"; without a date, room to write it by hand (the year where it is known).

    Days under 10 and the months 1 and 2 take a leading 0 (Phụ lục I, mục II.4).
    """
    if date is None:
        return f"ngày      tháng      năm {year}" if year else "ngày      tháng      năm        "
    month = f"{date.month:02}" if date.month < 3 else str(date.month)
    return f"ngày {date.day:02} tháng {month} năm {date.year}"


def attachment_line(official: Official, *, year: int | None = None) -> tuple[str, str, str]:
    """Return what stands under the name of each appendix: "(Kèm theo Quyết định số … ", the date, " của …)"."""
    name = official.type_name.strip().capitalize() or "Công văn"
    date = dateline(official.date, year=year)
    return f"(Kèm theo {name} số {official.symbol} ", date, f" của {one_line(official.issuer)})"


def recipient_lines(official: Official) -> tuple[str, ...]:
    """Return the lines of Nơi nhận as printed: a dash, the name, ";" after each and "." after the last."""
    names = [name for line in official.recipients if (name := one_line(line).lstrip("-– ").rstrip(";. "))]
    return tuple(f"- {name}{'.' if place == len(names) else ';'}" for place, name in enumerate(names, start=1))


def addressee_lines(official: Official) -> tuple[str, ...]:
    """Return the names after "Kính gửi:": one as it is; of several each with a dash, ";" and at last "."."""
    names = [name for line in official.addressees if (name := one_line(line).lstrip("-– ").rstrip(";. "))]
    if len(names) < 2:
        return tuple(names)
    return tuple(f"- {name}{'.' if place == len(names) else ';'}" for place, name in enumerate(names, start=1))


def drafter_line(official: Official) -> str:
    """Return the sign of the drafter and how many copies: "NTL.(15)"; empty where neither is known."""
    copies = f"({official.copies})" if official.copies else ""
    drafter = official.drafter.strip().upper()
    return f"{drafter}.{copies}" if drafter and copies else drafter or copies
