"""The abstract: "V/v …" under the number of a letter, or the lines under the title of every other document."""

from __future__ import annotations

import re

from lienthong.documents.extraction import echo, letter_case, wording
from lienthong.documents.extraction.doc_type import ABOUT
from lienthong.documents.extraction.page import Cell, Page
from lienthong.documents.extraction.proposal import Proposal, propose
from lienthong.documents.extraction.skeleton import fuzzy, skeleton

_STOP = re.compile(
    r"^\W*(?:can cu|k[il]nh g[uo]i|thuc hien|thi hanh|xet|nham|de |nhan dip|dieu 1|chuong [ivx\d]|phan (?:i\b|thu)"
    r"|[i1]\.\s|[i1]-|\(?kem theo|noi nhan"
    r"|\(?ban hanh kem|kinh moi|tran trong|ngay \d+|hoi \d+|thoi gian|trong (?:thang|thoi gian|quy|nam)|hom nay"
    r"|vao luc|so\s*[:.]|nd/"
    r"|quyet nghi|quyet dinh\W*$|bien ban\W*$)"
)
_AUTHORITY = re.compile(
    r"^\W*(?:(?:bo truong|thu truong|giam doc|chu tich|thu tuong|chinh phu|cuc truong|tong cuc truong|chanh"
    r" thanh tra|thong doc|uy ban nhan"
    r" dan|ubnd|hoi dong nhan dan|hdnd|truong ban|hieu truong|truong phong|chanh van phong|tong thanh tra|tong"
    r" giam doc|chi cuc truong"
    r"|vien truong|tong kiem toan|quoc hoi|ban thuong vu|ban chap hanh|dien|uy ban thuong vu|hoi dong|so |bo "
    r"|cong an)|[uỷ]y ban)"
)
_MARK = re.compile(rf"^\W*(?:{fuzzy('hoa toc')}|{fuzzy('thuong khan')}|khan|mat|toi mat|tuyet mat)\W*$")
_STAMP = re.compile(r"^\W*(?:ngay|gio|so)\W{2,}|^\W*den\W*$|^\W*[a-z]\d\w{1,6}\W*$")
_RIGHT_COLUMN = re.compile(
    r"[ \t]+(?:ĐẾN\b|ĐÉN\b|[A-ZĐ]ẾN\s+Gi).*$|[ \t]+[=—_]{3,}.*$|[ \t]+(?:Ngày|Giờ|Số)\s?[.:]{2,}.*$"
)
_END_OF_LETTER = re.compile(r"\./\.?\s*$")
_OPENING = " _-\"'“("
LONGEST = 700


def find(page: Page, title: Cell | None, cells: list[Cell], *, is_named: bool) -> Proposal | None:
    """Propose the abstract; ``cells`` are those between the number or the title and the body.

    ``is_named``: the symbol names a type, so that the abstract may stand there though its title line was lost.
    """
    lines = _under_title(page, title, cells) if title else _about(page, cells)
    if not lines and is_named and title is None:
        lines = _without_title(page, cells)
    if not lines:
        return None
    start, end = lines[0].start, lines[-1].end
    printed = wording.tidy("\n".join(_line(page, line) for line in lines))
    value = _with_prefix(wording.mend(echo.without_dust(letter_case.small_letters(printed, page), page), page))
    if not 5 <= len(value) <= LONGEST:
        return None
    is_clean = skeleton(value) == skeleton(printed) and not re.search(r"[^\w\s.,;:()/\-–—“”\"'&%+]", value)
    how = "Dòng dưới tên loại văn bản" if title else "Dòng “V/v” dưới số, ký hiệu"
    return propose(page.text, value, (start, end), 0.9 if is_clean else 0.7, how)


def _line(page: Page, cell: Cell) -> str:
    """Return a line without what a second column or a stamp left at its end, but with the hyphen that joins it on."""
    hyphen = re.match(r"( ?[-–])[ \t]*\n", page.text[cell.end : cell.end + 12])
    return _RIGHT_COLUMN.sub("", cell.text) + (hyphen[1] if hyphen else "")


def _without_title(page: Page, cells: list[Cell]) -> list[Cell]:
    """Return the lines under the number of a document whose title line is missing."""
    below = [cell for cell in cells if len(cell.text) > 15]
    if not below or _is_authority(below[0]) or _STOP.match(below[0].plain):
        return []
    return _until_stop(page, below, in_capitals=_capitals(below[0].text))


def _about(page: Page, cells: list[Cell]) -> list[Cell]:
    """Return the lines from "V/v" on."""
    for place, cell in enumerate(cells):
        if ABOUT.match(cell.plain):
            return _until_stop(page, cells[place:], in_capitals=False)
    return []


def _under_title(page: Page, title: Cell, cells: list[Cell]) -> list[Cell]:
    """Return the lines under the title, up to who decides or the first sentence."""
    below = [cell for cell in cells if cell.start >= title.end and not _MARK.match(cell.plain)]
    if not below or _is_authority(below[0]) or (_STOP.match(below[0].plain) and not _may_open(below[0])):
        about = [cell for cell in cells if cell.end <= title.start and ABOUT.match(cell.plain)]
        return _until_stop(
            page, [cell for cell in cells if about and about[0].start <= cell.start < title.start], in_capitals=False
        )
    return _until_stop(page, below, in_capitals=_capitals(below[0].text))


def _may_open(cell: Cell) -> bool:
    """Tell whether a line that looks like a sentence may be the abstract itself ("Thực hiện Chương trình …")."""
    return (
        cell.plain.startswith(("thuc hien", "thi hanh"))
        and len(cell.text) < 110
        and not cell.text.rstrip().endswith((";", ",", ":"))
    )


def _until_stop(page: Page, cells: list[Cell], *, in_capitals: bool) -> list[Cell]:
    taken: list[Cell] = []
    for cell in cells:
        if taken and _ends_before(page, taken, cell, in_capitals=in_capitals):
            break
        if taken and _END_OF_LETTER.search(cell.text):
            return _before_sentence([*taken, cell])
        if not _MARK.match(cell.plain) and not _STAMP.search(cell.plain):
            taken.append(cell)
        if len(taken) > 14:
            break
    return taken


def _before_sentence(lines: list[Cell]) -> list[Cell]:
    """Return the lines above the sentence that ends the letter: it starts at the last line with a capital."""
    starts = [place for place, line in enumerate(lines) if line.text.lstrip(_OPENING)[:1].isupper() and place]
    return lines[: starts[-1]] if starts else lines[:1]


def _ends_before(page: Page, taken: list[Cell], cell: Cell, *, in_capitals: bool) -> bool:
    """Tell whether a line no longer belongs to the abstract."""
    between = page.text[taken[-1].end : cell.start]
    after_blank = between.count("\n") > 1
    if _capitals(cell.text) != in_capitals and len(cell.text) > 12:
        return True
    if (_is_authority(cell) and _capitals(cell.text) and not _unfinished(taken[-1])) or _is_small_stop(cell, taken[-1]):
        return True
    if not after_blank:
        return False
    return not (cell.text[:1].islower() or _unfinished(taken[-1]))


def _is_small_stop(cell: Cell, before: Cell) -> bool:
    return (
        bool(_STOP.match(cell.plain))
        and cell.text.lstrip(_OPENING)[:1].isupper()
        and not (_unfinished(before) and _capitals(cell.text))
    )


def _is_authority(cell: Cell) -> bool:
    return bool(_AUTHORITY.match(cell.plain)) and _capitals(cell.text)


def _unfinished(cell: Cell) -> bool:
    """Tell whether a line cannot be the end of the abstract."""
    return bool(
        re.search(
            r"(?:[-–,;]|\b(?:va|cua|tai|cho|ve|cac|voi|theo|doi voi|tinh|thanh pho|do|de|giua|trong|so))$",
            cell.plain.rstrip(" _"),
        )
    )


def _capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(letter.isupper() for letter in letters) * 10 >= len(letters) * 8


def _with_prefix(value: str) -> str:
    """Write the "V/v" of a garbled reading as it is printed, and the first letter as a capital."""
    match = ABOUT.match(skeleton(value))
    if match and not skeleton(value).startswith("ve viec"):
        return "V/v " + value[match.end() :].lstrip(" .:;")
    value = re.sub(r"^[vV]\S{1,2} việc\b", "Về việc", value)
    return value[:1].upper() + value[1:]
