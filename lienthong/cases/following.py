"""What follows a case beyond its own step: whoever listens is told, in the same transaction.

The operations of a case do not know who follows it (linked cases do); a follower declares itself from ``ready()``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Literal

from lienthong.cases.models import Case
from lienthong.organisation.actor import Actor

Moment = Literal[
    "submitted",
    "received",
    "papers",
    "asked",
    "supplied",
    "owes",
    "apologised",
    "result",
    "done",
    "undone",
    "ended",
    "talked",
    "replied",
]
"""Before its desk, not yet received; received with its promise; files hung on its papers; asked for a supplement; that
was brought; its clock stands until it is paid; an apology with a new promise; a result written; done, so that its
result waits to be handed over; no longer done; ended, however; the office wrote to the applicant; it answered a
complaint."""
Follower = Callable[[Case, Actor | None, dt.datetime], None]
_followers: dict[Moment, list[Follower]] = {}


def declare(moment: Moment, follower: Follower) -> None:
    """Declare who is told of a moment; the same follower again is once."""
    known = _followers.setdefault(moment, [])
    if follower not in known:
        known.append(follower)


def tell(moment: Moment, case: Case, *, actor: Actor | None, at: dt.datetime) -> None:
    """Tell the followers of a moment; the caller holds the row of the case and has written it."""
    for follower in _followers.get(moment, ()):
        follower(case, actor, at)
