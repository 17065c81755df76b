"""The page: the text, its skeleton, and the parts of a letter found by its landmarks.

Landmarks: the national motto, the line of the number, the date, the first line of the body, the signature, the next
heading. What stands between them, cut into cells (a line of two columns gives two), is what the fields are read from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from lienthong.documents.extraction.lexicon import types
from lienthong.documents.extraction.skeleton import fuzzy, skeleton

HEAD = 9_000
"""The heading is looked for in so many first characters."""
BODY = 1_000_000
"""Of longer texts the rest is not read."""

_MOTTO = re.compile(
    r"c[a-z0-9]n[gq]\W{0,40}h[a-z0-9]{1,2}a?\W{0,4}x[a-z]\W{0,4}[hb][a-z0-9][a-z1!|]?\W{0,4}[ce]h?[a-z]\W{0,4}n[gq]?[hb]?\W?[a-z1]{1,2}[ae]"
    r"(?:\W{0,40}[vy]\W?[a-z1!|]{1,2}[tif]\W{0,4}n[a-z]m)?"
    rf"|{fuzzy('dang cong san viet nam')}|xa hoi chu nghia viet nam"
)
_FREEDOM = re.compile(rf"{fuzzy('doc lap')}[^\n]{{0,8}}?{fuzzy('tu do')}[^\n]{{0,8}}?{fuzzy('hanh ph')}[a-z]{{1,3}}")
_BODY_START = re.compile(
    r"^[^\w\n]{0,6}(?:can cu|k[il1!|][nu][hb] g[uo][il1!|]|dieu\s*[1i][\s.:,]|chuong\s*[i1]\b|phan\s*(?:[i1]\b"
    r"|thu nhat)|[i1][.\-]\s"
    r"|[1-3]\.\s*\w|thuc hien [^\n]{25}|thi hanh [^\n]{25}|xet (?:de nghi|to trinh|ho so)|theo de nghi"
    r"|nham [^\n]{30}|nhan dip"
    r"|ngay \d{1,2}[/ ]|nam \d{4}, |thoi gian qua|trong thoi gian|trong thang|hien nay|de [^\n]{40}"
    r"|[^\n]{0,80}(?:nhu sau|sau day|dien|moi|yeu cau|thong bao|ket luan|bao cao|chi thi|de nghi):[ ]*$)",
    re.MULTILINE,
)
_SENTENCE = re.compile(
    r"\n\s*\n(?![^\n]*(?:S\S{1,2}\s?[:.]\s?\d|[Nn]g\S{2}\s+\S{1,4}\s+th\S{2,3}\s+\S{1,4}\s+n\S{2}\s+\d{4}\W*\n))"
    r"(?=[^\n]{60})(?=(?:[^\n]+\n){0,8}?[^\n]*[.:;/](?:\n|$))"
)
_SURE_START = re.compile(
    r"^[^\w\n]{0,6}(?:can cu|k[il1!|][nu][hb] g[uo][il1!|]|dieu\s*1)|^[^\n]{0,24}?k[il1!|][nu][hb] g[uo][il1!|]\s*:",
    re.MULTILINE,
)
_BANNER = re.compile(
    r"^[^\n]*(?:ng[uo]{1,2}[il1] ky|thoi gian ky|email *:|co quan *:|ky b[oa][il1]|signature)[^\n]*$", re.MULTILINE
)
_EDGE = " \t_-–—―.,;:=*~^'`ˆ‘’°•·|<>[]{}¬/\\…"
_RIGHT_EDGE = " \t_-–—―:=*~^'`ˆ‘’°•·|<>[]{}¬\\…"
_CUT = re.compile(r"[\n\f\x1f]+|\|+(?!\w)|(?<!\w)\|+| {4,}|\t+")


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line that stands by itself."""

    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        return skeleton(self.text)


@dataclass(frozen=True)
class Page:
    """A text and where the parts of a letter lie in it."""

    text: str

    @cached_property
    def plain(self) -> str:
        return skeleton(self.text)

    @cached_property
    def motto(self) -> tuple[int, int] | None:
        """Where "Cộng hòa xã hội chủ nghĩa Việt Nam" (or the Party's name) stands in the heading."""
        match = _MOTTO.search(self.plain, 0, HEAD)
        return match.span() if match else None

    @cached_property
    def freedom(self) -> tuple[int, int] | None:
        """Where "Độc lập - Tự do - Hạnh phúc" stands in the heading."""
        match = _FREEDOM.search(self.plain, 0, HEAD)
        return match.span() if match else None

    @cached_property
    def after_motto(self) -> int:
        """The first place behind the motto; 0 where there is none."""
        return max((span[1] for span in (self.motto, self.freedom) if span), default=0)

    @cached_property
    def body(self) -> int:
        """Where the body starts: "Căn cứ", "Kính gửi", "Điều 1" …"""
        limit = min(len(self.text), self.after_motto + 4_000)
        sure = _SURE_START.search(self.plain, self.after_motto, limit)
        sentence = _SENTENCE.search(self.text, self.after_motto + 40, limit) if sure is None else None
        until = sure.start() if sure else sentence.end() if sentence else limit
        for match in _BODY_START.finditer(self.plain, self.after_motto, until):
            if not self._belongs_to_heading(match.start()):
                return match.start()
        return until

    def _belongs_to_heading(self, place: int) -> bool:
        """Tell whether a line that looks like a sentence of the body still continues, or is, the abstract."""
        line = self.text[place : place + 200].lstrip(_EDGE)
        above = self.plain[max(0, place - 200) : place].strip(_EDGE + "\n").rpartition("\n")[2]
        return line[:1].islower() or above.strip(_EDGE) in types()

    @cached_property
    def end(self) -> int:
        """Where the letter ends: at the heading of the next document or annex in the same file, or the end."""
        start = max(self.after_motto + 300, self.body)
        match = _MOTTO.search(self.plain, start, min(len(self.text), BODY))
        return self._line_start(match.start()) if match else len(self.text)

    def _line_start(self, place: int) -> int:
        return self.text.rfind("\n", 0, place) + 1

    def cells(self, start: int, end: int, *, without: list[tuple[int, int] | None]) -> list[Cell]:
        """Return the cells between two places, leaving out landmarks, banners and rules."""
        hidden = [span for span in without if span]
        hidden += [match.span() for match in _BANNER.finditer(self.plain, start, end)]
        piece = list(self.text[start:end])
        for left, right in hidden:
            for place in range(max(left, start), min(right, end)):
                piece[place - start] = "\x1f" if piece[place - start] != "\n" else "\n"
        return cut("".join(piece), start)


def cut(text: str, offset: int) -> list[Cell]:
    """Cut a text into cells at line ends, pipes and wide gaps; what is left of rules and dust is dropped."""
    cells: list[Cell] = []
    place = 0
    for gap in [*(match.span() for match in _CUT.finditer(text)), (len(text), len(text))]:
        cells += _cell(text, place, gap[0], offset)
        place = gap[1]
    return cells


def _cell(text: str, start: int, end: int, offset: int) -> list[Cell]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _RIGHT_EDGE:
        end -= 1
    if sum(letter.isalnum() for letter in text[start:end]) < 2:
        return []
    return [Cell(text[start:end], offset + start, offset + end)]
