"""The words of the index: pure functions from texts, readers and recency to lexemes.

Each kind of lexeme has a mark of its own, so that none can be taken for another and a person cannot type one:

====================  =========================================================================================
``hoach``             a word of title, symbol or text, without marks ("kế hoạch" is found by "ke hoach")
``=hoạch``            the same word as written, where it carries marks (so that "đường" comes before "dường")
``^ho`` ``^hoach``    the beginnings of the words of title and symbol, whole words included
``+ke_hoach``         two words that stand side by side in the title
``/119qdubnd``        a run of parts of the symbol, written together; ``//119qdubnd`` the whole of it
``@12`` ``@-7``       an audience key that reads it
``*incoming``         the kind; ``~2014`` the year; ``%12`` the unit
``#10.977``           the slice of 2^10 ids in which it stands, and so for each of ``LEVELS``
====================  =========================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from lienthong.kernel.vietnamese import canonical_tones, fold, nfc

LEVELS = (10, 13, 16, 19)
"""Slices of 1,024 ids, then eight times as many each."""

MAX_WORD = 40
MAX_TITLE_WORDS = 120
MAX_BODY_WORDS = 4_000
"""Distinct words of a text that are indexed: a ``tsvector`` may hold 1 MB, and 4,000 words take a tenth of it."""
MAX_AUDIENCES = 5_000

_WORD = re.compile(r"[^\W\d_]+|\d+")


@lru_cache(maxsize=60_000)
def word_pair(word: str) -> tuple[str, str]:
    """Return a word without marks and as written (lower case, tone marks in one place, no leading zeros)."""
    if word.isdigit():
        number = (word.lstrip("0") or "0")[:MAX_WORD]
        return number, number
    return fold(word)[:MAX_WORD], canonical_tones(word)[:MAX_WORD]


def split(text: str) -> list[str]:
    """Return the words of a text in order: runs of letters and runs of digits ("119/QĐ-UBND" has three)."""
    return _WORD.findall(nfc(text))


def _both(word: str) -> tuple[str, ...]:
    plain, marked = word_pair(word)
    return (plain,) if plain == marked else (plain, f"={marked}")


def title_lexemes(title: str, symbol: str) -> set[str]:
    """Return the lexemes of a title and of a symbol."""
    words = split(title)[:MAX_TITLE_WORDS]
    parts = symbol_parts(symbol)
    lexemes = {lexeme for word in words + split(symbol)[:12] for lexeme in _both(word)}
    plain = [word_pair(word)[0] for word in words]
    for word in {*plain, *parts}:
        lexemes.update(f"^{word[:length]}" for length in range(1 if word.isdigit() else 2, len(word) + 1))
        lexemes.add(f"^{word}")
    lexemes.update(f"+{first}_{second}" for first, second in pairwise(plain))
    lexemes.update(f"/{run}" for run in _runs(parts))
    if parts:
        lexemes.add(f"//{''.join(parts)}")
    return lexemes


def symbol_parts(symbol: str) -> list[str]:
    """Return the parts of a symbol without marks: ``119/QĐ-UBND`` has ``119``, ``qd`` and ``ubnd``."""
    return [word_pair(word)[0] for word in split(symbol)][:12]


def _runs(parts: list[str]) -> set[str]:
    """Return the runs of two to four neighbouring parts, written together."""
    return {"".join(parts[i : i + n])[:MAX_WORD] for n in (2, 3, 4) for i in range(len(parts) - n + 1)}


def body_lexemes(body: str) -> set[str]:
    """Return the lexemes of a text: its first ``MAX_BODY_WORDS`` distinct words."""
    distinct: dict[str, None] = {}
    for match in _WORD.finditer(nfc(body)):
        distinct[match[0].lower()] = None
        if len(distinct) >= MAX_BODY_WORDS:
            break
    return {lexeme for word in distinct for lexeme in _both(word)}


def audience_lexeme(audience: int) -> str:
    """Return the lexeme of an audience key."""
    return f"@{audience}"


def filter_lexemes(
    audiences: Iterable[int], *, kind: str, unit_id: int | None = None, year: int | None = None
) -> set[str]:
    """Return the lexemes of those who read an entry and of what it is filtered by."""
    lexemes = {audience_lexeme(audience) for audience in audiences}
    lexemes.add(f"*{kind}")
    if unit_id is not None:
        lexemes.add(f"%{unit_id}")
    if year is not None:
        lexemes.add(f"~{year}")
    return lexemes


def slice_lexemes(pk: int) -> set[str]:
    """Return the slices in which an entry stands."""
    return {f"#{level}.{pk >> level}" for level in LEVELS}


def quoted(lexeme: str) -> str:
    """Return a lexeme as ``tsvector`` and ``tsquery`` literals write it."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def vector(lexemes: Iterable[str], weight: str) -> str:
    """Return lexemes of one weight as a ``tsvector`` literal."""
    return " ".join(f"{quoted(lexeme)}:1{weight}" for lexeme in sorted(lexemes))
