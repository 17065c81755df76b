"""Showing what was found: texts cut into segments that are a hit or not (never HTML): pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lienthong.kernel.vietnamese import nfc
from lienthong.search.lexemes import word_pair
from lienthong.search.query_text import Query

_WORD = re.compile(r"[^\W\d_]+|\d+")
SCANNED = 20_000
"""Characters of a text in which a passage to show is looked for."""
PASSAGE = 30
"""Words of a passage."""


class Segment(NamedTuple):
    """A piece of a text, and whether it is what was looked for."""

    text: str
    is_hit: bool


def segments(text: str, query: Query) -> list[Segment]:
    """Cut a text at the words of the query; words typed with marks are shown where they stand with the same marks, and
    only when there is none such, where they stand with others."""
    text = nfc(text)
    hits = _hits(text, query)
    result: list[Segment] = []
    end = 0
    for start, stop, _ in hits:
        if start > end:
            between = text[end:start]
            if result and result[-1].is_hit and not between.strip():
                result[-1] = Segment(result[-1].text + between + text[start:stop], is_hit=True)
                end = stop
                continue
            result.append(Segment(between, is_hit=False))
        result.append(Segment(text[start:stop], is_hit=True))
        end = stop
    if end < len(text):
        result.append(Segment(text[end:], is_hit=False))
    return result


def passage(text: str, query: Query) -> list[Segment]:
    """Return the passage of a text in which the most words of the query stand close together; [] when none does."""
    text = nfc(text[:SCANNED])
    hits = _hits(text, query)
    if not hits:
        return []
    best = max(range(len(hits)), key=lambda first: (_distinct_near(hits, first), -first))
    start = _boundary_before(text, max(hits[best][0] - 60, 0))
    stop = _boundary_after(text, min(start + 240, len(text)))
    cut = " ".join(text[start:stop].split())
    shown = f"{'… ' if start else ''}{cut}{' …' if stop < len(text) else ''}"
    return segments(shown, query)


def _distinct_near(hits: list[tuple[int, int, str]], first: int) -> int:
    reach = hits[first][0] + 180
    near = set()
    for start, _, word in hits[first : first + PASSAGE]:
        if start > reach:
            break
        near.add(word)
    return len(near)


def _boundary_before(text: str, place: int) -> int:
    return 0 if place == 0 else text.rfind(" ", 0, place) + 1


def _boundary_after(text: str, place: int) -> int:
    end = text.find(" ", place)
    return len(text) if end < 0 else end


def _hits(text: str, query: Query) -> list[tuple[int, int, str]]:
    """Return start, end and plain word of each hit."""
    exact = {word.plain: word.marked for word in query.words if word.has_marks}
    found = list(_loose_hits(text, query))
    kept = {plain for _, _, plain, marked in found if exact.get(plain) == marked}
    return [(start, stop, plain) for start, stop, plain, marked in found if plain not in kept or exact[plain] == marked]


def _loose_hits(text: str, query: Query) -> Iterator[tuple[int, int, str, str]]:
    wanted = {word.plain for word in query.words}
    together = [word.plain for word in query.words if word.plain.isalpha() and len(word.plain) > 3]
    for match in _WORD.finditer(text):
        plain, marked = word_pair(match[0])
        is_begun = bool(query.prefix) and plain.startswith(query.prefix)
        is_part = _is_of_a_symbol(text, match) and any(word.startswith(plain) for word in together)
        if plain in wanted or is_begun or is_part:
            yield match.start(), match.end(), plain, marked


def _is_of_a_symbol(text: str, match: re.Match[str]) -> bool:
    """Tell whether a word in capitals stands beside a stroke, as QĐ in 119/QĐ-UBND; in a heading it does not."""
    beside = text[max(match.start() - 1, 0) : match.start()] + text[match.end() : match.end() + 1]
    return len(match[0]) > 1 and match[0].isupper() and any(mark in beside for mark in "/-–")
