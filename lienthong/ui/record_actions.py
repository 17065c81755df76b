"""What may be done with a record from its own page by the apps above: they declare it, the page's menu shows it.

Used by the pages of documents and of tasks, which know nothing of files of work; whether a record is still open does
not matter here, ``allowed`` says so where it does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor


@dataclass(frozen=True, slots=True)
class RecordAction:
    """One thing to do: its words, its icon, its address for a record, and who may; no query in ``allowed``."""

    key: str
    label: str
    icon: str
    address: Callable[[Subject], str]
    allowed: Callable[[Actor, Subject], bool]


@dataclass(frozen=True, slots=True)
class OfferedAction:
    """An action as a page offers it."""

    label: str
    icon: str
    url: str


_actions: dict[str, RecordAction] = {}


def declare(action: RecordAction) -> None:
    """Declare an action; called from ``ready()``."""
    _actions[action.key] = action


def offered(actor: Actor, subject: Subject) -> list[OfferedAction]:
    """Return what an actor may do with a record."""
    return [
        OfferedAction(one.label, one.icon, one.address(subject))
        for one in _actions.values()
        if one.allowed(actor, subject)
    ]
