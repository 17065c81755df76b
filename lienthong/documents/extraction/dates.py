"""Dates: the date of the document beside its place, and any date written in a text."""

from __future__ import annotations

import datetime as dt
import re

from lienthong.documents.extraction.page import Page
from lienthong.documents.extraction.proposal import Proposal, propose

_DIGITS = str.maketrans("oOôÔlI|!][", "0000111111")
_GAP = r"[ \t.]{0,3}\n?[ \t]{0,3}"
_IN_WORDS = re.compile(
    rf"[nu][gq][a-z0]y[ \t]{{0,3}}(?P<day>[^\n,;]{{0,5}}?){_GAP}"
    rf"t[hb1l]?[a-z][nu]g[ \t‘'.]{{0,3}}(?P<month>[^\n,;/]{{1,4}}?){_GAP}"
    r"[nu][a-z][mn][ \t‘'.]{0,3}\n?"
    r"(?P<year>[0-9ol|!\]i][0-9ol|!\]i ]{3,4})"
)
_IN_FIGURES = re.compile(
    r"(?:ngay|, )[ \t]{0,3}(?P<day>\d{1,2})[ \t]?[/.\-][ \t]?(?P<month>\d{1,2})[ \t]?[/.\-][ \t]?"
    r"(?P<year>(?:19|20)\d\d)(?!\d)"
)
_PLACE_WORD = re.compile(r"[^\W\d_]+")


def issued(page: Page) -> Proposal | None:
    """Propose the date of the document (ISO): the one beside the place in the heading, else above the signature."""
    found = in_heading(page)
    if found:
        day, span, clean = found
        return propose(page.text, day.isoformat(), span, 0.95 if clean else 0.6, "Dòng địa danh, ngày tháng")
    return None


def in_heading(page: Page) -> tuple[dt.date, tuple[int, int], bool] | None:
    """Return the date of the heading, where it stands, and whether every digit was clear."""
    for pattern in (_IN_WORDS, _IN_FIGURES):
        for match in pattern.finditer(page.plain, 0, page.body):
            if _is_quoted(page, match.start()):
                continue
            pieces = [page.text[slice(*match.span(name))] for name in ("day", "month", "year")]
            day = read(*pieces)
            clean = len(pieces[0].strip()) == 2 or (day is not None and day.month > 2)
            return (day, match.span(), clean and all(piece.strip().isdigit() for piece in pieces)) if day else None
    return None


def month_in_heading(page: Page) -> tuple[int, int] | None:
    """Return the year and month of the heading even where the day cannot be read."""
    for match in _IN_WORDS.finditer(page.plain, 0, page.body):
        if not _is_quoted(page, match.start()):
            day = read("1", *(page.text[slice(*match.span(name))] for name in ("month", "year")))
            return (day.year, day.month) if day else None
    return None


def span_in_heading(page: Page) -> tuple[int, int] | None:
    """Return where the line "place, date" stands in the heading, readable or not."""
    for pattern in (_IN_WORDS, _IN_FIGURES):
        for match in pattern.finditer(page.plain, 0, page.body):
            if not _is_quoted(page, match.start()):
                place = _place_before(page, match.start())
                return (place[0] if place else match.start()), match.end()
    rough = re.compile(r"[^\n|]{3,30}, *ng[a-z]y[^\n]{0,40}").search(page.plain, 0, page.body)
    return rough.span() if rough and rough.start() < page.after_motto + 400 else None


def place_in_heading(page: Page) -> str | None:
    """Return the place before the date of the heading ("Phan Thiết")."""
    for match in _IN_WORDS.finditer(page.plain, 0, page.body):
        if not _is_quoted(page, match.start()):
            place = _place_before(page, match.start())
            return page.text[place[0] : place[1]].strip() if place else None
    return None


def read(day: str, month: str, year: str) -> dt.date | None:
    """Return a date from three pieces of a skeleton, forgiving letters that look like digits; None where not a date."""
    pieces = [re.sub(r"[^0-9]", "", _squeeze(piece)) for piece in (day, month, year)]
    if any(
        not piece or len(piece) != len(_squeeze(raw)) for piece, raw in zip(pieces, (day, month, year), strict=True)
    ):
        return None
    try:
        found = dt.date(int(pieces[2]), int(pieces[1]), int(pieces[0]))
    except ValueError:
        return None
    return found if 1945 <= found.year <= 2099 else None


def _squeeze(piece: str) -> str:
    return re.sub(r"[\s.]", "", piece).translate(_DIGITS)


def _is_quoted(page: Page, place: int) -> bool:
    """Tell whether a date belongs to a citation ("Quyết định số … ngày …"), not to the line of place and date."""
    line = page.plain[page.plain.rfind("\n", 0, place) + 1 : place].rstrip()
    if line.endswith(","):
        return False
    before = page.plain[max(0, place - 60) : place]
    return (
        bool(re.search(r"/[a-z0-9&\-]{2,}[^\n]{0,4}$|\bso [^\n]{1,40}$|\btu\s*$|kem theo", before.rstrip()))
        and "," not in line[-4:]
    )


def _place_before(page: Page, at: int) -> tuple[int, int] | None:
    """Return where the place before a date stands: the words with a capital just before the comma."""
    start = max(page.plain.rfind("\n", 0, at) + 1, at - 80)
    words = list(_PLACE_WORD.finditer(page.text, start, at))
    taken: list[re.Match[str]] = []
    for word in reversed(words):
        gap = page.text[word.end() : taken[-1].start() if taken else at]
        if gap.strip(" ,.;-") or (taken and len(gap) > 3) or not _may_be_in_place(word[0]):
            break
        taken.append(word)
    while taken and taken[-1][0][:1].islower():
        taken.pop()
    return (taken[-1].start(), taken[0].end()) if taken else None


def _may_be_in_place(word: str) -> bool:
    return (word[:1].isupper() and word[1:].islower()) or word in {"TP", "phố"}
