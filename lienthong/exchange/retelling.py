"""Who can tell the facts of a subject anew, when a message is sent again after mending; the apps above declare it."""

from __future__ import annotations

from collections.abc import Callable

from lienthong.exchange.facts import Facts
from lienthong.kernel.subjects import Subject

Teller = Callable[[int], Facts | None]
_tellers: dict[str, Teller] = {}


def declare(kind: str, teller: Teller) -> None:
    """Declare who tells of a kind of subject as it is now; called from ``ready()``."""
    _tellers[kind] = teller


def facts_of(subject: Subject) -> Facts | None:
    """Return the facts of a subject as they are now; None where nobody can tell."""
    teller = _tellers.get(subject.kind)
    return teller(subject.pk) if teller else None
