"""What an event says in words: declared by the app that records it."""

from __future__ import annotations

from collections.abc import Callable

from lienthong.journal.models import Event

Sentence = Callable[[Event], str]
SYSTEM = "Hệ thống"
_sentences: dict[str, Sentence] = {}
_doers: dict[str, str] = {}


def declare(kind: str, sentence: Sentence, *, doer: str = SYSTEM) -> None:
    """Declare the sentence of a kind of event (without its subject: ``chuyển cho Minh, hạn 17:00 22/01/2014``).

    ``doer`` stands before it where no officer did it.
    """
    _sentences[kind] = sentence
    _doers[kind] = doer


def doer_of(event: Event) -> str:
    """Return who did what no officer did: the applicant, the payer, else the system."""
    return _doers.get(event.kind, SYSTEM)


def sentence_of(event: Event) -> str:
    """Return the sentence of an event; a kind that nobody declared is shown by its word, never hidden."""
    declared = _sentences.get(event.kind)
    return declared(event) if declared else event.kind
