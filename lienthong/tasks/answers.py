"""What may be begun from the page of a record as its answer: the apps above declare it, the page shows a link.

Used by the pages of tasks and of documents, which know nothing of drafts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing to begin: its words, its icon, its address for a record, and who may; no query in ``allowed``."""

    key: str
    label: str
    icon: str
    address: Callable[[Subject], str]
    allowed: Callable[[Actor, Subject], bool]


@dataclass(frozen=True, slots=True)
class Offered:
    """An answer as a page offers it."""

    label: str
    icon: str
    url: str


_answers: dict[str, Answer] = {}


def declare(answer: Answer) -> None:
    """Declare an answer; called from ``ready()``."""
    _answers[answer.key] = answer


def offered(actor: Actor, subject: Subject) -> list[Offered]:
    """Return what an actor may begin as the answer to a record."""
    return [
        Offered(one.label, one.icon, one.address(subject)) for one in _answers.values() if one.allowed(actor, subject)
    ]
