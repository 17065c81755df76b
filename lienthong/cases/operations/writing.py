"""What every step of a case shares: take it in hand, let it enter a state, put it before the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import connection

from lienthong.calendars import clock
from lienthong.calendars.queries import working_calendar
from lienthong.calendars.working_time import Calendar
from lienthong.cases import sync
from lienthong.cases.models import Case, CaseReader, HandOver, Supplement
from lienthong.cases.places import Ground, Hands, area_of
from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.payments.operations import charges
from lienthong.search.operations import reindex_audiences, set_state
from lienthong.tasks import operations as tasks
from lienthong.workflow.flow import End, Phase, Step
from lienthong.workflow.status import Facts, Status, status

TOGETHER = (
    "version__procedure__sector", "applicant", "receiving_unit", "receiving_agency", "competent_agency",
    "holder_unit", "holder_post",
)  # fmt: skip


def locked(case: Case) -> Case:
    """Return the case with its row held until the transaction ends, and all that a step looks at (one query)."""
    rows = Case.objects.select_for_update(of=("self",)).select_related(*TOGETHER).defer("version__text")
    return rows.get(pk=case.pk)


def step_of(case: Case) -> Step:
    """Return the step in which a case stands."""
    return case.version.definition.flow.step(case.step)


def ground_of(case: Case, on: dt.date) -> Ground:
    """Return of which agencies a case speaks."""
    definition = case.version.definition
    area = area_of(definition, case.values, case.applicant.commune_code)
    sector = definition.competence.sector or definition.sector
    return Ground(case.receiving_agency, case.competent_agency, area, sector, on)


def status_of(case: Case, **known: Any) -> Status:
    """Return the national status that follows from the facts of a case; ``known`` says what has just changed."""
    facts = {
        "phase": step_of(case).phase if case.step else Phase.WORK,
        "received": case.received_at is not None,
        "moved": case.status not in (Case.Status.NEW, Case.Status.RECEIVED),
        **known,
    }
    return status(Facts(**facts))


def give(
    case: Case,
    step: Step,
    hands: Hands,
    *,
    actor: Actor | None,
    at: dt.datetime,
    is_first: bool = False,
    due_at: dt.datetime | None = None,
    calendar: Calendar | None = None,
) -> HandOver:
    """Put a step of a case before somebody: the hand-over, the case's shadows, the task; the caller saves the case."""
    row = HandOver.objects.create(
        case=case,
        step=step.key,
        step_name=step.name,
        from_unit=actor.post.unit if actor else None,
        from_officer=actor.officer if actor else None,
        unit=hands.unit,
        post=hands.post,
        given_at=at,
        limit=str(step.limit) if step.limit else "",
        due_at=due_at or due_of(step, hands, at, calendar),
    )
    case.step, case.holder_unit, case.holder_post, case.holder = step.key, hands.unit, hands.post, hands.audience
    held = tasks.Held(f"{step.name}: {case.code} · {case.abstract}", hands.unit, hands.post, row.due_at)
    if is_first:
        tasks.route(case.subject, held, actor=actor, at=at)
    else:
        tasks.reroute(case.subject, held, actor=actor, at=at)
    return row


def rest(case: Case, *, at: dt.datetime) -> None:
    """Take a case off the desks while it waits for somebody outside."""
    tasks.rest(case.subject, at=at)


def due_of(step: Step, hands: Hands, at: dt.datetime, calendar: Calendar | None = None) -> dt.datetime | None:
    """Return by when a step must be done that is given now; None where it has no limit of its own."""
    if step.limit is None:
        return None
    calendar = calendar or working_calendar(hands.unit, local_date(at))
    return clock.due(calendar, step.limit, [clock.Event(clock.EventKind.START, at)])


_LEAVE = """
UPDATE cases_handover
   SET left_at = %(at)s, action = %(action)s, note = %(note)s, taken_at = COALESCE(taken_at, %(at)s),
       is_late = COALESCE(due_at < %(at)s, false)
 WHERE case_id = %(case)s AND left_at IS NULL
RETURNING is_late, due_at
"""


def leave(case: Case, action: str, *, note: str = "", at: dt.datetime) -> tuple[bool, dt.datetime | None]:
    """Close the hand-over in which a case stands (one statement); returns whether it was late, and its limit."""
    with connection.cursor() as cursor:
        cursor.execute(_LEAVE, {"case": case.pk, "action": action, "note": note[:2000], "at": at})
        found: tuple[bool, dt.datetime | None] = cursor.fetchone()
    return found


_SHADOWS = """
WITH shadows AS (
    UPDATE cases_casereader SET status = %(status)s, due_at = %(due)s WHERE case_id = %(case)s
)
INSERT INTO cases_casereader (case_id, audience, status, due_at, procedure_id, is_filed)
SELECT %(case)s, audience, %(status)s, %(due)s, %(procedure)s, %(filed)s FROM unnest(%(fresh)s::bigint[]) AS audience
ON CONFLICT (case_id, audience) DO NOTHING
RETURNING audience
"""


def show_to(case: Case, audiences: Iterable[int]) -> list[int]:
    """Bring the readers' shadows up to the case and open it to more audiences (one statement); returns the new ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            _SHADOWS,
            {
                "case": case.pk,
                "status": case.status,
                "due": case.due_at,
                "procedure": case.procedure_id,
                "filed": case.is_filed,
                "fresh": sorted(set(audiences)),
            },
        )
        return [audience for (audience,) in cursor.fetchall()]


def conclude(
    case: Case,
    kind: str,
    *fields: str,
    hands: Hands | None = None,
    actor: Actor | None,
    at: dt.datetime,
    **particulars: Any,
) -> None:
    """End a step: save the case, its readers' shadows and the search entry, record the event."""
    case.changed_at = at
    case.save(update_fields=[*fields, "changed_at"])
    fresh = show_to(case, hands.audiences if hands else ())
    if fresh:
        everyone = CaseReader.objects.filter(case=case).values_list("audience", flat=True)
        reindex_audiences(case.subject, everyone)
    if "status" in fields:
        set_state(case.subject, str(case.status))
    said = {name: value for name, value in particulars.items() if value not in ("", None, [])}
    record(case.subject, f"case.{kind}", actor=actor, at=at, particulars=said)
    if hands is not None or "status" in fields:
        sync.changed(case, kind, is_handed=hands is not None, actor=actor, at=at, note=str(said.get("note", "")))


def wait_no_more(case: Case, *, at: dt.datetime) -> None:
    """Take back what a case that ends was waiting for: a supplement, a suspension (none or two statements)."""
    if case.paused_at is None:
        return
    case.supplements.filter(state=Supplement.State.ASKED).update(state=Supplement.State.CANCELLED)
    case.suspensions.filter(until=None).update(until=at)
    case.paused_at = None


UNPAID = "Hồ sơ kết thúc, không còn phải nộp"


def end(case: Case, how: End, *, actor: Actor | None, at: dt.datetime) -> None:
    """Let nothing more be done about a case: nobody holds it, its task is settled, nothing is owed any more."""
    _drop_questions(case, at=at)
    if how != End.HANDED_OVER:
        charges.release(case.subject, reason=UNPAID, actor=actor, at=at)
    case.holder, case.holder_unit, case.holder_post = 0, None, None
    case.ended_at = at
    case.status = status_of(case, end=how)
    tasks.settle(case.subject, at=at)


def _drop_questions(case: Case, *, at: dt.datetime) -> None:
    """Take back every question to other units that is not answered (one query where there is none)."""
    for row in case.consultations.filter(answered_at=None, cancelled_at=None):
        row.cancelled_at = at
        row.save(update_fields=["cancelled_at"])
        tasks.settle(row.subject, at=at)


def said_why(reason: str) -> str:
    """Return a reason, trimmed; refuse an empty one."""
    text = reason.strip()
    if not text:
        raise Refusal("Cần ghi lý do.", field="reason")
    return text
