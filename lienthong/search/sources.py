"""What can be indexed again from nothing: each app declares its own kinds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lienthong.kernel.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What ``operations.index`` takes, as one value."""

    subject: Subject
    title: str
    symbol: str = ""
    body: str = ""
    kind: str = ""
    unit_id: int | None = None
    year: int | None = None
    state: str = ""
    audiences: Iterable[int] = ()
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of subject that is found: its entries, oldest first, and what its states are called."""

    kind: str
    entries: Callable[[], Iterator[Entry]]
    states: Mapping[str, str] = field(default_factory=dict)


_sources: dict[str, Source] = {}


def declare(kind: str, entries: Callable[[], Iterator[Entry]], *, states: Mapping[str, str] | None = None) -> None:
    """Declare a source; called from ``ready()``. ``states`` are the choices of the state filter, in their order."""
    _sources[kind] = Source(kind, entries, dict(states or {}))


def sources() -> tuple[Source, ...]:
    """Return every declared source, in the order of the words."""
    return tuple(_sources[kind] for kind in sorted(_sources))


def states_of(kinds: Iterable[str]) -> dict[str, str]:
    """Return the states of some kinds (none named: of all) with what they are called."""
    wanted = set(kinds) or set(_sources)
    return {word: name for kind in sorted(wanted & set(_sources)) for word, name in _sources[kind].states.items()}
