"""What people ask in words of every day, in the words of procedures: "mở tiệm" stands for "hộ kinh doanh".

The words lie in ``data/lexicons/everyday.toml``. Pure but for reading that file once.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from lienthong.kernel.vietnamese import fold

WORD = re.compile(r"[^\W_]+")
FILE = "lexicons/everyday.toml"
MOST = 12
"""How many wishes of one question are looked at."""
FILLERS = frozenset(
    fold(
        "tôi mình em cháu ba mẹ cha muốn cần xin làm đi đăng ký cho ở tại thì phải nào gì sao như thế để được bị có"
        " không và giấy tờ thủ tục hồ sơ rồi mà của về trên trong vì do xong này tiếp nữa trước sau"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that was asked, folded: any of the phrases will do. ``known``: the lexicon knows what it means."""

    phrases: tuple[str, ...]
    known: bool = False

    def stands_in(self, words: str) -> bool:
        """Whether one of the phrases stands in folded words, as whole words."""
        return any(re.search(rf"\b{re.escape(one)}\b", words) for one in self.phrases)


def wishes(question: str) -> list[Wish]:
    """Return what a question asks for: phrases of the lexicon, the longest first, then other words, but no fillers."""
    line = f" {' '.join(WORD.findall(fold(question)))} "
    found: list[Wish] = []
    for phrase, meanings in _lexicon():
        if f" {phrase} " in line:
            line = line.replace(f" {phrase} ", " | ")
            found.append(Wish(meanings, known=True))
    rest = [Wish((word,)) for word in line.split() if word != "|" and word not in FILLERS]
    return list(dict.fromkeys((*found, *rest)))[:MOST]


def ranked(asked: Sequence[Wish], texts: Mapping[int, str]) -> list[int]:
    """Return the keys of folded texts that answer at least half of what was asked, the best first.

    A wish that few texts answer says more than one that many do; among equals the shorter text is the more to the
    point. What no text answers counts little: it tells nothing about which.
    """
    hits = {wish: {key for key, words in texts.items() if wish.stands_in(words)} for wish in asked}
    weights = {wish: _weight(wish, len(keys), len(texts)) for wish, keys in hits.items()}
    least = sum(weights.values()) / 2
    scores = {key: sum(weights[wish] for wish, keys in hits.items() if key in keys) for key in texts}
    found = [key for key, score in scores.items() if score >= least and score > 0]
    return sorted(found, key=lambda key: (-round(scores[key], 6), len(texts[key]), key))


def _weight(wish: Wish, answered: int, among: int) -> float:
    if not answered:
        return 0.6
    return (3.0 if wish.known else 1.0) * math.log(1 + (among + 1) / answered)


@cache
def _lexicon() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return every phrase of the lexicon with what it means, folded, the longest first."""
    with (settings.BASE_DIR / "data" / FILE).open("rb") as file:
        rows = tomllib.load(file)["words"]
    pairs = {fold(said): tuple(fold(one) for one in row["means"]) for row in rows for said in row["said"]}
    return tuple(sorted(pairs.items(), key=lambda pair: (-len(pair[0].split()), -len(pair[0]))))
