"""The clock stands still: supplements asked for and brought, suspensions, their ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from lienthong.calendars import clock
from lienthong.calendars import operations as calendars
from lienthong.calendars.queries import deadline_of, working_calendar
from lienthong.cases import figures, following, policies
from lienthong.cases.models import Case, CasePaper, HandOver, IssuedPaper, Supplement, Suspension
from lienthong.cases.operations import writing
from lienthong.cases.operations.issuing import issue
from lienthong.cases.operations.receiving import Given
from lienthong.cases.operations.stepping import GONE, NOT_YOURS
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.tasks import operations as tasks
from lienthong.workflow.actions import Action
from lienthong.workflow.flow import End

CLOCK = ("status", "due_at", "promised_at", "paused_at")


@transaction.atomic
def request_supplement(
    case: Case,
    *,
    papers: Mapping[str, str],
    text: str = "",
    step: str = "",
    actor: Actor,
    at: dt.datetime,
) -> Supplement:
    """Ask the applicant in writing for what is missing or wrong (mẫu số 02); the clock stands still until it comes.

    ``papers`` maps the keys of papers to what is wrong with each. Refuses: who does not hold the case; a step that does
    not allow it; nothing named; a paper without its reason; more rounds than the procedure allows.
    """
    case = writing.locked(case)
    if not policies.can_act(actor, case):
        raise Forbidden(NOT_YOURS)
    if step and step != case.step:
        raise Refusal(GONE)
    if writing.step_of(case).move(Action.REQUEST_SUPPLEMENT) is None:
        raise Refusal("Bước này không được yêu cầu bổ sung hồ sơ.")
    if case.paused_at is not None or case.status == Case.Status.SUPPLEMENT:
        raise Refusal("Hồ sơ đang chờ người nộp rồi.")
    rule = case.version.definition.supplement
    done = case.rounds
    if done >= rule.rounds:
        raise Refusal(
            f"Thủ tục này chỉ được yêu cầu bổ sung {rule.rounds} lần, và đã yêu cầu {done} lần. "
            "Hãy giải quyết theo hồ sơ đang có, hoặc từ chối có lý do."
        )
    listed = _listed(case, papers)
    if not listed and not text.strip():
        raise Refusal("Hãy chọn giấy tờ cần bổ sung và ghi rõ thiếu hoặc sai gì.", field="papers")
    row = Supplement.objects.create(
        case=case,
        round=done + 1,
        papers=listed,
        text=text.strip(),
        step=case.step,
        asked_at=at,
        asked_by=actor.post,
        answer_by=_answer_by(case, at),
        promised_before=case.promised_at,
    )
    _pause(case, "Yêu cầu bổ sung hồ sơ", actor=actor, at=at)
    case.status, case.rounds = writing.status_of(case, awaits_supplement=True), done + 1
    figures.add(case, "supplemented", at=at)
    writing.rest(case, at=at)
    said = [f"{one['name']}: {one['reason']}" for one in listed]
    writing.conclude(
        case,
        "supplement_requested",
        "rounds",
        *CLOCK,
        actor=actor,
        at=at,
        papers=said,
        text=text.strip(),
        round=row.round,
    )
    following.tell("asked", case, actor=actor, at=at)
    return row


def _listed(case: Case, papers: Mapping[str, str]) -> list[dict[str, str]]:
    names = dict(CasePaper.objects.filter(case=case, key__in=list(papers)).order_by("order").values_list("key", "name"))
    if set(papers) - set(names):
        raise Refusal("Có giấy tờ không thuộc hồ sơ này. Tải lại trang rồi chọn lại.", field="papers")
    for key, reason in papers.items():
        if not reason.strip():
            raise Refusal(f"Ghi rõ “{names[key]}” thiếu hoặc sai gì.", field="papers")
    return [{"key": key, "name": name, "reason": papers[key].strip()[:1000]} for key, name in names.items()]


def _answer_by(case: Case, at: dt.datetime) -> dt.datetime | None:
    limit = case.version.definition.supplement.answer_within
    if limit is None:
        return None
    calendar = working_calendar(case.receiving_agency, local_date(at))
    return clock.due(calendar, limit, [clock.Event(clock.EventKind.START, at)])


@transaction.atomic
def supply(
    case: Case, *, papers: Mapping[str, Given], text: str = "", actor: Actor | None, at: dt.datetime
) -> Supplement:
    """Take in what was asked for; the clock runs on, and the promise moves by the working time that it stood still.

    ``actor`` is None when the applicant brought it online. Refuses: nothing asked for; none of it brought; who is
    neither at the desk nor holds the case.
    """
    case = writing.locked(case)
    if actor is not None and not policies.can_supply(actor, case):
        raise Forbidden("Chỉ Bộ phận Một cửa đã nhận hồ sơ, hoặc người đã yêu cầu, nhận được bổ sung.")
    row = Supplement.objects.select_for_update().filter(case=case, state=Supplement.State.ASKED).first()
    if row is None:
        raise Refusal("Hồ sơ này không chờ bổ sung.")
    brought = {key: given for key, given in papers.items() if given.is_something}
    if not brought and not text.strip():
        raise Refusal(
            "Chưa có giấy tờ nào được nộp thêm. Hãy ghi số bản đã nhận, hoặc nội dung bổ sung.", field="papers"
        )
    issue(case, IssuedPaper.Form.RECEIPT, actor=actor, at=at)  # it lists what came at first, not what comes now
    _add(case, brought, at)
    row.state, row.answered_at, row.answered_by = Supplement.State.SUPPLIED, at, actor.post if actor else None
    row.answer = text.strip()
    _resume(case, "Đã nhận bổ sung", actor=actor, at=at)
    row.promised_after = case.promised_at
    row.save(update_fields=["state", "answered_at", "answered_by", "answer", "promised_after"])
    case.status = writing.status_of(case, moved=True)
    _take_up(case, actor=actor, at=at)
    names = [paper.name for paper in case.papers.filter(key__in=list(brought)).order_by("order")]
    writing.conclude(case, "supplied", *CLOCK, actor=actor, at=at, papers=names, text=text.strip())
    following.tell("supplied", case, actor=actor, at=at)
    return row


def _add(case: Case, brought: Mapping[str, Given], at: dt.datetime) -> None:
    rows = {row.key: row for row in case.papers.select_for_update().filter(key__in=list(brought))}
    if set(brought) - set(rows):
        raise Refusal("Có giấy tờ không thuộc hồ sơ này. Tải lại trang rồi chọn lại.", field="papers")
    for key, row in rows.items():
        given = brought[key]
        row.originals, row.copies = max(row.originals, given.originals), max(row.copies, given.copies)
        row.is_digital, row.given_at = row.is_digital or given.is_digital, at
    CasePaper.objects.bulk_update(rows.values(), ["originals", "copies", "is_digital", "given_at"])


@transaction.atomic
def suspend(case: Case, *, kind: str, reason: str, step: str = "", actor: Actor, at: dt.datetime) -> Suspension:
    """Let the clock stand still where the law allows it: the applicant must pay, another agency must answer.

    Refuses: who does not hold the case; a step that does not allow it; no reason; a clock that stands already.
    """
    case = writing.locked(case)
    if not policies.can_act(actor, case):
        raise Forbidden(NOT_YOURS)
    if step and step != case.step:
        raise Refusal(GONE)
    if writing.step_of(case).move(Action.SUSPEND) is None:
        raise Refusal("Bước này không được tạm dừng tính thời hạn.")
    if case.paused_at is not None or case.status == Case.Status.SUPPLEMENT:
        raise Refusal("Thời hạn của hồ sơ đang dừng rồi.")
    if kind not in Suspension.Kind.values:
        raise Refusal("Chọn lý do tạm dừng.", field="kind")
    row = stand_still(case, Suspension.Kind(kind), writing.said_why(reason)[:1000], actor=actor, at=at)
    writing.conclude(case, "suspended", *CLOCK, actor=actor, at=at, reason=row.reason, why=row.get_kind_display())
    if row.kind == Suspension.Kind.PAYMENT:
        following.tell("owes", case, actor=actor, at=at)
    return row


def stand_still(
    case: Case, kind: Suspension.Kind, reason: str, *, actor: Actor, at: dt.datetime
) -> Suspension:  # fmt: skip
    """Let the clock of a case stand and take it off the desks; the caller saves the columns of ``CLOCK``."""
    row = Suspension.objects.create(case=case, kind=kind, reason=reason, by=actor.post, since=at)
    _pause(case, reason, actor=actor, at=at)
    case.status = writing.status_of(case, awaits_payment=kind == Suspension.Kind.PAYMENT)
    writing.rest(case, at=at)
    return row


def run_on(case: Case, row: Suspension, reason: str, *, actor: Actor | None, at: dt.datetime) -> None:
    """Let a clock that stood run on and put the step before its holder again; the caller saves ``CLOCK``."""
    row.until = at
    row.save(update_fields=["until"])
    _resume(case, reason, actor=actor, at=at)
    case.status = writing.status_of(case, moved=True)
    _take_up(case, actor=actor, at=at)


@transaction.atomic
def resume(case: Case, *, note: str = "", actor: Actor | None, at: dt.datetime) -> Case:
    """Let a suspended clock run on. Refuses who does not hold the case, and a clock that runs."""
    case = writing.locked(case)
    if actor is not None and not policies.can_act(actor, case):
        raise Forbidden(NOT_YOURS)
    row = Suspension.objects.select_for_update().filter(case=case, until=None).first()
    if row is None:
        raise Refusal("Hồ sơ này không tạm dừng.")
    run_on(case, row, "Hết tạm dừng", actor=actor, at=at)
    writing.conclude(case, "resumed", *CLOCK, actor=actor, at=at, note=note.strip())
    return case


@transaction.atomic
def lapse(case: Case, *, at: dt.datetime) -> bool:
    """End a case whose applicant did not bring what was asked for in the time given; whether it was so."""
    case = writing.locked(case)
    row = Supplement.objects.select_for_update().filter(case=case, state=Supplement.State.ASKED).first()
    if row is None or row.answer_by is None or row.answer_by > at or case.is_ended:
        return False
    row.state = Supplement.State.LAPSED
    row.save(update_fields=["state"])
    received = case.received_at is not None
    writing.leave(case, Action.LAPSE, note="Quá hạn bổ sung", at=at)
    calendars.close_of(case.subject, at=at)
    writing.end(case, End.STOPPED if received else End.DECLINED, actor=None, at=at)
    case.paused_at = None
    if received:
        figures.add(case, "stopped", at=at)
    writing.conclude(
        case, "lapsed", "status", "holder", "holder_unit", "holder_post", "ended_at", "paused_at", actor=None, at=at
    )
    following.tell("ended", case, actor=None, at=at)
    return True


def lapse_all(*, at: dt.datetime, most: int = 200) -> int:
    """End the cases whose time for a supplement ran out; returns how many."""
    waiting = Supplement.objects.filter(state=Supplement.State.ASKED, answer_by__lt=at).order_by("answer_by", "pk")
    return sum(lapse(row.case, at=at) for row in waiting.select_related("case")[:most])


def _pause(case: Case, reason: str, *, actor: Actor | None, at: dt.datetime) -> None:
    deadline = deadline_of(case.subject)
    if deadline is not None:
        calendars.pause(deadline, reason=reason, actor=actor, at=at)
    case.paused_at = at


def _resume(case: Case, reason: str, *, actor: Actor | None, at: dt.datetime) -> None:
    """Let the legal clock run; what it stood still is added to the promise as well."""
    case.paused_at = None
    deadline = deadline_of(case.subject)
    if deadline is None:
        return
    before = deadline.due_at
    after = calendars.resume(deadline, reason=reason, actor=actor, at=at).due_at
    if case.promised_at is not None and case.promised_at <= before:
        case.promised_at = after
    case.due_at = after


def _take_up(case: Case, *, actor: Actor | None, at: dt.datetime) -> None:
    """Put the step before its holder again; its own limit moves by the working time that the clock stood still."""
    row = HandOver.objects.select_for_update(of=("self",)).select_related("unit", "post").get(case=case, left_at=None)
    step = writing.step_of(case)
    if step.limit is not None:
        kind = clock.EventKind
        pauses: list[Any] = [(kind.START, row.given_at), *_pauses(case, row.given_at, at)]
        events = [clock.Event(what, moment) for what, moment in pauses]
        row.due_at = clock.due(working_calendar(row.unit, local_date(at)), step.limit, events)
        row.save(update_fields=["due_at"])
    held = tasks.Held(f"{step.name}: {case.code} · {case.abstract}", row.unit, row.post, row.due_at)
    tasks.reroute(case.subject, held, actor=actor, at=at)


def _pauses(case: Case, since: dt.datetime, at: dt.datetime) -> Sequence[tuple[clock.EventKind, dt.datetime]]:
    """Return the pauses of a case since a moment, in order, each with its end."""
    asked = [(row.asked_at, row.answered_at or at) for row in case.supplements.filter(asked_at__gte=since)]
    stood = [(row.since, row.until or at) for row in case.suspensions.filter(since__gte=since)]
    return [
        event
        for start, end in sorted(asked + stood)
        for event in ((clock.EventKind.PAUSE, start), (clock.EventKind.RESUME, end))
    ]
