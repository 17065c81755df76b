"""The stamp of urgency: Hỏa tốc, Thượng khẩn, Khẩn."""

from __future__ import annotations

import re

from lienthong.documents.extraction.page import Cell, Page
from lienthong.documents.extraction.proposal import Proposal, propose
from lienthong.documents.extraction.skeleton import fuzzy

_STAMPS = (
    (re.compile(rf"\b{fuzzy('hoa toc')}\b|^\W*{fuzzy('hoa toc')}"), "Hỏa tốc", 0.95),
    (re.compile(rf"\b{fuzzy('thuong khan')}\b"), "Thượng khẩn", 0.95),
    (re.compile(r"^\W*khan\W*$"), "Khẩn", 0.9),
    (re.compile(r"^\W*\w{1,3}oa\s+[txf7]oc\W*(?:kinh gui|$)|^\W*\w{1,3}oa\s+[txf7]oc\W*\]"), "Hỏa tốc", 0.5),
)


def find(page: Page, cells: list[Cell]) -> Proposal | None:
    """Propose the urgency from a stamp in the heading; the same words inside a sentence do not count."""
    for cell in cells:
        for pattern, value, confidence in _STAMPS:
            match = pattern.search(cell.plain)
            if match and (
                _is_stamp(cell.text[match.start() : match.end()]) or len(cell.text) < 16 or confidence == 0.5
            ):
                return propose(
                    page.text, value, (cell.start + match.start(), cell.start + match.end()), confidence, "Dấu độ khẩn"
                )
    return None


def _is_stamp(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) * 10 >= len(letters) * 8
