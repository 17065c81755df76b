"""Subjects: how a lower app points at a record of a higher one without knowing it.

A task, a journal event, a file or a search entry is *about* something: ``Subject("incoming", 12)``. The app that owns
the kind declares it once in its ``apps.py: ready()``; nobody keeps a list of kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """A pointer to a record: its kind (a declared word) and its primary key."""

    kind: str
    pk: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.pk}"


@dataclass(frozen=True, slots=True)
class Described:
    """How a subject is shown where it is only mentioned: a title of one line and an address to open it."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """A kind of subject as its own app declares it.

    ``describe`` answers for many keys in one query; keys that do not exist are left out. ``is_visible`` says whether
    an actor may see one record: files, tasks and timelines ask it before they show anything that hangs on it.
    """

    kind: str
    name: str
    describe: Callable[[Iterable[int]], Mapping[int, Described]]
    is_visible: Callable[[Any, int], bool]


_kinds: dict[str, SubjectKind] = {}


def declare(kind: SubjectKind) -> None:
    """Declare a kind of subject; called from ``ready()``. Declaring one word twice is a bug."""
    if kind.kind in _kinds and _kinds[kind.kind] != kind:
        raise ValueError(f"subject kind {kind.kind!r} is declared twice")
    _kinds[kind.kind] = kind


def kind_of(word: str) -> SubjectKind:
    """Return the declared kind; an undeclared word is a bug and raises ``KeyError``."""
    return _kinds[word]


def kinds() -> tuple[SubjectKind, ...]:
    """Return every declared kind, in the order of the words."""
    return tuple(_kinds[word] for word in sorted(_kinds))


def describe(subjects: Iterable[Subject]) -> dict[Subject, Described]:
    """Describe many subjects with one query for each kind among them."""
    keys: dict[str, list[int]] = {}
    for subject in subjects:
        keys.setdefault(subject.kind, []).append(subject.pk)
    return {
        Subject(word, pk): described
        for word, pks in keys.items()
        if word in _kinds
        for pk, described in _kinds[word].describe(pks).items()
    }


def is_visible(actor: Any, subject: Subject) -> bool:
    """Tell whether the actor may see the subject; an undeclared kind is seen by nobody."""
    kind = _kinds.get(subject.kind)
    return kind is not None and kind.is_visible(actor, subject.pk)
