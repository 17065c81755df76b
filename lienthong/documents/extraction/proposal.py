"""A proposed value, with the place in the text where it was found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed value of one field.

    ``start`` and ``end`` are places in ``Extraction.text`` and ``quote`` is what stands there; ``confidence`` lies
    between 0 and 1; ``how`` says in Vietnamese how the value was found, for the person who confirms it.
    """

    value: str
    start: int
    end: int
    quote: str
    confidence: float
    how: str


def propose(text: str, value: str, span: tuple[int, int], confidence: float, how: str) -> Proposal:
    """Return a proposal whose quote is taken from the text."""
    start, end = span
    return Proposal(value, start, end, text[start:end], confidence, how)
