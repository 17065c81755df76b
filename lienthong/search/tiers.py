"""How good a match is, and how far back to look: pure functions to ``tsquery`` texts.

A sweep is one kind of match; sweeps follow each other from the best to the weakest, and each holds those before it
(save the first, the symbol). What only a later sweep finds comes after all that an earlier one found; within a sweep
the newest comes first. So nothing has to be ranked: the page is full as soon as the first sweeps have given enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from lienthong.kernel.vietnamese import is_syllable
from lienthong.search.lexemes import LEVELS, audience_lexeme, quoted
from lienthong.search.query_text import Query, Word


def sweeps(query: Query) -> list[str]:
    """Return the sweeps of a query, best first.

    1 the symbol itself, 2 a part of a symbol; as typed with marks: 3 side by side in the title, 4 in the title,
    5 anywhere; without regard to marks: 6 side by side in the title, 7 in the title; 8 while typing in the title with
    the beginning of the last word; and last everything that matches at all.
    """
    found = [quoted(f"//{query.symbol}"), quoted(f"/{query.symbol}")] if query.symbol else []
    if query.has_marks:
        found += [_phrase(query, _marked), _title(query, _marked), _anywhere(query.words, _marked)]
    found += [_phrase(query, _plain), _title(query, _plain)]
    if query.prefix:
        found.append(" & ".join(quoted(f"^{word}") for word in _begun(query)))
    found = [sweep for sweep in found if sweep]
    return [*found, _widest(query, found)]


def restricted(found: Iterable[str], restriction: str) -> list[str]:
    """Return sweeps that hold only what the restriction lets through."""
    return [f"{restriction} & ({sweep})" for sweep in found]


def restriction(
    audiences: Iterable[int], *, kinds: Iterable[str] = (), unit: int | None = None, year: int | None = None
) -> str:
    """Return what every match must have: a reader among the audiences (nearly always one), and the filters."""
    readers = [quoted(audience_lexeme(audience)) for audience in audiences]
    parts = [f"({' | '.join(readers)})" if len(readers) > 1 else readers[0]]
    if wanted := [quoted(f"*{kind}") for kind in kinds]:
        parts.append(f"({' | '.join(wanted)})")
    if unit is not None:
        parts.append(quoted(f"%{unit}"))
    if year is not None:
        parts.append(quoted(f"~{year}"))
    return " & ".join(parts)


def reach(newest: int) -> list[str]:
    """Return ever wider parts of an index whose newest id is ``newest``, as what is added to a sweep; the last is all.

    Each is the two newest slices of a level, so that it is never almost empty. A search looks at the next only when
    those before gave too little: a common word costs a look at the newest thousands.
    """
    levels = [level for level in LEVELS if newest >> level >= 2]
    return [*(f" & ('#{level}.{newest >> level}' | '#{level}.{(newest >> level) - 1}')" for level in levels), ""]


def _widest(query: Query, found: list[str]) -> str:
    """Return what holds every match: all words anywhere, the last of them perhaps only begun; or the symbol."""
    reach = [_anywhere(query.words, _plain)] if query.words else []
    if query.prefix:
        reach.append(" & ".join([*(_plain(word) for word in query.words[:-1]), quoted(f"^{query.prefix}")]))
    if query.symbol:
        reach.append(found[1])
    return " | ".join(f"({part})" for part in reach)


def _begun(query: Query) -> list[str]:
    return [*(word.plain for word in query.words[:-1]), query.prefix]


def _anywhere(words: Iterable[Word], lexeme: Callable[[Word], str]) -> str:
    return " & ".join(lexeme(word) for word in words)


def _title(query: Query, lexeme: Callable[[Word], str]) -> str:
    """All words in the title or the symbol; with marks, as the entry has them somewhere."""
    parts = [quoted(f"^{word.plain}") for word in query.words]
    if lexeme is _marked:
        parts += [_marked(word) for word in query.words if word.has_marks]
    return " & ".join(parts)


def _phrase(query: Query, lexeme: Callable[[Word], str]) -> str:
    """All words side by side in the title; nothing for a single word."""
    pairs = [quoted(f"+{first.plain}_{second.plain}") for first, second in pairwise(query.words)]
    if pairs and lexeme is _marked:
        pairs += [_marked(word) for word in query.words if word.has_marks]
    return " & ".join(pairs)


def _marked(word: Word) -> str:
    return quoted(f"={word.marked}") if word.has_marks else quoted(word.plain)


def _plain(word: Word) -> str:
    """The word; or parts of a symbol that were typed without a stroke between them ("qdubnd")."""
    if len(word.plain) > 3 and word.plain.isalpha() and not is_syllable(word.plain):
        return f"({quoted(word.plain)} | {quoted(f'/{word.plain}')})"
    return quoted(word.plain)
