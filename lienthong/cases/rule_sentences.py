"""What happened to a rule of reception, in words."""

from __future__ import annotations

import datetime as dt

from lienthong.cases.models import Case, ReceptionRule
from lienthong.cases.queries.rules import Said, words_of
from lienthong.journal.models import Event
from lienthong.journal.sentences import declare as declare_sentence


def declare() -> None:
    """Declare the sentences of rules."""
    declare_sentence("reception_rule.entered", lambda event: f"đặt quy tắc {told(event)}")
    declare_sentence("reception_rule.withdrawn", _withdrawn)


def told(event: Event) -> str:
    """Return a rule as its event tells it."""
    said = event.particulars
    labels = dict(Case.Channel.choices)
    channels = ", ".join(str(labels[one]).lower() for one in said["channels"])
    hour = dt.time.fromisoformat(said["hour"]) if said["hour"] else None
    words = words_of(said["kind"], Said(desks=said["desks"], hour=hour))
    name = ReceptionRule.Kind(said["kind"]).label
    day = dt.date.fromisoformat(said["from"])
    return f"{str(name).lower()} ({channels}) từ {day:%d/%m/%Y}: {words}"


def _withdrawn(event: Event) -> str:
    return f"rút quy tắc {told(event)}. Lý do: {event.particulars['reason']}"
