"""Threads: how work below tells the record above it that it moved, without knowing it.

A task hangs on a thread (a document, a programme). When the task is given to somebody, the record must open to them;
when the task moves, the record's own state may follow. The app that owns the kind declares in ``ready()`` what it does
then; the two functions run inside the transaction of the operation that calls them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lienthong.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class Thread:
    """What a kind of record does when work on it is given out (``opened``) and when such work moves (``moved``).

    ``opened(pk, audiences, at)`` makes the record visible to the audience keys (see ``kernel.audience``);
    ``moved(pk, at)`` lets it look at the work again and change its own state.
    """

    kind: str
    opened: Callable[[int, Iterable[int], dt.datetime], None]
    moved: Callable[[int, dt.datetime], None]


_threads: dict[str, Thread] = {}


def declare(thread: Thread) -> None:
    """Declare a kind of thread; called from ``ready()``."""
    _threads[thread.kind] = thread


def open_to(thread: Subject, audiences: Iterable[int], *, at: dt.datetime) -> None:
    """Open the record to audiences; a kind that declared nothing has nothing to open."""
    if thread.kind in _threads:
        _threads[thread.kind].opened(thread.pk, audiences, at)


def moved(thread: Subject, *, at: dt.datetime) -> None:
    """Tell the record that work on it moved."""
    if thread.kind in _threads:
        _threads[thread.kind].moved(thread.pk, at)
