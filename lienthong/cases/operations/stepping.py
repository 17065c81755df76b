"""From step to step: what the flow allows whoever holds the case, and taking the last step back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from lienthong.calendars import operations as calendars
from lienthong.calendars.queries import deadline_of
from lienthong.cases import figures, following, places, policies
from lienthong.cases.judgement import judged
from lienthong.cases.models import Case, CasePaper, Decline, HandOver
from lienthong.cases.operations import writing
from lienthong.cases.operations.receiving import promise
from lienthong.cases.places import Hands
from lienthong.cases.queries.needs import unmet
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post
from lienthong.tasks import operations as tasks
from lienthong.workflow.actions import Action, Reason
from lienthong.workflow.flow import End, Move, Phase

NOT_YOURS = "Hồ sơ này không ở trong tay bạn. Tải lại trang để xem ai đang giữ."
GONE = "Hồ sơ đã sang bước khác. Tải lại trang để xem các thao tác của bước này."
WAITING = "Hồ sơ đang chờ người nộp {what}. Nhận phần còn thiếu trước, rồi chuyển bước."
LEAVING = ("accept", "forward", "propose", "sign", "send_back", "decline")


@transaction.atomic
def act(
    case: Case,
    action: str,
    *,
    to: str = "",
    step: str = "",
    reason: str = "",
    papers: Sequence[str] = (),
    legal_basis: str = "",
    actor: Actor,
    at: dt.datetime,
) -> Case:
    """Do what leads a case from its step to another, or refuses it; for its own actions see the other modules.

    ``step`` is the one that the page showed. Refuses: who does not hold it; an action that the flow does not allow
    here; a page that is old; a case that waits for the applicant; unmet needs, each by name; no reason where one must
    be given; a return that does not say what is wrong with which papers.
    """
    case = writing.locked(case)
    move = _allowed(case, action, to=to, step=step, actor=actor)
    said = writing.said_why(reason) if move.reason == Reason.REQUIRED else reason.strip()
    missing = unmet(case, move)
    if missing:
        raise Refusal(f"Chưa {move.label.lower()} được: {'; '.join(missing)}.")
    wrong = _named_papers(case, papers)
    if move.action == Action.DECLINE:
        return _decline(case, move, said, legal_basis, actor=actor, at=at)
    note = "; ".join(filter(None, (said, f"giấy tờ: {', '.join(wrong)}" if wrong else "")))
    if move.action == Action.ACCEPT:
        return _accept(case, move, note, actor=actor, at=at)
    return _move_on(case, move, note, actor=actor, at=at)


def _allowed(case: Case, action: str, *, to: str, step: str, actor: Actor) -> Move:
    if not policies.can_act(actor, case):
        raise Forbidden(NOT_YOURS)
    if step and step != case.step:
        raise Refusal(GONE)
    move = writing.step_of(case).move(Action(action), to) if action in LEAVING else None
    if move is None:
        raise Refusal("Bước này không có thao tác đó. " + GONE)
    if case.status == Case.Status.SUPPLEMENT and move.action != Action.DECLINE:
        raise Refusal(WAITING.format(what="bổ sung giấy tờ"))
    if case.paused_at is not None and move.action != Action.DECLINE:
        raise Refusal("Hồ sơ đang tạm dừng. Bấm Tiếp tục trước, rồi chuyển bước.")
    return move


def _named_papers(case: Case, keys: Sequence[str]) -> list[str]:
    if not keys:
        return []
    names = dict(CasePaper.objects.filter(case=case, key__in=keys).values_list("key", "name"))
    if set(keys) - set(names):
        raise Refusal("Có giấy tờ không thuộc hồ sơ này. Tải lại trang rồi chọn lại.", field="papers")
    return [names[key] for key in keys]


def _accept(case: Case, move: Move, note: str, *, actor: Actor, at: dt.datetime) -> Case:
    """Receive a case that lay at its desk: now the promise is made, by whoever decides on this day."""
    case.received_at, case.received_by = at, actor.post
    area = writing.ground_of(case, local_date(at)).area
    case.competent_agency = places.living(case.competent_agency, local_date(at), area=area)
    facts = {"channel": case.channel, "subject": case.applicant.kind, "case_kind": ""}
    promise(case, facts, actor=actor, at=at)
    figures.add(case, "received", at=at)
    return _move_on(
        case, move, note, actor=actor, at=at,
        fields=("received_at", "received_by", "due_at", "promised_at", "competent_agency"),
    )  # fmt: skip


def _move_on(case: Case, move: Move, note: str, *, actor: Actor, at: dt.datetime, fields: Sequence[str] = ()) -> Case:
    definition = case.version.definition
    before, step = writing.step_of(case), definition.flow.step(move.to)
    late, _ = writing.leave(case, move.action, note=note, at=at)
    hands = _hands(case, move, at=at)
    was, finished = case.status, case.finished_at
    writing.give(case, step, hands, actor=actor, at=at)
    moved = move.action != Action.ACCEPT
    case.status = writing.status_of(case, moved=moved)
    changed = ["step", "holder_unit", "holder_post", "holder", *fields, *(["status"] if case.status != was else [])]
    if step.phase == Phase.RESULT and before.phase != Phase.RESULT:
        changed += finish(case, at=at)
    elif before.phase == Phase.RESULT and step.phase != Phase.RESULT:
        changed += unfinish(case)
    writing.conclude(
        case,
        move.action.value,
        *changed,
        hands=hands,
        actor=actor,
        at=at,
        step=before.name,
        to=step.name,
        unit=hands.unit.short_name,
        person=hands.post.officer.full_name if hands.post else "",
        note=note,
        late=late or None,
        was=int(was),
        finished=finished.isoformat() if finished and case.finished_at is None else "",
    )
    if move.action == Action.ACCEPT:
        following.tell("received", case, actor=actor, at=at)
    elif "finished_at" in changed and case.finished_at is not None:
        following.tell("done", case, actor=actor, at=at)
    elif "finished_at" in changed:
        following.tell("undone", case, actor=actor, at=at)
    return case


def _hands(case: Case, move: Move, *, at: dt.datetime) -> Hands:
    """Return who takes the next step: for a return whoever had that step last, else by the flow's place."""
    day = local_date(at)
    if move.action == Action.SEND_BACK:
        last = case.hand_overs.filter(step=move.to).select_related("unit", "post__officer").order_by("-pk").first()
        if last is not None and _still_there(last, day):
            return Hands(last.unit, last.post)
    place = case.version.definition.flow.step(move.to).place
    return places.resolve(place, writing.ground_of(case, day))


def _still_there(row: HandOver, day: dt.date) -> bool:
    if places.has_ended(row.unit, day):
        return False
    return row.post is None or row.post.valid_to is None or row.post.valid_to > day


def finish(case: Case, *, at: dt.datetime) -> list[str]:
    """Say that a case is done: its clock stops, and it was on time or late. Returns the columns that changed."""
    case.finished_at = at
    calendars.close_of(case.subject, at=at)
    verdict = judged(case, until=at)
    case.is_late = verdict == "late"
    figures.add(case, verdict, at=at, amount=int((at - (case.received_at or at)).total_seconds()))
    return ["finished_at", "is_late"]


def unfinish(case: Case) -> list[str]:
    """Take back that a case was done, when its result went back to be mended."""
    at = case.finished_at
    if at is not None:
        seconds = int((at - (case.received_at or at)).total_seconds())
        figures.add(case, judged(case, until=at), at=at, by=-1, amount=-seconds)
    case.finished_at, case.is_late = None, None
    deadline = deadline_of(case.subject)
    if deadline is not None and deadline.closed_at is not None:
        case.due_at = calendars.reopen(deadline).due_at
    return ["finished_at", "is_late", "due_at"]


def _decline(case: Case, move: Move, reason: str, basis: str, *, actor: Actor, at: dt.datetime) -> Case:
    """Refuse a case, at the door or later (mẫu số 03)."""
    door = case.received_at is None
    Decline.objects.create(
        case=case, reason=reason, legal_basis=basis.strip()[:500], is_at_the_door=door, by=actor.post, at=at
    )
    writing.wait_no_more(case, at=at)
    writing.leave(case, move.action, note=reason, at=at)
    step = writing.step_of(case).name
    calendars.close_of(case.subject, at=at)
    writing.end(case, End(move.to), actor=actor, at=at)
    if not door:
        figures.add(case, "stopped", at=at)
    writing.conclude(
        case, "declined", "status", "holder", "holder_unit", "holder_post", "ended_at", "paused_at", actor=actor, at=at,
        step=step, reason=reason, basis=basis.strip(), door=door or None,
    )  # fmt: skip
    following.tell("ended", case, actor=actor, at=at)
    return case


@transaction.atomic
def take(case: Case, *, actor: Actor, at: dt.datetime) -> Case:
    """Say that the case was taken in hand: the hand-over has its time and its taker."""
    case = writing.locked(case)
    if not policies.can_act(actor, case):
        raise Forbidden(NOT_YOURS)
    row = HandOver.objects.select_for_update().get(case=case, left_at=None)
    if row.taken_at is not None:
        return case
    row.taken_at, row.taken_by = at, actor.officer
    row.save(update_fields=["taken_at", "taken_by"])
    tasks.begin(case.subject, at=at)
    writing.conclude(case, "taken", actor=actor, at=at, step=row.step_name)
    return case


def mark_seen(case: Case, *, actor: Actor, at: dt.datetime) -> None:
    """Note that whoever holds a case has opened it for the first time (one statement); others leave no mark."""
    if case.is_held_by(actor):
        case.hand_overs.filter(left_at=None, seen_at=None).update(seen_at=at)


@transaction.atomic
def name_officer(case: Case, post: Post, *, note: str = "", actor: Actor, at: dt.datetime) -> Case:
    """Give the step to one officer of the unit that holds it; its limit runs on. Refuses others' officers."""
    case = writing.locked(case)
    if not policies.can_assign(actor, case):
        raise Forbidden("Chỉ người phụ trách đơn vị đang giữ hồ sơ phân công được.")
    if not _works_there(post, case, actor, local_date(at)):
        raise Refusal("Chọn một cán bộ đang công tác tại đơn vị giữ hồ sơ.", field="post")
    if post.pk == case.holder_post_id:
        raise Refusal(f"{post.officer.full_name} đang giữ hồ sơ này rồi.", field="post")
    _, due_at = writing.leave(case, "assign", note=note, at=at)
    hands = Hands(post.unit, post)
    writing.give(case, writing.step_of(case), hands, actor=actor, at=at, due_at=due_at)
    if case.paused_at is not None:
        writing.rest(case, at=at)
    writing.conclude(
        case,
        "assigned",
        "holder_post",
        "holder_unit",
        "holder",
        hands=hands,
        actor=actor,
        at=at,
        person=post.officer.full_name,
        note=note,
    )
    return case


def _works_there(post: Post, case: Case, actor: Actor, day: dt.date) -> bool:
    """Tell whether a post is of the unit that holds a case; of the heir's agency, where that unit is no more."""
    if post.valid_to is not None and post.valid_to <= day:
        return False
    if case.holder_unit is not None and places.has_ended(case.holder_unit, day):
        return post.unit.agency_id == actor.post.unit.agency_id
    return post.unit_id == case.holder_unit_id
