"""The echo: an abstract is repeated in the body ("Điều 1. Ban hành …", "… về việc …"); there it has no dust in it.

Where two columns ran together or a stamp lies over the lines, foreign words stand between the words of the abstract. If
the words before and after them stand side by side in the body, the foreign words are dropped.
"""

from __future__ import annotations

import re

from lienthong.documents.extraction.page import Page
from lienthong.documents.extraction.skeleton import skeleton
from lienthong.kernel.vietnamese import is_syllable

REACH = 30_000
_WORD = re.compile(r"\w+")
MOST = 6


def without_dust(text: str, page: Page) -> str:
    """Return the text without words that the body shows to be foreign to it."""
    words = list(_WORD.finditer(text))
    if not 4 < len(words) <= 150:
        return text
    body = page.text[page.body : page.body + REACH]
    known = set(_WORD.findall(body))
    plain = [skeleton(word[0]) for word in words]
    follows = _neighbours(skeleton(body))
    dropped: list[tuple[int, int]] = []
    place = 2
    while place < len(words) - 1:
        skip = _foreign(plain, place, follows)
        if skip and all(_is_strange(word[0], known) for word in words[place : place + skip]):
            dropped.append((words[place].start(), words[place + skip].start()))
            place += skip
        place += 1
    for start, end in reversed(dropped):
        text = text[:start] + text[end:]
    return text


def _neighbours(plain: str) -> set[tuple[str, str, str]]:
    words = _WORD.findall(plain)
    return set(zip(words, words[1:], words[2:], strict=False))


def _foreign(plain: list[str], place: int, follows: set[tuple[str, str, str]]) -> int:
    """Return how many words from a place on are foreign: without them, what is left stands together in the body."""
    before = (plain[place - 2], plain[place - 1])
    if (*before, plain[place]) in follows:
        return 0
    for skip in range(1, min(MOST, len(plain) - place - 2) + 1):
        after = plain[place + skip : place + skip + 2]
        if (*before, after[0]) in follows and (before[1], *after) in follows:
            return skip
    return 0


def _is_strange(word: str, known: set[str]) -> bool:
    """Tell whether a word is none of the body's and hardly one at all."""
    return word not in known and (word.isupper() or not is_syllable(word) or len(word) < 4)
