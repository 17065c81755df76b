"""What the app above learns of the tasks on its subjects, without being known here.

``documents`` declares in its ``ready()`` what is to happen when a task on an incoming document gives somebody a reason
to read it, and when a task has changed. Both run inside the operation's transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lienthong.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class ThreadKind:
    """A kind of subject on which tasks may hang.

    ``admit(pk, audiences, at)`` lets the audiences read the subject; ``changed(pk, at)`` is told after every step of
    a task on it (assigned, accepted, done …).
    """

    kind: str
    admit: Callable[[int, Iterable[int], dt.datetime], None]
    changed: Callable[[int, dt.datetime], None]


_kinds: dict[str, ThreadKind] = {}


def declare(kind: ThreadKind) -> None:
    """Declare what a kind of subject does with its tasks; called from ``ready()``."""
    _kinds[kind.kind] = kind


def admit(thread: Subject, audiences: Iterable[int], at: dt.datetime) -> None:
    """Let the audiences read what a task is about."""
    if thread.kind in _kinds:
        _kinds[thread.kind].admit(thread.pk, audiences, at)


def changed(thread: Subject, at: dt.datetime) -> None:
    """Tell the subject that one of its tasks has changed."""
    if thread.kind in _kinds:
        _kinds[thread.kind].changed(thread.pk, at)
