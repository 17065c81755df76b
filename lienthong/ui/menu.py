"""What the frame offers: every app declares its own entries from ``ready()``; each actor sees what they may use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import get_urlconf, reverse
from django.utils.safestring import SafeString

from lienthong.kernel.counting import count_all
from lienthong.organisation.actor import Actor

Counted = Callable[[Actor], QuerySet[Any, Any]]
CountedForAll = Callable[[Sequence[Actor]], QuerySet[Any, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """One entry of the rail, of the foot of the rail (administration) or of the top bar (``key="notices"``).

    ``parent`` is the key of another entry below which this one stands. ``right``: one right, or several of which one
    is enough; none = everybody. ``counted``: the list whose number stands beside the word; every page counts them all
    in one query, so it must be cheap; ``counted_for_all``: the same for every post in which the officer acts today.
    ``count_url_name``: where the top bar asks for the count anew every minute (a fragment).
    """

    key: str
    label: str
    icon: str
    url_name: str
    right: str | tuple[str, ...] | None = None
    order: int = 100
    counted: Counted | None = None
    counted_for_all: CountedForAll | None = None
    count_url_name: str = ""
    parent: str = ""
    place: Literal["rail", "foot", "top", "me"] = "rail"

    def is_for(self, actor: Actor | None) -> bool:
        """Tell whether an actor may use the entry."""
        if actor is None:
            return False
        rights = (self.right,) if isinstance(self.right, str) else self.right
        return rights is None or any(actor.can(right) for right in rights)

    def list_of(self, actor: Actor, actors: Sequence[Actor]) -> QuerySet[Any, Any] | None:
        """Return the list that is counted beside the word, where there is one."""
        if self.counted_for_all:
            return self.counted_for_all(actors or [actor])
        return self.counted(actor) if self.counted else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """One entry of the + menu: a thing that may be begun from anywhere."""

    key: str
    label: str
    icon: str
    url_name: str
    right: str | None = None
    order: int = 100

    def is_for(self, actor: Actor | None) -> bool:
        """Tell whether an actor may begin it."""
        return actor is not None and (self.right is None or actor.can(self.right))


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a page shows it."""

    key: str
    label: str
    icon: str
    url: str
    count: int | None
    children: tuple[Shown, ...] = ()
    count_url: str = ""


_entries: dict[str, MenuEntry] = {}
_new: dict[str, NewEntry] = {}


def declare(entry: MenuEntry) -> None:
    """Declare an entry; called from ``ready()``."""
    _entries[entry.key] = entry


def declare_new(entry: NewEntry) -> None:
    """Declare something that the + menu can begin; called from ``ready()``."""
    _new[entry.key] = entry


def shown_to(
    actor: Actor | None,
    place: str = "rail",
    parent: str = "",
    *,
    counts: Mapping[str, int] | None = None,
) -> list[Shown]:
    """Return what an actor sees in one place, in order, with ``counts`` by key (see ``counts_for``)."""
    counts = counts or {}
    mine = [e for e in _entries.values() if e.place == place and e.parent == parent and e.is_for(actor)]
    return [
        Shown(
            key=entry.key,
            label=entry.label,
            icon=entry.icon,
            url=_address(entry.url_name, get_urlconf()),
            count=counts.get(entry.key),
            children=tuple(shown_to(actor, place, entry.key, counts=counts)),
            count_url=_address(entry.count_url_name, get_urlconf()) if entry.count_url_name else "",
        )
        for entry in sorted(mine, key=lambda e: (e.order, e.label))
    ]


def counts_for(
    actor: Actor | None, actors: Sequence[Actor] = (), known: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Return the numbers beside all entries that an actor sees, by key: one query; ``actors``: all in which they act.

    ``known`` are counts by key that the page itself has already made: they are not made again.
    """
    counts = dict(known or {})
    if actor is None:
        return counts
    asked = {
        entry.key: rows
        for entry in _entries.values()
        if entry.key not in counts and entry.is_for(actor) and (rows := entry.list_of(actor, actors)) is not None
    }
    return counts | dict(zip(asked, count_all(asked.values()), strict=True))


@lru_cache(maxsize=1000)
def rail(entries: tuple[Shown, ...], foot: tuple[Shown, ...], here: str, *, is_small: bool) -> SafeString:
    """Draw the rail: the same entries with the same numbers look the same on every page, so each is drawn once."""
    context = {"entries": entries, "foot": foot, "here": here, "is_small": is_small}
    return render_to_string("ui/rail.html", context)


@cache
def _address(name: str, urlconf: str | None) -> str:
    return reverse(name, urlconf=urlconf)


def new_for(actor: Actor | None) -> list[Shown]:
    """Return what an actor may begin from the + menu."""
    mine = sorted((e for e in _new.values() if e.is_for(actor)), key=lambda e: (e.order, e.label))
    return [Shown(e.key, e.label, e.icon, _address(e.url_name, get_urlconf()), None) for e in mine]
