"""The paragraphs of a body as remarks name them, and where a paragraph stands in a later wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lienthong.formatting.blocks import inline, plain


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands now, from 1; None when it is gone. ``is_changed``: it says something else there."""

    line: int | None
    is_changed: bool = False


def paragraphs(body: str) -> list[str]:
    """Return the lines that say something, as they were typed: paragraph 1 is the first of them."""
    return [line.strip() for line in body.splitlines() if line.strip()]


def shown(paragraph: str) -> str:
    """Return what a paragraph says, without the marks of its markup."""
    return plain(inline(paragraph)) or paragraph


def follow(old: Sequence[str], new: Sequence[str]) -> list[Place]:
    """Return for each paragraph of an old wording where it stands in a new one."""
    places: list[Place] = []
    for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            places += [Place(first + step + 1) for step in range(end - start)]
        elif tag == "delete":
            places += [Place(None, is_changed=True)] * (end - start)
        elif tag == "replace":
            spread = last - first
            places += [Place(first + min(step, spread - 1) + 1, is_changed=True) for step in range(end - start)]
    return places
