"""Asking other units beside a case's way: in parallel, each by its own moment; the answers come to who holds it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from lienthong.calendars import clock
from lienthong.calendars.limits import parse_limit
from lienthong.calendars.queries import working_calendar
from lienthong.cases import notices, policies
from lienthong.cases.models import Case, Consultation, Suspension
from lienthong.cases.operations import waiting, writing
from lienthong.cases.operations.stepping import NOT_YOURS
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.tasks import operations as tasks
from lienthong.workflow.actions import Action, Clock

MOST = 20


@transaction.atomic
def consult(
    case: Case, units: Sequence[Unit], *, question: str, limit: str, actor: Actor, at: dt.datetime
) -> list[Consultation]:
    """Ask units for their opinion, each within a limit by its own calendar; the case becomes open to them.

    The clock of the case stands still only where the flow says that the law allows it. Refuses: who does not hold the
    case; a step that does not allow it; nobody or one's own unit asked; a unit that was asked and has not answered; no
    question; an answer that would come after the case itself must be done.
    """
    case = writing.locked(case)
    if not policies.can_act(actor, case):
        raise Forbidden(NOT_YOURS)
    move = writing.step_of(case).move(Action.CONSULT)
    if move is None:
        raise Refusal("Bước này không lấy ý kiến đơn vị khác.")
    asked = _askable(case, units, at)
    said = question.strip()[:4000]
    if not said:
        raise Refusal("Hãy ghi nội dung cần xin ý kiến.", field="question")
    pauses = move.clock == Clock.PAUSE
    rows = [_ask(case, unit, said, limit, pauses=pauses, actor=actor, at=at) for unit in asked]
    if pauses and case.paused_at is None:
        waiting.stand_still(case, Suspension.Kind.CONSULTATION, "Chờ ý kiến đơn vị khác", actor=actor, at=at)
    writing.show_to(case, [unit.audience for unit in asked])
    names = [unit.short_name for unit in asked]
    writing.conclude(case, "consulted", *waiting.CLOCK, actor=actor, at=at, units=names, question=said)
    return rows


def _askable(case: Case, units: Sequence[Unit], at: dt.datetime) -> list[Unit]:
    asked = list({unit.pk: unit for unit in units}.values())
    if not asked or len(asked) > MOST:
        raise Refusal(f"Chọn từ 1 đến {MOST} đơn vị để lấy ý kiến.", field="units")
    if any(unit.pk == case.holder_unit_id for unit in asked):
        raise Refusal("Không cần lấy ý kiến chính đơn vị đang giữ hồ sơ.", field="units")
    day = local_date(at)
    for unit in asked:
        if unit.valid_to is not None and unit.valid_to <= day:
            raise Refusal(f"{unit.short_name} không còn hoạt động. Chọn đơn vị kế tục.", field="units")
    waits = case.consultations.filter(unit__in=asked, answered_at=None, cancelled_at=None).select_related("unit")
    if one := waits.first():
        raise Refusal(f"{one.unit.short_name} đã được hỏi và chưa trả lời.", field="units")
    return asked


def _ask(
    case: Case, unit: Unit, question: str, limit: str, *, pauses: bool, actor: Actor, at: dt.datetime
) -> Consultation:  # fmt: skip
    calendar = working_calendar(unit, local_date(at))
    due_at = clock.due(calendar, parse_limit(limit), [clock.Event(clock.EventKind.START, at)])
    if not pauses and case.due_at is not None and due_at > case.due_at:
        raise Refusal("Thời hạn trả lời sau cả hạn giải quyết của hồ sơ. Hãy hẹn sớm hơn.", field="limit")
    row = Consultation.objects.create(
        case=case, step=case.step, unit=unit, question=question, asked_by=actor.post, asked_at=at, due_at=due_at
    )
    tasks.route(row.subject, tasks.Held(f"Cho ý kiến: {case.code} · {case.abstract}", unit, None, due_at), actor=actor,
                at=at)  # fmt: skip
    return row


@transaction.atomic
def answer(consultation: Consultation, *, text: str, agrees: bool | None, actor: Actor, at: dt.datetime) -> Case:
    """Give the opinion of one's unit. When the last answer is there, a clock that stood still for it runs on.

    Refuses: another unit's officer; an empty answer; what was answered or taken back already.
    """
    case, row = _locked(consultation)
    if not policies.can_answer(actor, row):
        raise Forbidden("Chỉ lãnh đạo, cán bộ được nhận việc của đơn vị được hỏi trả lời.")
    _require_open(row)
    said = text.strip()[:8000]
    if not said:
        raise Refusal("Hãy ghi ý kiến trả lời.", field="text")
    row.answer, row.agrees, row.answered_by, row.answered_at = said, agrees, actor.post, at
    row.save(update_fields=["answer", "agrees", "answered_by", "answered_at"])
    tasks.settle(row.subject, at=at)
    left = _go_on(case, actor=actor, at=at)
    writing.conclude(case, "answered", *waiting.CLOCK, actor=actor, at=at, unit=row.unit.short_name, text=said[:500])
    notices.answered(case, row, left=left, at=at)
    return case


@transaction.atomic
def call_off(consultation: Consultation, *, reason: str, actor: Actor, at: dt.datetime) -> Case:
    """Take a question back that is not answered. Refuses who does not hold the case, and without a reason."""
    case, row = _locked(consultation)
    if not policies.can_act(actor, case):
        raise Forbidden(NOT_YOURS)
    _require_open(row)
    said = writing.said_why(reason)[:1000]
    row.cancelled_at = at
    row.save(update_fields=["cancelled_at"])
    tasks.settle(row.subject, at=at)
    _go_on(case, actor=actor, at=at)
    writing.conclude(
        case, "consultation_cancelled", *waiting.CLOCK, actor=actor, at=at, unit=row.unit.short_name, reason=said
    )
    return case


def _locked(consultation: Consultation) -> tuple[Case, Consultation]:
    case = writing.locked(consultation.case)
    return case, Consultation.objects.select_related("unit", "asked_by").get(pk=consultation.pk)


def _require_open(row: Consultation) -> None:
    if row.answered_at is not None or row.cancelled_at is not None:
        raise Refusal("Ý kiến này đã trả lời, hoặc nơi hỏi đã thôi hỏi. Tải lại trang.")


def _go_on(case: Case, *, actor: Actor, at: dt.datetime) -> int:
    """Let the clock run on when no answer is waited for any more; returns how many still are."""
    left = case.consultations.filter(answered_at=None, cancelled_at=None).count()
    stands = case.suspensions.filter(kind=Suspension.Kind.CONSULTATION, until=None).first()
    if not left and stands is not None:
        waiting.run_on(case, stands, "Đã đủ ý kiến", actor=actor, at=at)
    return left
