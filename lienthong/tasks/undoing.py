"""Which last step may be taken back, and by whom. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from enum import StrEnum
from typing import Protocol

WHILE = dt.timedelta(minutes=30)


class Undo(StrEnum):
    """Bước hoàn tác được: what is taken back."""

    ACCEPT = "accept"
    FINISH = "finish"
    VERIFY = "verify"


class Stepped(Protocol):
    """What must be known of the task."""

    @property
    def state(self) -> str: ...
    @property
    def holder(self) -> int: ...
    @property
    def verifier(self) -> int: ...
    @property
    def accepted_at(self) -> dt.datetime | None: ...
    @property
    def reported_at(self) -> dt.datetime | None: ...
    @property
    def verified_at(self) -> dt.datetime | None: ...
    @property
    def changed_at(self) -> dt.datetime: ...


def undoable(
    task: Stepped, *, post_pk: int, works_for: Collection[int], last: int | None, at: dt.datetime
) -> Undo | None:
    """Return what a post may take back now: its acceptance before any report, its result before it is confirmed (at any
    time), its confirmation for half an hour. ``last`` is the post that reported the result.
    """
    if task.state == "in_progress" and task.holder in works_for and task.reported_at is None:
        return Undo.ACCEPT if task.changed_at == task.accepted_at and _recent(task.accepted_at, at) else None
    if task.state == "reported" and last == post_pk:
        return Undo.FINISH
    if task.state == "done" and task.verifier in works_for and last != post_pk:
        return Undo.VERIFY if _recent(task.verified_at, at) else None
    return None


def _recent(step_at: dt.datetime | None, at: dt.datetime) -> bool:
    return step_at is not None and at - step_at <= WHILE
