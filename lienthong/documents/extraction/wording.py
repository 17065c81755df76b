"""The wording of an abstract: dust dropped, capitals made small, marks that the scanner lost put back where certain."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from lienthong.documents.extraction import lexicon
from lienthong.documents.extraction.page import Page
from lienthong.documents.extraction.skeleton import skeleton
from lienthong.kernel.vietnamese import canonical_tones, is_syllable

_WORD = re.compile(r"[^\W\d_]+")
_DUST = re.compile(r"(?<!\S)[_—–=~*^'`\"ˆ‘’“”°•¬|<>\\]+(?!\S)|[_—=~]{2,}|\s-_\s")
_KEPT = re.compile(r"(?<=\d) [-–—] (?=\d)|(?<=\w) [-–—] (?=\w)")


def tidy(text: str) -> str:
    """Return the text in one line, without rules, dust and the point at its end that belongs to nothing."""
    text = re.sub(r"(?<=\w)- ?\n\s*(?=[A-ZĐ]{2,})", "-", text)
    dashes = [match.start() + 1 for match in _KEPT.finditer(text)]
    letters = list(text)
    for place in dashes:
        letters[place] = "\x02"
    text = _DUST.sub(" ", "".join(letters)).replace("\x02", "-")
    text = re.sub(r"\s+", " ", text).strip(" _-–—,;:|'\"`ˆ*~")
    text = re.sub(r"\s+\.(?=\s+\S)", "", text)
    text = re.sub(r"\s+([.,;:])(?=\s|$)", r"\1", text)
    text = re.sub(r"(?<=(?:QĐ|CĐ|CT)-)TT[a-zø§](?!\w)", "TTg", text)
    return re.sub(r"\.?/\.$|(?<=[\w)])\s*\.{2,}$", "", text).strip()


def mend(text: str, page: Page) -> str:
    """Put back marks that were lost, word by word, only where one reading is certain.

    A pair of syllables is replaced when the frequent words of office language know it under one spelling only and it is
    not spelled so, or when the same document spells it otherwise at least three times.
    """
    body = page.text[page.body : page.body + 20_000]
    spelled = _pairs(body)
    matches = list(_WORD.finditer(text))
    mended = [match[0] for match in matches]
    for place in range(len(matches) - 1):
        between = text[matches[place].end() : matches[place + 1].start()].strip()
        if between not in {"", ","}:
            continue
        right = _right_pair(mended[place], mended[place + 1], spelled)
        if right:
            mended[place], mended[place + 1] = right
    return _with(text, matches, mended)


def _with(text: str, matches: list[re.Match[str]], words: list[str]) -> str:
    pieces, end = [], 0
    for match, word in zip(matches, words, strict=True):
        pieces += [text[end : match.start()], word]
        end = match.end()
    return "".join([*pieces, text[end:]])


def _pairs(body: str) -> dict[str, Counter[str]]:
    """Count how the document spells each pair of neighbouring syllables."""
    words = [match[0] for match in _WORD.finditer(body)]
    spelled: dict[str, Counter[str]] = {}
    for one, other in pairwise(words):
        if is_syllable(one) and is_syllable(other):
            spelled.setdefault(f"{skeleton(one)} {skeleton(other)}", Counter())[canonical_tones(f"{one} {other}")] += 1
    return spelled


def _right_pair(one: str, other: str, spelled: dict[str, Counter[str]]) -> tuple[str, str] | None:
    read = canonical_tones(f"{one} {other}")
    key = f"{skeleton(one)} {skeleton(other)}"
    known = lexicon.vocabulary().get(key, ())
    if read in known or one.isupper() != other.isupper():
        return None
    seen = spelled.get(key, Counter())
    if len(known) == 1 and seen[read] < 3:
        return _cased(known[0], one, other)
    if known or not seen:
        return None
    [(best, count)] = seen.most_common(1)
    broken = not (is_syllable(one) and is_syllable(other))
    return _cased(best, one, other) if best != read and seen[read] <= 1 and count >= (1 if broken else 3) else None


def _cased(pair: str, one: str, other: str) -> tuple[str, str]:
    first, second = pair.split(" ")
    return _like(first, one), _like(second, other)


def _like(word: str, pattern: str) -> str:
    if pattern.isupper() and len(pattern) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if pattern[:1].isupper() else word
