"""Capitals and small letters: an abstract printed in capitals is written as its words stand in the body.

Of every run of words the longest one that the body also has gives the letters; what the body does not have is written
small, but for the names that the lexicons know and for what is issued or approved ("ban hành Quy chế …").
"""

from __future__ import annotations

import re

from lienthong.documents.extraction import lexicon, naming
from lienthong.documents.extraction.page import Page
from lienthong.documents.extraction.skeleton import skeleton

REACH = 20_000
_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"(?<!\w)(?:ubnd|hđnd|hiv|aids|ttcp|đbqh|cntt|bhyt|bhxh|asean|covid|internet)(?!\w)")
_SYMBOL = re.compile(r"\b\d+(?:/\d+)?/[\w\-]+")


def is_capitals(text: str) -> bool:
    """Tell whether a text is printed in capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(letter.isupper() for letter in letters) * 10 >= len(letters) * 8


def small_letters(text: str, page: Page) -> str:
    """Return a text printed in capitals as a sentence; other texts stay as they are."""
    if not is_capitals(text):
        return text
    words = list(_WORD.finditer(text))
    written = _from_body([word[0] for word in words], page)
    pieces, end = [], 0
    for word, form in zip(words, written, strict=True):
        pieces += [text[end : word.start()], form]
        end = word.end()
    lowered = "".join([*pieces, text[end:]])
    lowered = _SYMBOL.sub(lambda match: text[match.start() : match.end()], lowered)
    lowered = _issued(_ACRONYM.sub(lambda match: match[0].upper(), lowered))
    return naming.with_proper_names(lowered[:1].upper() + lowered[1:])


def _from_body(words: list[str], page: Page) -> list[str]:
    """Return each word in the letters of the longest run of words that the body shares with the text."""
    body = page.text[page.body : page.body + REACH]
    shouted = [line.span() for line in re.finditer(r"[^\n]{8,}", body) if is_capitals(line[0])]
    theirs = [
        match for match in _WORD.finditer(body) if not any(left <= match.start() < right for left, right in shouted)
    ]
    plain = [skeleton(match[0]) for match in theirs]
    places: dict[tuple[str, str], list[int]] = {}
    for place in range(len(plain) - 1):
        places.setdefault((plain[place], plain[place + 1]), []).append(place)
    ours = [skeleton(word) for word in words]
    written = [word.lower() for word in words]
    at = 0
    while at < len(ours) - 1:
        start, length = _longest(ours, at, plain, places.get((ours[at], ours[at + 1]), []))
        for step in range(length):
            written[at + step] = _as_there(words[at + step], theirs[start + step], body, is_first=step == 0)
        at += max(length, 1)
    return written


def _longest(ours: list[str], at: int, plain: list[str], starts: list[int]) -> tuple[int, int]:
    best = (0, 0)
    for start in starts[:12]:
        length = 2
        while at + length < len(ours) and start + length < len(plain) and ours[at + length] == plain[start + length]:
            length += 1
        best = max(best, (start, length), key=lambda run: run[1])
    return best


def _as_there(word: str, there: re.Match[str], body: str, *, is_first: bool) -> str:
    """Write a word in the letters it has in the body, without the capital that only opens a sentence there."""
    form = there[0]
    before = body[: there.start()].rstrip()[-1:]
    opens = is_first and before in {"", ".", ":", ";", "“", "/", "-"}
    if form.isupper() and len(form) > 1:
        return word
    if form[:1].isupper() and not opens:
        return word[:1] + word[1:].lower()
    return word.lower()


def _issued(text: str) -> str:
    """Give what is issued, approved or carried out its capital: "ban hành Quy chế"."""
    names = "|".join(re.escape(name.lower()) for name in lexicon.types().values() if name != "Báo cáo")
    return re.sub(
        rf"(?:(?<=ban hành )|(?<=phê duyệt )|(?<=một số điều của ))(?:{names})(?!\w)|\b(?:{names})(?= số \d)",
        lambda match: match[0][:1].upper() + match[0][1:],
        text,
        flags=re.IGNORECASE,
    )
