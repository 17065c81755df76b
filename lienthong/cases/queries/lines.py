"""Cases as the pages show them: with their step in words and their deadline in working time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from lienthong.calendars.queries import remaining
from lienthong.calendars.working_time import Calendar
from lienthong.cases.models import Case, HandOver
from lienthong.ui.deadlines import Badge, badge

TONES = {
    Case.Status.NEW: "accent",
    Case.Status.SUPPLEMENT: "paused",
    Case.Status.PAYMENT: "paused",
    Case.Status.DONE: "done",
    Case.Status.HANDED_OVER: "done",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A case of a list: the name of its step, how its deadline stands, the tone of its status."""

    case: Case
    step: str
    badge: Badge | None
    tone: str


def lines_of(cases: Iterable[Case], calendar: Calendar, now: dt.datetime) -> list[Line]:
    """Return cases as lines (one query: the names of their steps)."""
    shown = list(cases)
    rows = HandOver.objects.filter(case__in=[case.pk for case in shown], left_at=None)
    steps = dict(rows.values_list("case", "step_name"))
    return [Line(case, steps.get(case.pk, ""), badge_of(case, calendar, now), tone_of(case)) for case in shown]


def tone_of(case: Case) -> str:
    """Return the tone in which a status is shown."""
    return TONES.get(Case.Status(case.status), "outline")


def badge_of(case: Case, calendar: Calendar, now: dt.datetime) -> Badge | None:
    """Return how the legal end of a case stands; None where there is nothing to say."""
    if case.due_at is None or (case.is_ended and case.finished_at is None):
        return None
    if case.paused_at is not None:
        return badge(case.due_at, now, None, suspended=True)
    done = case.finished_at
    return badge(case.due_at, now, remaining(case.due_at, done or now, calendar), done_at=done)
