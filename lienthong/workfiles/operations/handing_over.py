"""Handing closed files over to the archive of the agency, and what the archive says (NĐ 30/2020 Điều 30)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.notifications.operations import clear
from lienthong.organisation.actor import Actor
from lienthong.organisation.roles import roles
from lienthong.organisation.rules import required, short_enough
from lienthong.workfiles import notices, policies
from lienthong.workfiles.models import HandOver, HandOverItem, WorkFile, WorkFileReader
from lienthong.workfiles.operations.readers import enter, open_to

State, ItemState = HandOver.State, HandOverItem.State
MOST = 500
AHEAD = dt.timedelta(days=30)
"""How long before it is due a file is said to be due."""


@transaction.atomic
def hand_over(files: Sequence[WorkFile], *, note: str = "", actor: Actor, at: dt.datetime) -> HandOver:
    """Give closed files to the archive of their agency; its archivists can read them from now on.

    Refuses none, files of several agencies, an open one, one not the actor's to give, and one already given.
    """
    keys = sorted({file.pk for file in files})
    if not keys or len(keys) > MOST:
        raise Refusal(f"Hãy chọn từ 1 đến {MOST} hồ sơ để giao nộp.", field="files")
    rows = list(
        WorkFile.objects.select_for_update(of=("self",)).select_related("agency").filter(pk__in=keys).order_by("code")
    )
    for file in rows:
        if file.state != WorkFile.State.CLOSED:
            raise Refusal(f"Hồ sơ {file.code} chưa kết thúc hoặc đã nộp lưu.", field="files")
        if not policies.can_hand_over(actor, file):
            raise Forbidden(f"Bạn không được giao nộp hồ sơ {file.code}.")
    if len({file.agency_id for file in rows}) > 1:
        raise Refusal("Mỗi lần giao nộp chỉ gồm hồ sơ của một cơ quan.", field="files")
    waiting = HandOverItem.objects.filter(file__in=rows, state=ItemState.WAITING).select_related("file").first()
    if waiting:
        raise Refusal(f"Hồ sơ {waiting.file.code} đang chờ lưu trữ nhận.", field="files")
    made = HandOver.objects.create(
        agency=rows[0].agency,
        unit=actor.post.unit,
        giver=actor.post,
        note=short_enough(note, what="ghi chú", field="note", longest=500),
        submitted_at=at,
    )
    HandOverItem.objects.bulk_create(
        HandOverItem(hand_over=made, file=file, order=place) for place, file in enumerate(rows, start=1)
    )
    archivists = notices.posts_with(policies.ARCHIVE, _archive(actor, made), at)
    keys_of = {post.unit.audience if roles()[post.role].reads_unit else post.audience for post in archivists}
    for file in rows:
        open_to(file, keys_of)
        record(file.subject, "work_file.offered", actor=actor, at=at, particulars={"hand_over": made.pk})
    notices.offered(made, archivists, len(rows), at=at)
    event = {"files": [file.code for file in rows], "note": made.note}
    record(made.subject, "hand_over.submitted", actor=actor, at=at, particulars=event, is_new=True)
    return made


def _archive(actor: Actor, made: HandOver) -> int:
    """Return the agency whose archive takes it: the files' own, or the one that took over from it."""
    return actor.post.unit.agency_id or made.agency_id


@transaction.atomic
def decide(made: HandOver, *, returned: Mapping[int, str] | None = None, actor: Actor, at: dt.datetime) -> HandOver:
    """Take files into the archive; those of ``returned`` (file key: reason) go back. Nothing of it changes afterwards.

    Refuses who is no archivist of the agency, what is decided already, and a return without a reason.
    """
    made = _locked(made)
    if made.state != State.SUBMITTED:
        raise Refusal("Lần giao nộp này đã có kết quả trước đó.")
    if not policies.can_decide(actor, made):
        raise Forbidden("Chỉ lưu trữ của cơ quan nhận hoặc trả lại hồ sơ giao nộp.")
    items = list(made.items.select_for_update(of=("self",)).order_by("order"))
    if unknown := set(returned or {}) - {item.file_id for item in items}:
        raise Refusal(f"Có {len(unknown)} hồ sơ không thuộc lần giao nộp này.")
    files = WorkFile.objects.select_for_update(of=("self",)).in_bulk([item.file_id for item in items])
    reasons = {
        pk: required(text, what=f"lý do trả lại hồ sơ {files[pk].code}", field=f"reason-{pk}", longest=500)
        for pk, text in (returned or {}).items()
    }
    for item in items:
        _decide_one(item, files[item.file_id], reasons.get(item.file_id, ""), made, actor=actor, at=at)
    accepted = len(items) - len(reasons)
    made.state = State.ACCEPTED if accepted else State.RETURNED
    made.receiver, made.decided_at = actor.post, at
    made.save(update_fields=["state", "receiver", "decided_at"])
    notices.answered(made, accepted, len(reasons), at=at)
    event = {"accepted": accepted, "returned": len(reasons)}
    record(made.subject, "hand_over.decided", actor=actor, at=at, particulars=event)
    return made


def _decide_one(
    item: HandOverItem, file: WorkFile, reason: str, made: HandOver, *, actor: Actor, at: dt.datetime
) -> None:
    item.state, item.reason = (ItemState.RETURNED, reason) if reason else (ItemState.ACCEPTED, "")
    item.save(update_fields=["state", "reason"])
    if reason:
        event: dict[str, object] = {"hand_over": made.pk, "reason": reason}
        record(file.subject, "work_file.returned", actor=actor, at=at, particulars=event)
        return
    clear(file.subject, [notices.DUE], at=at)
    enter(file, WorkFile.State.HANDED_OVER)
    record(file.subject, "work_file.archived", actor=actor, at=at, particulars={"hand_over": made.pk})


@transaction.atomic
def withdraw(made: HandOver, *, reason: str, actor: Actor, at: dt.datetime) -> HandOver:
    """Take back what the archive has not decided. Refuses without a reason."""
    made = _locked(made)
    if not policies.can_withdraw(actor, made):
        raise Forbidden("Chỉ người giao rút lại được, khi lưu trữ chưa nhận.")
    reason = required(reason, what="lý do rút lại", field="reason", longest=500)
    made.items.update(state=ItemState.RETURNED, reason=reason)
    made.state, made.decided_at = State.WITHDRAWN, at
    made.save(update_fields=["state", "decided_at"])
    clear(made.subject, [notices.OFFERED], at=at)
    record(made.subject, "hand_over.withdrawn", actor=actor, at=at, particulars={"reason": reason})
    return made


@transaction.atomic
def remind_due(*, at: dt.datetime) -> int:
    """Mark closed files whose hand-over is near or late, and tell who keeps them, each once; return how many."""
    until = local_date(at) + AHEAD
    rows = list(
        WorkFile.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(state=WorkFile.State.CLOSED, reminded_at=None, hand_over_due__lte=until)
        .order_by("pk")[:MOST]
    )
    WorkFileReader.objects.filter(file__in=rows).update(is_due=True)
    for file in rows:
        notices.due(file, at=at)
    WorkFile.objects.filter(pk__in=[file.pk for file in rows]).update(reminded_at=at)
    return len(rows)


def _locked(made: HandOver) -> HandOver:
    rows = HandOver.objects.select_for_update(of=("self",)).select_related("agency", "unit", "giver__officer")
    return rows.get(pk=made.pk)
