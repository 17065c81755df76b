"""Faults: what is wrong in a piece of data that somebody wrote, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where in the data (keys and positions from its top) and a plain Vietnamese sentence.

    ``line`` is the line of the file, counted from 1, where the data came from one; 0 where it did not.
    """

    path: Path
    sentence: str
    line: int = 0

    def under(self, *prefix: str | int) -> Fault:
        """Return the same seen from further up: its path begins with ``prefix``."""
        return Fault((*prefix, *self.path), self.sentence, self.line)

    def __str__(self) -> str:
        place = ".".join(str(part) for part in self.path)
        return f"{place}: {self.sentence}" if place else self.sentence


class Faults(Exception):  # noqa: N818 - it is what the reader of a file is told, all at once
    """Everything that is wrong in a piece of data, in the order of the data; never empty."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))
