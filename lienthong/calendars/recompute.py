"""Who wants to hear when deadlines move by themselves: apps that keep a copy of ``due_at`` beside their own rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

Receiver = Callable[[Sequence[tuple[int, dt.datetime]]], None]
_receivers: dict[str, Receiver] = {}


def declare(kind: str, receiver: Receiver) -> None:
    """Declare, from ``ready()``, who updates the shadows of a kind: it gets ``(pk, due_at)`` pairs, many at a time."""
    _receivers[kind] = receiver


def tell(kind: str, moved: Sequence[tuple[int, dt.datetime]]) -> None:
    """Tell the receiver of a kind, if there is one, inside the transaction that moved them."""
    if moved and kind in _receivers:
        _receivers[kind](moved)
