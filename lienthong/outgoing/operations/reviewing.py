"""From desk to desk: a draft is put up, agreed to, sent back to any step, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.vietnamese import nfc
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, SigningAuthority
from lienthong.outgoing import notices, policies
from lienthong.outgoing.models import Draft, ReviewStep
from lienthong.outgoing.operations.drafting import close_version
from lienthong.outgoing.operations.readers import enter, locked, open_to
from lienthong.outgoing.signers import checked_authority, refuse_gone_agency

State = Draft.State
Step = ReviewStep.State
OPEN_STEPS = (Step.WAITING, Step.CURRENT)


@dataclass(frozen=True, slots=True)
class Station:
    """One place of the way to the signer: who looks, at what, until when; equal ``order`` means at the same time."""

    order: int
    post: Post
    purpose: str = ReviewStep.Purpose.CONTENT
    due_at: dt.datetime | None = None


@transaction.atomic
def put_up(
    draft: Draft,
    way: Sequence[Station],
    *,
    authority: SigningAuthority,
    note: str = "",
    actor: Actor,
    at: dt.datetime,
) -> Draft:
    """Send a draft along a way of any length to the signer whom the register names (NĐ 30/2020 Điều 12, 13).

    Refuses who does not write it; an empty body; no recipient; a reviewer of another agency, gone or the same twice at
    one place; an authority that is not of this agency or not in force today.
    """
    draft = locked(draft)
    if not policies.can_put_up(actor, draft):
        raise Forbidden("Chỉ người soạn thảo trình được, khi dự thảo đang ở tay mình.")
    version = draft.versions.get(number=draft.version)
    if not version.body.strip():
        raise Refusal("Dự thảo chưa có nội dung.", field="body")
    if not draft.recipients.exists():
        raise Refusal("Hãy ghi nơi nhận trước khi trình.", field="recipients")
    refuse_gone_agency(draft.agency, on=local_date(at))
    checked_authority(authority, draft.agency, on=local_date(at))
    _check_way(draft, way, on=local_date(at))
    version = close_version(draft, at=at)
    draft.round += 1
    draft.authority = authority
    draft.save(update_fields=["round", "authority"])
    ReviewStep.objects.bulk_create(
        ReviewStep(
            draft=draft,
            round=draft.round,
            order=station.order,
            post=station.post,
            purpose=station.purpose,
            due_at=station.due_at,
        )
        for station in way
    )
    event = {
        "round": draft.round,
        "version": version.number,
        "way": [f"{station.post.officer} ({ReviewStep.Purpose(station.purpose).label.lower()})" for station in way],
        "signer": str(authority.post),
        "note": nfc(note).strip()[:500],
    }
    record(draft.subject, "draft.put_up", actor=actor, at=at, particulars=event)
    notices.settled(draft, at=at)
    _go_on(draft, at=at)
    return draft


@transaction.atomic
def agree(step: ReviewStep, *, opinion: str = "", actor: Actor, at: dt.datetime) -> Draft:
    """Agree to a draft at one's step; when all of the same order agreed it goes on. Refuses out of turn."""
    draft, step = _taken(step, actor)
    version = close_version(draft, at=at)
    step.state, step.opinion = Step.AGREED, nfc(opinion).strip()[:4000]
    _done(step, version.pk, actor, at)
    event = {"purpose": step.get_purpose_display(), "opinion": step.opinion, "version": version.number}
    record(draft.subject, "draft.agreed", actor=actor, at=at, particulars=event)
    if not draft.steps.filter(round=draft.round, state=Step.CURRENT).exists():
        notices.settled(draft, at=at)
        _go_on(draft, at=at)
    return draft


@transaction.atomic
def send_back(step: ReviewStep, *, reason: str, to: ReviewStep | None = None, actor: Actor, at: dt.datetime) -> Draft:
    """Send a draft back from one's step to an earlier one, or to its author (``to`` None). Refuses without a reason."""
    draft, step = _taken(step, actor)
    version = close_version(draft, at=at)
    said = _reason(reason)
    if to is not None and (to.draft_id != draft.pk or to.round != draft.round or to.order >= step.order):
        raise Refusal("Chỉ trả lại được bước trước. Hãy chọn lại.", field="to")
    step.state, step.opinion = Step.SENT_BACK, said
    _done(step, version.pk, actor, at)
    _return(draft, said, to=to, actor=actor, at=at)
    return draft


@transaction.atomic
def decline_to_sign(draft: Draft, *, reason: str, to: ReviewStep | None = None, actor: Actor, at: dt.datetime) -> Draft:
    """Send back what waits for one's signature, to any step of the way or to the author. Refuses without a reason."""
    draft = locked(draft)
    if not policies.can_decline_to_sign(actor, draft):
        raise Forbidden("Văn bản này không chờ bạn ký.")
    said = _reason(reason)
    if to is not None and (to.draft_id != draft.pk or to.round != draft.round):
        raise Refusal("Bước này không thuộc lần trình đang xem. Hãy chọn lại.", field="to")
    _return(draft, said, to=to, actor=actor, at=at)
    return draft


@transaction.atomic
def withdraw(draft: Draft, *, reason: str = "", actor: Actor, at: dt.datetime) -> Draft:
    """Take one's draft back from review, to go on writing."""
    draft = locked(draft)
    if not policies.can_withdraw(actor, draft):
        raise Forbidden("Chỉ người soạn thảo rút lại được, khi văn bản chưa ký.")
    draft.steps.filter(round=draft.round, state__in=OPEN_STEPS).update(state=Step.DROPPED)
    notices.settled(draft, at=at)
    enter(draft, State.WRITING, holder=draft.author_id)
    record(draft.subject, "draft.withdrawn", actor=actor, at=at, particulars={"reason": nfc(reason).strip()[:500]})
    return draft


@transaction.atomic
def change_signer(draft: Draft, authority: SigningAuthority, *, reason: str, actor: Actor, at: dt.datetime) -> Draft:
    """Let another sign what waits for a signature: the author, or who was to sign. Refuses a lapsed authority."""
    draft = locked(draft)
    if draft.state != State.SIGNING or not (
        actor.post.pk == draft.author_id or policies.can_decline_to_sign(actor, draft)
    ):
        raise Forbidden("Chỉ người soạn thảo hoặc người đang được trình ký đổi được người ký.")
    checked_authority(authority, draft.agency, on=local_date(at))
    before = str(draft.authority.post) if draft.authority else ""
    draft.authority = authority
    draft.save(update_fields=["authority"])
    event = {"from": before, "to": str(authority.post), "reason": _reason(reason)}
    record(draft.subject, "draft.signer_changed", actor=actor, at=at, particulars=event)
    notices.settled(draft, at=at)
    _wait_for_signature(draft, at=at)
    return draft


def _taken(step: ReviewStep, actor: Actor) -> tuple[Draft, ReviewStep]:
    draft = locked(step.draft)
    step = ReviewStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if not policies.can_review(actor, step) or step.round != draft.round or draft.state != State.REVIEW:
        raise Forbidden("Dự thảo này không còn chờ bạn xem. Hãy tải lại trang.")
    return draft, step


def _done(step: ReviewStep, version: int, actor: Actor, at: dt.datetime) -> None:
    step.version_id, step.done_at, step.done_by = version, at, actor.own_post
    step.save(update_fields=["state", "opinion", "version", "done_at", "done_by"])


def _go_on(draft: Draft, *, at: dt.datetime) -> None:
    """Open the next order of steps of the round, or put it before the signer when none is left."""
    waiting = list(
        draft.steps.filter(round=draft.round, state=Step.WAITING).select_related("post__unit", "post__officer")
    )
    if not waiting:
        _wait_for_signature(draft, at=at)
        return
    order = min(step.order for step in waiting)
    turn = [step for step in waiting if step.order == order]
    draft.steps.filter(pk__in=[step.pk for step in turn]).update(state=Step.CURRENT, opened_at=at)
    enter(draft, State.REVIEW, holder=turn[0].post_id)
    open_to(draft, [key for step in turn for key in (step.post.audience, step.post.unit.audience)])
    notices.waits_for_review(draft, [step.post for step in turn], at=at)


def _wait_for_signature(draft: Draft, *, at: dt.datetime) -> None:
    assert draft.authority is not None  # noqa: S101 - put_up names one
    post = draft.authority.post
    enter(draft, State.SIGNING, holder=post.pk)
    open_to(draft, [post.audience, post.unit.audience])
    notices.waits_for_signature(draft, post, at=at)


def _return(draft: Draft, reason: str, *, to: ReviewStep | None, actor: Actor, at: dt.datetime) -> None:
    draft.steps.filter(round=draft.round, state__in=OPEN_STEPS).update(state=Step.DROPPED)
    notices.settled(draft, at=at)
    if to is None:
        enter(draft, State.WRITING, holder=draft.author_id)
        notices.came_back(draft, [draft.author_id], reason, at=at)
        receiver = str(draft.author)
    else:
        again = list(draft.steps.filter(round=draft.round, order__gte=to.order).order_by("order", "pk"))
        draft.round += 1
        draft.save(update_fields=["round"])
        ReviewStep.objects.bulk_create(
            ReviewStep(draft=draft, round=draft.round, order=one.order, post_id=one.post_id, purpose=one.purpose)
            for one in again
        )
        _go_on(draft, at=at)
        notices.came_back(draft, [to.post_id], reason, at=at)
        receiver = str(to.post)
    record(draft.subject, "draft.sent_back", actor=actor, at=at, particulars={"to": receiver, "reason": reason})


def _check_way(draft: Draft, way: Sequence[Station], *, on: dt.date) -> None:
    seen: set[tuple[int, int]] = set()
    for station in way:
        post = station.post
        if post.unit.agency_id != draft.agency_id:
            raise Refusal(f"{post} không thuộc {draft.agency}. Hãy chọn người trong cơ quan.", field="way")
        if not post.valid_from <= on or (post.valid_to is not None and post.valid_to <= on):
            raise Refusal(f"{post} không còn giữ chức vụ này. Hãy chọn người khác.", field="way")
        if (station.order, post.pk) in seen:
            raise Refusal(f"{post} đứng hai lần ở một bước.", field="way")
        seen.add((station.order, post.pk))


def _reason(reason: str) -> str:
    said = nfc(reason).strip()
    if not said:
        raise Refusal("Hãy ghi lý do, để người nhận biết phải sửa gì.", field="reason")
    return said[:4000]
