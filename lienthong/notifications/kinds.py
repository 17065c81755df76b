"""Kinds of notices, as the apps above declare them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """Loại thông báo: what it is called in the preferences, and what holds for who has not chosen.

    ``urgent`` kinds do not wait for the morning; ``by_sms`` kinds go to the telephone too where a gateway is set up.
    """

    kind: str
    name: str
    by_email: bool = False
    by_sms: bool = False
    urgent: bool = False


_kinds: dict[str, NoticeKind] = {}


def declare(kind: str, name: str, *, by_email: bool = False, by_sms: bool = False, urgent: bool = False) -> None:
    """Declare a kind of notice; called from ``ready()``."""
    _kinds[kind] = NoticeKind(kind, name, by_email, by_sms, urgent)


def kind_of(kind: str) -> NoticeKind:
    """Return the kind; one that nobody declared is shown in the app only."""
    return _kinds.get(kind) or NoticeKind(kind, kind)


def kinds() -> tuple[NoticeKind, ...]:
    """Return every declared kind in the order of their names."""
    return tuple(sorted(_kinds.values(), key=lambda kind: kind.kind))
