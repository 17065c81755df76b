"""What was found of an official document in a DOCX, and how its lines are looked at."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lienthong.formatting.blocks import is_capitals
from lienthong.formatting.official import DRAFT_MARK, URGENCY_MARKS, one_line
from lienthong.formatting.reading.docx_text import Item, Text
from lienthong.kernel.vietnamese import fold, nfc

ONLY_RULE = re.compile(r"\s*|[\s_\-–—=*o]{2,}")
APPENDIX_LABEL = re.compile(r"^phụ lục(?:\s+(?:số\s+)?[IVXLC\d]+)?\s*[.:]?$", re.IGNORECASE)
_CIRCULATION = ("XEM XONG TRẢ LẠI", "LƯU HÀNH NỘI BỘ")
_URGENCY = {fold(words): name for name, words in URGENCY_MARKS.items()}


@dataclass(slots=True)
class Found:
    """What was found; the rest of the items is the body, then the appendices."""

    superior: str = ""
    issuer: str = ""
    symbol: str = ""
    place: str = ""
    date: dt.date | None = None
    type_name: str = ""
    abstract: str = ""
    addressees: tuple[str, ...] = ()
    signing: tuple[str, ...] = ()
    signer: str = ""
    recipients: tuple[str, ...] = ()
    urgency: str = "normal"
    circulation: str = ""
    drafter: str = ""
    copies: int | None = None
    is_draft: bool = False
    has_head: bool = False
    has_signing: bool = False
    body: list[Item] = field(default_factory=list)
    rest: list[Item] = field(default_factory=list)


def takes_mark(text: str, found: Found) -> bool:
    """Take a mark of urgency, circulation or draft; tell whether it was one."""
    words = one_line(text).strip(" .").upper()
    if fold(words) in _URGENCY:
        found.urgency = _URGENCY[fold(words)]
    elif words in _CIRCULATION:
        found.circulation = words
    elif words in {DRAFT_MARK, "DỰ THẢO LẦN 1", "DỰ THẢO LẦN 2", "DỰ THẢO LẦN 3", "(DỰ THẢO)"}:
        found.is_draft = True
    else:
        return False
    return True


def lines_of(text: Text) -> list[str]:
    """Return the lines of a paragraph that say something."""
    return [line for part in nfc(text.text).split("\n") if (line := part.strip())]


def in_capitals(text: Text) -> bool:
    """Tell whether a paragraph is shown in capitals."""
    return text.is_caps or is_capitals(text.text)


def bare_name(line: str) -> str:
    """Return a name of a list without its dash and end mark."""
    return one_line(line).lstrip("-–+•▪ ").rstrip(";.,: ")


def without_empty(items: Sequence[Item], start: int, end: int) -> int:
    """Return where the body ends when the empty paragraphs before its end are left out."""
    while end > start and isinstance(last := items[end - 1], Text) and not last.text.strip() and not last.breaks_after:
        end -= 1
    return end
