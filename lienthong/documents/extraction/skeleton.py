"""Text without marks in which places stay the same, patterns that forgive the scanner, likeness of short strings."""

from __future__ import annotations

import re
from functools import lru_cache

from lienthong.kernel.vietnamese import fold

_CLASSES = {"o": "[o06]", "i": "[i1l|!j]", "l": "[l1i|]", "u": "[uv]", "c": "[ce]", "e": "[ec]", "h": "[hb]"}
_GAP = r"[\s_.\-|]*"


class _Plain(dict[int, str]):
    """Every character in lower case without its marks, one for one."""

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code))
        plain = folded if len(folded) == 1 else chr(code)
        self[code] = plain
        return plain


_plain = _Plain()
_plain[ord("Ð")] = _plain[ord("ð")] = "d"


def skeleton(text: str) -> str:
    """Return the composed text in lower case without marks; it is exactly as long as the text."""
    return text.translate(_plain)


@lru_cache(maxsize=256)
def fuzzy(phrase: str) -> str:
    """Return the source of a pattern that finds a plain phrase in a skeleton although letters are confused."""
    return _GAP.join("".join(_CLASSES.get(letter, re.escape(letter)) for letter in word) for word in phrase.split())


def distance(one: str, other: str, limit: int) -> int:
    """Return how many letters must be changed to make one string the other; ``limit + 1`` when more than the limit."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        before, row[0] = row[0], place
        for column, against in enumerate(other, start=1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (letter != against))
        if min(row) > limit:
            return limit + 1
    return row[-1]


def alike(one: str, other: str, share: float = 0.15) -> bool:
    """Tell whether two short strings are the same but for a small share of their letters."""
    limit = int(max(len(one), len(other)) * share)
    return one == other or (limit > 0 and distance(one, other, limit) <= limit)
