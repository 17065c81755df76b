"""Filters that stand in the address: where a chip leads, which one is chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

PAGE_MARKS = ("after", "before")


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: its words, where it leads, whether it is the chosen one."""

    label: str
    address: str
    chosen: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its options, the words of the chosen one, and the address without it."""

    label: str
    without: str
    options: tuple[Choice, ...]


def address(query: QueryDict, **changes: Any) -> str:
    """Return a query string with some parameters changed; nothing takes one away; the page begins anew."""
    changed = query.copy()
    for name in (*PAGE_MARKS, *changes):
        changed.pop(name, None)
    for name, value in changes.items():
        if value not in ("", None):
            changed[name] = str(value)
    return f"?{changed.urlencode()}"


def choice(query: QueryDict, name: str, value: str, label: str, count: int | None = None) -> Choice:
    """Return one option; chosen again, it is taken away."""
    chosen = query.get(name, "") == value
    return Choice(label, address(query, **{name: "" if chosen else value}), chosen, count)


def filter_of(query: QueryDict, name: str, options: Iterable[tuple[Any, ...]]) -> Filter:
    """Return a filter over ``(value, label)`` or ``(value, label, count)``."""
    choices = tuple(choice(query, name, str(value), str(label), *count) for value, label, *count in options)
    chosen = next((option.label for option in choices if option.chosen), "")
    return Filter(chosen, address(query, **{name: ""}), choices)
