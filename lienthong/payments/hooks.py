"""What the apps above learn when something of theirs has been paid, without being known here.

``cases`` declares in its ``ready()`` what is to happen when the charges of a case are settled. It runs inside the very
transaction in which the money is counted, once for each payment or waiver.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.db import connection

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor

How = Literal["paid", "waived", "cancelled"]


@dataclass(frozen=True, slots=True)
class Settled:
    """Charges of one subject that need no more money: how, which, how much, and what is still owed of it.

    ``owed_at_receipt`` and ``owed_before_result`` are in đồng; both nought: everything is settled.
    """

    subject: Subject
    how: How
    charges: tuple[int, ...]
    amount: int
    owed_at_receipt: int
    owed_before_result: int
    actor: Actor | None
    at: dt.datetime

    @property
    def is_all(self) -> bool:
        """Whether nothing is owed any more."""
        return self.owed_at_receipt == 0 and self.owed_before_result == 0


OnPaid = Callable[[Settled], None]
_hooks: dict[str, OnPaid] = {}
_locks: dict[str, Callable[[int], object]] = {}


def declare(subject_kind: str, on_paid: OnPaid, *, lock: Callable[[int], object] | None = None) -> None:
    """Declare what happens when charges of a kind of subject are settled; called from ``ready()``.

    ``lock(pk)`` locks the subject's row: it is called before anything of ours is locked, so that whoever locks the
    subject first and then charges it never waits for us while we wait for them.
    """
    _hooks[subject_kind] = on_paid
    if lock:
        _locks[subject_kind] = lock


def lock(subject: Subject) -> None:
    """Lock the subject, inside the caller's transaction: as its app said, else by its name alone."""
    if subject.kind in _locks:
        _locks[subject.kind](subject.pk)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"payments:{subject}"])


def tell(settled: Settled) -> None:
    """Tell the subject's app; nobody need have declared anything."""
    if subject_hook := _hooks.get(settled.subject.kind):
        subject_hook(settled)
