"""What changed between two texts: which lines, and in a changed line which words.

Two placements of a tone ("hòa", "hoà") and two codings of a letter are one word; capitals count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from lienthong.kernel.vietnamese import canonical_tones, nfc

MOST_PAIRS = 250_000
"""Where more pairs than this would have to be weighed, a stretch counts as replaced as a whole."""
ALIKE = 0.4
"""How much of their words two lines share to be one line that was changed."""

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
Doing = Literal["same", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words of a changed line that stayed, came or went."""

    kind: Doing
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One line: ``old`` at ``old_line`` became ``new`` at ``new_line`` (from 1; None where there is none)."""

    kind: Literal["same", "added", "removed", "changed"]
    old: str = ""
    new: str = ""
    old_line: int | None = None
    new_line: int | None = None
    words: tuple[Words, ...] = ()


def compare(old: str, new: str, *, whole: bool = False) -> tuple[Change, ...]:
    """Return the lines that changed, in the order of the new text; with ``whole`` the lines that stayed, too."""
    before, after = nfc(old).splitlines(), nfc(new).splitlines()
    keys_before, keys_after = [_key(line) for line in before], [_key(line) for line in after]
    changes: list[Change] = []
    for is_same, a1, a2, b1, b2 in _stretches(keys_before, keys_after):
        if is_same:
            if whole:
                pairs = zip(range(a1, a2), range(b1, b2), strict=True)
                changes += [Change("same", before[a], after[b], a + 1, b + 1) for a, b in pairs]
        else:
            changes += _replaced(before, after, range(a1, a2), range(b1, b2))
    return tuple(changes)


# --- lines -----------------------------------------------------------------------------------------------------------

Stretch = tuple[bool, int, int, int, int]


def _key(line: str) -> str:
    """Return what makes two lines the same: their words and capitals, one placement of tones, single spaces."""
    return line.strip() if line.isascii() else "".join(map(_word_key, _TOKEN.findall(line.strip())))


@lru_cache(maxsize=50_000)
def _word_key(token: str) -> str:
    if token.isspace():
        return " "
    if token.isascii():
        return token
    lowered = canonical_tones(token)
    if token == token.lower() or len(lowered) != len(token):
        return lowered
    return "".join(low.upper() if letter.isupper() else low for low, letter in zip(lowered, token, strict=True))


def _stretches(before: Sequence[str], after: Sequence[str]) -> Iterator[Stretch]:
    """Part two texts into stretches that are the same and stretches that are not, in their order."""
    runs: list[tuple[int, int, int]] = []
    for a1, b1, size in _matches(before, after, 0, len(before), 0, len(after)):
        if runs and runs[-1][0] + runs[-1][2] == a1 and runs[-1][1] + runs[-1][2] == b1:
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + size)
        else:
            runs.append((a1, b1, size))
    a = b = 0
    for a1, b1, size in [*runs, (len(before), len(after), 0)]:
        if a < a1 or b < b1:
            yield False, a, a1, b, b1
        if size:
            yield True, a1, a1 + size, b1, b1 + size
        a, b = a1 + size, b1 + size


def _matches(
    before: Sequence[str], after: Sequence[str], a1: int, a2: int, b1: int, b2: int
) -> Iterator[tuple[int, int, int]]:
    """Find the runs of equal lines: the equal ends, then lines that stand once in each as anchors, then the rest."""
    start = 0
    while a1 + start < a2 and b1 + start < b2 and before[a1 + start] == after[b1 + start]:
        start += 1
    end = 0
    while a2 - end > a1 + start and b2 - end > b1 + start and before[a2 - end - 1] == after[b2 - end - 1]:
        end += 1
    if start:
        yield a1, b1, start
    yield from _matches_between(before, after, a1 + start, a2 - end, b1 + start, b2 - end)
    if end:
        yield a2 - end, b2 - end, end


def _matches_between(
    before: Sequence[str], after: Sequence[str], a1: int, a2: int, b1: int, b2: int
) -> Iterator[tuple[int, int, int]]:
    anchors = _anchors(before, after, a1, a2, b1, b2)
    if anchors:
        a, b = a1, b1
        for next_a, next_b in [*anchors, (a2, b2)]:
            if a < next_a and b < next_b:
                yield from _matches_by_weighing(before, after, a, next_a, b, next_b)
            if next_a < a2:
                yield next_a, next_b, 1
            a, b = next_a + 1, next_b + 1
    elif a1 < a2 and b1 < b2:
        yield from _matches_by_weighing(before, after, a1, a2, b1, b2)


def _matches_by_weighing(
    before: Sequence[str], after: Sequence[str], a1: int, a2: int, b1: int, b2: int
) -> Iterator[tuple[int, int, int]]:
    if (a2 - a1) * (b2 - b1) > MOST_PAIRS:
        return
    matcher = SequenceMatcher(None, before[a1:a2], after[b1:b2], autojunk=False)
    for match in matcher.get_matching_blocks():
        if match.size:
            yield a1 + match.a, b1 + match.b, match.size


def _anchors(before: Sequence[str], after: Sequence[str], a1: int, a2: int, b1: int, b2: int) -> list[tuple[int, int]]:
    """Return pairs of lines that stand once in each stretch, as many as keep the same order in both."""
    once_before = _standing_once(before, a1, a2)
    once_after = _standing_once(after, b1, b2)
    pairs = [(place, once_after[line]) for line, place in once_before.items() if line in once_after]
    return _longest_rising(pairs)


def _standing_once(lines: Sequence[str], start: int, end: int) -> dict[str, int]:
    counts = Counter(lines[start:end])
    return {lines[place]: place for place in range(start, end) if counts[lines[place]] == 1 and lines[place]}


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs whose second numbers rise (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for place, (_a, b) in enumerate(pairs):
        low, high = 0, len(tops)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if tops[middle] < b else (low, middle)
        before.append(piles[low - 1] if low else -1)
        tops[low:] = [b] if low == len(tops) else [b, *tops[low + 1 :]]
        piles[low:] = [place] if low == len(piles) else [place, *piles[low + 1 :]]
    chain, place = [], piles[-1] if piles else -1
    while place >= 0:
        chain.append(pairs[place])
        place = before[place]
    return chain[::-1]


def _replaced(before: Sequence[str], after: Sequence[str], gone: range, come: range) -> Iterator[Change]:
    """Pair the lines that went with those that came where they are alike; empty lines are not told."""
    pairs = dict(_alike(before, after, gone, come))
    partners = {b: a for a, b in pairs.items()}
    a = gone.start
    for b in come:
        partner = partners.get(b)
        if partner is not None:
            yield from _removed(before, range(a, partner))
            yield Change("changed", before[partner], after[b], partner + 1, b + 1, words_of(before[partner], after[b]))
            a = partner + 1
        elif after[b].strip():
            yield Change("added", new=after[b], new_line=b + 1)
    yield from _removed(before, range(a, gone.stop))


def _removed(before: Sequence[str], places: range) -> Iterator[Change]:
    return (Change("removed", old=before[place], old_line=place + 1) for place in places if before[place].strip())


def _alike(before: Sequence[str], after: Sequence[str], gone: range, come: range) -> Iterator[tuple[int, int]]:
    """Return pairs of alike lines that keep the order of both texts."""
    if len(gone) * len(come) > 2_500:
        pairs = [(a, b) for a, b in zip(gone, come, strict=False) if likeness(before[a], after[b]) >= ALIKE]
        yield from pairs
        return
    best = [[0.0] * (len(come) + 1) for _ in range(len(gone) + 1)]
    like = [[likeness(before[a], after[b]) for b in come] for a in gone]
    for i in reversed(range(len(gone))):
        for j in reversed(range(len(come))):
            paired = like[i][j] + best[i + 1][j + 1] if like[i][j] >= ALIKE else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(gone) and j < len(come):
        if like[i][j] >= ALIKE and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            yield gone[i], come[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def likeness(one: str, other: str) -> float:
    """Return how much of their words two lines share, from 0 to 1."""
    words, others = Counter(re.findall(r"\w+", one.lower())), Counter(re.findall(r"\w+", other.lower()))
    total = sum(words.values()) + sum(others.values())
    return 2 * sum((words & others).values()) / total if total else 0.0


# --- words -----------------------------------------------------------------------------------------------------------


def words_of(old: str, new: str) -> tuple[Words, ...]:
    """Return the words of a changed line: what stayed, what went, what came."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    keys_before, keys_after = [_word_key(token) for token in before], [_word_key(token) for token in after]
    found: list[tuple[str, str, str]] = []  # what stayed, what went, what came
    for is_same, a1, a2, b1, b2 in _stretches(keys_before, keys_after):
        gone, come = "".join(before[a1:a2]), "".join(after[b1:b2])
        if not is_same:
            found.append(("", gone, come))
        elif come.isspace() and found and found[-1][0] == "" and b2 < len(after):
            found.append(("", gone, come))  # a space between two changed words changed with them
        else:
            found.append((come, "", ""))
    return tuple(_joined(found))


def _joined(found: Sequence[tuple[str, str, str]]) -> Iterator[Words]:
    gone = come = ""
    for stayed, went, came in [*found, ("", "", "")]:
        if stayed:
            yield from _change(gone, come)
            yield Words("same", stayed)
            gone = come = ""
        gone, come = gone + went, come + came
    yield from _change(gone, come)


def _change(gone: str, come: str) -> Iterator[Words]:
    if gone == come:
        if gone:
            yield Words("same", gone)
        return
    if gone:
        yield Words("removed", gone)
    if come:
        yield Words("added", come)
