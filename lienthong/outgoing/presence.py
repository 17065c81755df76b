"""What the apps below learn of this one when the house starts."""

from __future__ import annotations


def declare() -> None:
    """Declare subjects, rights, sentences, notices and the menu."""
