"""What may lie in a work file: each app says it of its own records, and what of them comes along.

A document or a task is one line of the list of documents. A record that is many papers (a case) is a **whole**: its
line stands first, its parts below it, each with its own day and pages; they come in and go out together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lienthong.kernel.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """The columns of the list of documents (NĐ 30/2020 Phụ lục V and VI)."""

    symbol: str = ""
    title: str = ""
    issuer: str = ""
    date: dt.date | None = None
    pages: int | None = None
    note: str = ""

    def columns(self) -> dict[str, object]:
        """Return them as the columns of a filing, cut to their lengths."""
        return {
            "symbol": self.symbol[:60],
            "title": self.title[:500],
            "issuer": self.issuer[:200],
            "date": self.date,
            "pages": self.pages,
            "note": self.note[:300],
        }


@dataclass(frozen=True, slots=True)
class Part:
    """One paper of a whole."""

    subject: Subject
    particulars: Particulars


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a new work file for some records would be called, since when, of which sector its papers are, and why."""

    title: str
    started_on: dt.date
    sector: str
    reason: str


def _nothing(_pks: Sequence[int]) -> Mapping[int, Any]:
    return {}


def _none(_pks: Sequence[int]) -> Collection[int]:
    return ()


def _unmeasured(_pk: int) -> int | None:
    return None


def _unheard(_pks: Sequence[int]) -> None:
    return


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of thing that may lie in a work file, as its own app declares it; every function asks a fixed number of
    queries, however many keys it is given.

    ``visible`` returns those of some keys that an actor may see; ``particulars`` what one is called now; ``measured``
    counts the pages of what is set only when it is printed. Of a whole: ``parts`` what comes along, ``refused`` why it
    cannot be filed now, by key; ``voided`` which of some no longer hold; ``changed`` is told, in the same transaction,
    which came in or went out; ``alike`` which others belong in the same file; ``proposed`` a new file for some.
    """

    kind: str
    name: str
    visible: Callable[[Any, Sequence[int]], Iterable[int]]
    particulars: Callable[[int], Particulars | None] = lambda _pk: None
    measured: Callable[[int], int | None] = _unmeasured
    has_pages: bool = True
    is_part: bool = False
    is_upload: bool = False
    parts: Callable[[Sequence[int]], Mapping[int, Sequence[Part]]] = _nothing
    refused: Callable[[Sequence[int]], Mapping[int, str]] = _nothing
    voided: Callable[[Sequence[int]], Collection[int]] = _none
    changed: Callable[[Sequence[int]], None] = _unheard
    alike: Callable[[Sequence[int]], Iterable[int]] = _none
    alike_words: str = "cùng việc"
    proposed: Callable[[Sequence[int]], Proposal | None] = lambda _pks: None

    @property
    def is_chosen(self) -> bool:
        """Whether somebody puts it in by itself, from its page or by a search."""
        return not self.is_part and not self.is_upload


_kinds: dict[str, Kind] = {}


def declare(*kinds: Kind) -> None:
    """Declare kinds; called from ``ready()``."""
    for one in kinds:
        _kinds[one.kind] = one


def find(kind: str) -> Kind | None:
    """Return a declared kind; None for what cannot lie in a work file."""
    return _kinds.get(kind)


def chosen() -> tuple[str, ...]:
    """Return the words of the kinds that somebody puts in by themselves."""
    return tuple(one.kind for one in _kinds.values() if one.is_chosen)


def name_of(kind: str) -> str:
    """Return what a kind is called."""
    found = _kinds.get(kind)
    return found.name if found else ""
