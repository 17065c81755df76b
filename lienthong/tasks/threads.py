"""What the app above learns of the tasks on its subjects, without being known here.

``documents`` declares in its ``ready()`` what is to happen when a task on an incoming document gives somebody a reason
to read it, and when a task has changed. Both run inside the operation's transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from lienthong.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class ThreadKind:
    """A kind of subject on which tasks may hang.

    ``admit(pk, audiences, at)`` lets the audiences read the subject; ``changed(pk, at)`` is told after every step of
    a task on it (assigned, accepted, done …). ``admit_many(pks, audiences, at)`` is ``admit`` for hundreds at a
    time, where the app has a way.
    """

    kind: str
    admit: Callable[[int, Iterable[int], dt.datetime], None]
    changed: Callable[[int, dt.datetime], None]
    admit_many: Callable[[Collection[int], Collection[int], dt.datetime], None] | None = None


_kinds: dict[str, ThreadKind] = {}


def declare(kind: ThreadKind) -> None:
    """Declare what a kind of subject does with its tasks; called from ``ready()``."""
    _kinds[kind.kind] = kind


def admit(thread: Subject, audiences: Iterable[int], at: dt.datetime) -> None:
    """Let the audiences read what a task is about."""
    if thread.kind in _kinds:
        _kinds[thread.kind].admit(thread.pk, audiences, at)


def admit_many(threads: Collection[Subject], audiences: Collection[int], at: dt.datetime) -> None:
    """Let the audiences read what many tasks are about."""
    for kind in sorted({thread.kind for thread in threads} & set(_kinds)):
        pks = sorted({thread.pk for thread in threads if thread.kind == kind})
        at_once = _kinds[kind].admit_many
        if at_once is not None:
            at_once(pks, audiences, at)
            continue
        for pk in pks:
            _kinds[kind].admit(pk, audiences, at)


def changed(thread: Subject, at: dt.datetime) -> None:
    """Tell the subject that one of its tasks has changed."""
    if thread.kind in _kinds:
        _kinds[thread.kind].changed(thread.pk, at)
