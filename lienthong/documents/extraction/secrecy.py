"""A warning: the mark of secrecy (TUYỆT MẬT, TỐI MẬT, MẬT) in a heading. Such papers do not belong in this system."""

from __future__ import annotations

import re

from lienthong.documents.extraction.page import HEAD, Page, cut
from lienthong.kernel.vietnamese import nfc

_MARKS = (("tuyet mat", "Tuyệt mật"), ("toi mat", "Tối mật"), ("mat", "Mật"))
_MARK = re.compile(r"^\W*(?:(?:do|muc do) mat\s*:\s*)?(?P<mark>tuyet\s*mat|to[il1]\s*mat|mat)\W*$")


def secrecy_mark(text: str) -> str | None:
    """Return the mark of secrecy that stands alone in capitals in the heading, None where there is none.

    Best effort: "bí mật nhà nước" in a sentence is no mark; a stamp that the scanner did not read is not seen.
    """
    page = Page(nfc(text[:HEAD]))
    for cell in cut(page.text[: max(page.body, 600)], 0):
        match = _MARK.match(cell.plain)
        letters = [letter for letter in cell.text if letter.isalpha()]
        if match and sum(letter.isupper() for letter in letters) * 10 >= len(letters) * 8 and _has_tone(cell.text):
            found = re.sub(r"\s+", " ", match["mark"].replace("1", "i").replace("l", "i"))
            return next(name for mark, name in _MARKS if mark == found)
    return None


def _has_tone(text: str) -> bool:
    """Tell whether a cell is not simply "MẮT" or "MAT": the mark is written "MẬT", or nearly so."""
    return not re.search(r"\bM[ẮẶĂÁÀẢÃẠ]T\b", text)
