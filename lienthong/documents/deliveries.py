"""How what came from inside the system answers its sender, without knowing who that is.

The app above that delivers (``outgoing``) declares in its ``ready()`` what it wants to hear of a delivery. Each is
called inside the receiver's transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from lienthong.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class Registered:
    """What the receiver gave back: the document's key, its arrival number and date."""

    document: int
    number: int
    date: dt.date


@dataclass(frozen=True, slots=True)
class DeliveryKind:
    """A kind of delivery: ``registered(pk, what, at)``, ``refused(pk, reason, at)`` and ``destroyed(pk, at)``."""

    kind: str
    registered: Callable[[int, Registered, dt.datetime], None]
    refused: Callable[[int, str, dt.datetime], None]
    destroyed: Callable[[int, dt.datetime], None]


_kinds: dict[str, DeliveryKind] = {}


def declare(kind: DeliveryKind) -> None:
    """Declare a kind of delivery; called from ``ready()``."""
    _kinds[kind.kind] = kind


def tell_registered(sender: Subject | None, what: Registered, at: dt.datetime) -> None:
    """Tell the sender that the delivery stands in the receiver's book."""
    if sender and sender.kind in _kinds:
        _kinds[sender.kind].registered(sender.pk, what, at)


def tell_refused(sender: Subject | None, reason: str, at: dt.datetime) -> None:
    """Tell the sender that the receiver sent it back, and why."""
    if sender and sender.kind in _kinds:
        _kinds[sender.kind].refused(sender.pk, reason, at)


def tell_destroyed(sender: Subject | None, at: dt.datetime) -> None:
    """Tell the sender that the receiver destroyed what was recalled."""
    if sender and sender.kind in _kinds:
        _kinds[sender.kind].destroyed(sender.pk, at)
