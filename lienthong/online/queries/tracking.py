"""Where a case stands, as whoever holds its paper may know: the step, the office, the time left, what comes next."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from lienthong.calendars.queries import remaining, working_calendar
from lienthong.cases.letters import counting_of
from lienthong.cases.models import Case, HandOver, Supplement
from lienthong.cases.operations.writing import step_of
from lienthong.cases.queries.holders import office_of
from lienthong.cases.queries.opinions import may_be_rated
from lienthong.cases.tracking import key_of
from lienthong.kernel.clock import local_date
from lienthong.ui.deadlines import Badge, badge
from lienthong.workflow.actions import Action
from lienthong.workflow.flow import Step

TOGETHER = ("version__procedure", "applicant", "receiving_unit", "receiving_agency", "competent_agency", "holder_unit")
ONWARD = (Action.ACCEPT, Action.FORWARD, Action.PROPOSE, Action.SIGN)


@dataclass(frozen=True, slots=True)
class Passed:
    """A step that was done: its name, the office that did it, since when and until when."""

    name: str
    office: str
    since: dt.datetime
    until: dt.datetime | None
    is_taken: bool
    seen_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Tracked:
    """A case as the applicant follows it. No officer is named, nothing of the form is shown.

    ``counting`` says from when it counts, where it was handed in outside the hours and waits for its desk.
    """

    case: Case
    passed: tuple[Passed, ...]
    ahead: tuple[str, ...]
    badge: Badge | None
    supplement: Supplement | None
    counting: str = ""
    may_rate: bool = False

    @property
    def here(self) -> Passed | None:
        """The step in which it stands now; None when it is over."""
        return self.passed[-1] if self.passed and self.passed[-1].until is None else None

    @property
    def masked(self) -> str:
        """The applicant's name with the middle hidden, for whoever looks over a shoulder."""
        words = self.case.applicant.name.split()
        return " ".join([words[0], *("***" for _ in words[1:-1]), words[-1]]) if len(words) > 1 else words[0]


def by_code(code: str, phone: str) -> Case | None:
    """Return the case of a code, if the telephone number is the one that was left with it (one query)."""
    digits = re.sub(r"\D", "", phone)
    asked = "".join(code.split()).upper()
    if not asked or len(digits) < 9 or len(asked) > 60:
        return None
    return Case.objects.filter(code__iexact=asked, contact_phone=digits).only("pk").first()


def case_by_token(token: str) -> Case | None:
    """Return a case by the token on its papers (one query)."""
    pk = key_of(token)
    return Case.objects.select_related("version").defer("version__text", "values").filter(pk=pk).first() if pk else None


def track(token: str, at: dt.datetime) -> Tracked | None:
    """Return a case by the token on its papers: four queries, however long its story."""
    pk = key_of(token)
    if pk is None:
        return None
    rows = Case.objects.select_related(*TOGETHER).defer("version__text", "values")
    case = rows.filter(pk=pk).first()
    return tracked(case, at) if case else None


def tracked(case: Case, at: dt.datetime) -> Tracked:
    """Return a case that was opened to the reader as it is followed (three queries)."""
    hands = case.hand_overs.filter(is_undone=False).select_related("unit").order_by("pk")
    passed = tuple(_passed(hand, case, at) for hand in hands)
    waiting = case.supplements.filter(state=Supplement.State.ASKED).first() if case.paused_at else None
    return Tracked(case, passed, _ahead(case), _badge(case, at), waiting, counting_of(case), may_be_rated(case, at))


def _passed(hand: HandOver, case: Case, at: dt.datetime) -> Passed:
    """Return a step as its reader follows it: a step of the past names the office of then, the last that of now."""
    office = hand.unit if hand.left_at is not None else office_of(case, hand.unit, local_date(at))
    return Passed(
        hand.step_name, office.short_name, hand.given_at, hand.left_at, hand.taken_at is not None, _seen(hand)
    )


def _seen(hand: HandOver) -> dt.datetime | None:
    """Return when whoever has it first opened it, or took it in hand without opening it."""
    return min(filter(None, (hand.seen_at, hand.taken_at)), default=None)


def _ahead(case: Case) -> tuple[str, ...]:
    """Return the steps that will follow if nothing comes between."""
    if case.is_ended or not case.step:
        return ()
    flow, step, found = case.version.definition.flow, step_of(case), list[Step]()
    while move := next((one for one in step.moves if one.action in ONWARD and one.end is None), None):
        step = flow.step(move.to)
        if step in found:
            break
        found.append(step)
    return tuple(one.name for one in found)


def _badge(case: Case, at: dt.datetime) -> Badge | None:
    if case.promised_at is None or (case.is_ended and case.finished_at is None):
        return None
    if case.paused_at is not None:
        return badge(case.promised_at, at, None, suspended=True)
    done = case.finished_at
    calendar = working_calendar(case.competent_agency, local_date(at))
    return badge(case.promised_at, at, remaining(case.promised_at, done or at, calendar), done_at=done)
