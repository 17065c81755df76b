"""Taking back the last step, while nothing left the building and nobody acted on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from lienthong.cases import following
from lienthong.cases.models import Case, HandOver
from lienthong.cases.operations import writing
from lienthong.cases.operations.stepping import finish, unfinish
from lienthong.cases.places import Hands
from lienthong.journal.models import Event
from lienthong.journal.queries import history
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.tasks import operations as tasks
from lienthong.workflow.flow import Phase

MOVES = ("case.forward", "case.propose", "case.sign", "case.send_back")
TOO_LATE = "Không hoàn tác được nữa: {why}."


def last_move(case: Case, actor: Actor) -> Event | None:
    """Return the move that the actor may take back: the very last thing that happened, done by them (one query)."""
    entries = history(case.subject, limit=1)
    event = entries[0].event if entries else None
    if event is None or event.kind not in MOVES or event.officer_id != actor.officer.pk:
        return None
    return event


def undoable(case: Case, actor: Actor, hands: Sequence[HandOver]) -> bool:
    """Tell whether the actor could take the last step back now (a query only where it may be so)."""
    if len(hands) < 2 or case.is_ended or hands[-1].taken_at is not None:
        return False
    if hands[-1].from_officer_id != actor.officer.pk or hands[-1].unit.agency_id != hands[-2].unit.agency_id:
        return False
    return last_move(case, actor) is not None and not is_issued(case)


def is_issued(case: Case) -> bool:
    """Tell whether a result bears its number already: then a paper is out, and no step before it is taken back."""
    return case.results.exclude(symbol="").exists()


@transaction.atomic
def undo(case: Case, *, actor: Actor, at: dt.datetime) -> Case:
    """Bring a case back to the step from which the actor has just moved it, as if it had never left.

    The hand-over that was made stays in the record as undone. Refuses: when somebody took it or did anything since;
    when it went to another agency; when the actor did not do it; when a result bears its number.
    """
    case = writing.locked(case)
    event = last_move(case, actor)
    if event is None:
        raise Refusal(TOO_LATE.format(why="bước vừa rồi không phải của bạn, hoặc đã có việc khác làm sau đó"))
    if is_issued(case):
        raise Refusal(TOO_LATE.format(why="kết quả đã ký và có số"))
    here, before = _hands(case)
    if here.taken_at is not None:
        raise Refusal(TOO_LATE.format(why=f"{here.unit.short_name} đã nhận hồ sơ"))
    if here.unit.agency_id != before.unit.agency_id:
        raise Refusal(TOO_LATE.format(why=f"hồ sơ đã chuyển sang {here.unit.short_name}"))
    here.left_at, here.action, here.is_undone, here.taken_at = at, "undo", True, at
    here.save(update_fields=["left_at", "action", "is_undone", "taken_at"])
    before.left_at, before.action, before.note, before.is_late = None, "", "", None
    before.save(update_fields=["left_at", "action", "note", "is_late"])
    changed = _back(case, before, event, actor=actor, at=at)
    hands = Hands(before.unit, before.post)
    writing.conclude(case, "undone", *changed, hands=hands, actor=actor, at=at, step=before.step_name)
    if "finished_at" in changed and case.finished_at is None:
        following.tell("undone", case, actor=actor, at=at)
    return case


def _hands(case: Case) -> tuple[HandOver, HandOver]:
    rows = case.hand_overs.select_for_update(of=("self",)).filter(is_undone=False)
    here, before = rows.select_related("unit", "post").order_by("-pk")[:2]
    return here, before


def _back(case: Case, before: HandOver, event: Event, *, actor: Actor, at: dt.datetime) -> list[str]:
    changed = ["step", "holder_unit", "holder_post", "holder", "status"]
    flow = case.version.definition.flow
    if flow.step(case.step).phase == Phase.RESULT and flow.step(before.step).phase != Phase.RESULT:
        changed += unfinish(case)
    elif finished := event.particulars.get("finished"):
        changed += finish(case, at=dt.datetime.fromisoformat(finished))
    hands = Hands(before.unit, before.post)
    case.step, case.holder_unit, case.holder_post, case.holder = before.step, hands.unit, hands.post, hands.audience
    case.status = int(event.particulars.get("was", case.status))
    title = f"{before.step_name}: {case.code} · {case.abstract}"
    tasks.reroute(case.subject, tasks.Held(title, hands.unit, hands.post, before.due_at), actor=actor, at=at)
    tasks.begin(case.subject, at=at)
    return changed
