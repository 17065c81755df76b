"""What is said to the applicant about time: an apology with a new date, a longer limit where the law gives one."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.calendars import clock
from lienthong.calendars import operations as calendars
from lienthong.calendars.limits import Limit, parse_limit
from lienthong.calendars.queries import deadline_of, working_calendar
from lienthong.cases import figures, following, policies
from lienthong.cases.models import Apology, Case, Extension
from lienthong.cases.operations import writing
from lienthong.cases.operations.stepping import NOT_YOURS
from lienthong.kernel.clock import local, local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.workflow.actions import Action


@transaction.atomic
def apologise(case: Case, *, reason: str, until: dt.date, actor: Actor, at: dt.datetime) -> Apology:
    """Apologise in writing before the promised moment and promise anew (mẫu số 04; at most once by default).

    The legal limit stays as it is: a case that ends after it is late, the apology said so in time. Refuses: who does
    not hold the case; no promise; a promise already missed; more apologies than allowed; a day that is not later, or on
    which the desk does not work.
    """
    case = writing.locked(case)
    if not policies.can_act(actor, case):
        raise Forbidden(NOT_YOURS)
    if case.promised_at is None:
        raise Refusal("Hồ sơ này không có ngày hẹn trả.")
    if at > case.promised_at:
        raise Refusal(
            f"Đã quá ngày hẹn {local(case.promised_at):%H:%M %d/%m/%Y}: phiếu xin lỗi phải gửi trước ngày hẹn. "
            "Hãy giải quyết ngay và giải thích cho người nộp."
        )
    allowed, done = case.version.definition.supplement.apologies, case.apologies.count()
    if done >= allowed:
        raise Refusal(f"Chỉ được hẹn lại {allowed} lần, và đã hẹn lại {done} lần.")
    said = writing.said_why(reason)[:1000]
    promised = _end_of(case, until, at)
    row = Apology.objects.create(
        case=case,
        number=done + 1,
        reason=said,
        promised_before=case.promised_at,
        promised_after=promised,
        by=actor.post,
        at=at,
    )
    case.promised_at = promised
    figures.add(case, "apologised", at=at)
    writing.conclude(case, "apologised", "promised_at", actor=actor, at=at, reason=said, until=promised.isoformat())
    following.tell("apologised", case, actor=actor, at=at)
    return row


def _end_of(case: Case, until: dt.date, at: dt.datetime) -> dt.datetime:
    assert case.promised_at is not None  # noqa: S101 - the caller looked
    calendar = working_calendar(case.receiving_agency, local_date(at))
    if not calendar.hours_on(until):
        raise Refusal(f"Ngày {until:%d/%m/%Y} cơ quan không làm việc. Chọn ngày làm việc.", field="until")
    promised = clock.due(calendar, until, [clock.Event(clock.EventKind.START, at)])
    if promised <= case.promised_at:
        raise Refusal(f"Ngày hẹn mới phải sau ngày đã hẹn {local(case.promised_at):%d/%m/%Y}.", field="until")
    return promised


@transaction.atomic
def extend(case: Case, *, limit: str, reason: str, step: str = "", actor: Actor, at: dt.datetime) -> Extension:
    """Lengthen the legal limit where the flow says that the law allows it; the promise moves with it.

    Refuses: who does not hold the case; a step that does not allow it; no reason; a clock that stands still or none.
    """
    case = writing.locked(case)
    if not policies.can_act(actor, case) or (step and step != case.step):
        raise Forbidden(NOT_YOURS)
    if writing.step_of(case).move(Action.EXTEND) is None:
        raise Refusal("Bước này không được gia hạn.")
    deadline = deadline_of(case.subject)
    if deadline is None or case.due_at is None or case.paused_at is not None:
        raise Refusal("Hồ sơ này không có thời hạn đang chạy để gia hạn.")
    more: Limit = parse_limit(limit)
    before = case.due_at
    said = writing.said_why(reason)[:1000]
    case.due_at = calendars.extend(deadline, limit=more, reason=said, actor=actor, at=at).due_at
    if case.promised_at is not None and case.promised_at <= before:
        case.promised_at = case.due_at
    row = Extension.objects.create(
        case=case, limit=str(more), reason=said, due_before=before, due_after=case.due_at, by=actor.post, at=at
    )
    writing.conclude(
        case, "extended", "due_at", "promised_at", actor=actor, at=at, limit=str(more), reason=said,
        until=case.due_at.isoformat(),
    )  # fmt: skip
    return row
