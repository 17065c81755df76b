"""Cases go from one post to another with the step that is open in them."""

from __future__ import annotations

from django.db.models import QuerySet

from lienthong.cases.models import Case
from lienthong.cases.operations import writing
from lienthong.cases.places import Hands as CaseHands
from lienthong.organisation.holdings import Hands


def take_over(rows: QuerySet[Case], hands: Hands) -> int:
    """Let the taker hold what the giver held: the step and its limit stay as they are."""
    return sum(_one(Case(pk=pk), hands) for pk in list(rows.values_list("pk", flat=True)))


def _one(case: Case, hands: Hands) -> bool:
    """Hand one case over; not one that went on to others while we waited for its row."""
    case = writing.locked(case)
    if case.holder_post_id != hands.giver.pk:
        return False
    taker = CaseHands(hands.taker.unit, hands.taker)
    _, due_at = writing.leave(case, "taken_over", at=hands.at)
    writing.give(case, writing.step_of(case), taker, actor=hands.actor, at=hands.at, due_at=due_at)
    if case.paused_at is not None:
        writing.rest(case, at=hands.at)
    writing.conclude(
        case,
        "taken_over",
        "holder_post",
        "holder_unit",
        "holder",
        hands=taker,
        actor=hands.actor,
        at=hands.at,
        **hands.told,
    )
    return True
