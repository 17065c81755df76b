"""What is meant by what was typed into the one box: pure."""

from __future__ import annotations

from dataclasses import dataclass

from lienthong.search.lexemes import split, word_pair

MAX_TEXT = 300
MAX_WORDS = 12


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a query: without marks, and as it was typed (lower case, one tone placement)."""

    plain: str
    marked: str

    @property
    def has_marks(self) -> bool:
        """Whether it was typed with marks, so that entries with the same marks come first."""
        return self.plain != self.marked


@dataclass(frozen=True, slots=True)
class Query:
    """Whole words, the beginning of a word that is still being typed, and the symbol that they may be together."""

    words: tuple[Word, ...]
    prefix: str = ""
    symbol: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.prefix)

    @property
    def has_marks(self) -> bool:
        """Whether any word was typed with marks."""
        return any(word.has_marks for word in self.words)

    @property
    def plain(self) -> str:
        """The query without marks, as it is proposed when nothing was found."""
        return " ".join(word.plain for word in self.words)


def parse(text: str, *, typing: bool = False) -> Query:
    """Read a query. While ``typing`` the last word counts as a beginning too, unless a space follows it."""
    typed = text[:MAX_TEXT]
    words = [Word(*word_pair(word)) for word in _without_label(split(typed))][:MAX_WORDS]
    prefix = ""
    if words and typing and typed[-1:].isalnum():
        prefix = words[-1].plain
        if len(prefix) < 2 and not prefix.isdigit():
            words.pop()
            prefix = ""
    symbol = "".join(word.plain for word in words) if _looks_like_symbol(words) else ""
    return Query(tuple(words), prefix, symbol)


def _without_label(words: list[str]) -> list[str]:
    """Leave out "số" and "so" before a number: people read the label aloud, papers do not carry it in the symbol."""
    return [
        word
        for place, word in enumerate(words)
        if not (word_pair(word)[0] == "so" and place + 1 < len(words) and words[place + 1].isdigit())
    ]


def _looks_like_symbol(words: list[Word]) -> bool:
    """Tell whether the words may be a symbol: a number and at most five more parts."""
    return 2 <= len(words) <= 6 and any(word.plain.isdigit() for word in words)
