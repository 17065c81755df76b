"""Closing a file with checks, mending what they find, opening it again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.rules import required, short_enough
from lienthong.workfiles import fileable, policies
from lienthong.workfiles.models import Filing, HandOverItem, WorkFile
from lienthong.workfiles.operations.files import require_keeper
from lienthong.workfiles.operations.filing import add_parts, named, standing, take_out
from lienthong.workfiles.operations.readers import enter, locked
from lienthong.workfiles.queries.checks import filings_of, findings, last_date
from lienthong.workfiles.queries.particulars import now_of
from lienthong.workfiles.retention import hand_over_due, kept_until

State = WorkFile.State


@transaction.atomic
def close_file(file: WorkFile, *, overruling: str = "", actor: Actor, at: dt.datetime) -> WorkFile:
    """Close a file: its totals, until when it is kept and when it is due at the archive are written down.

    Refuses a file that is closed, one without the day its work ended or without retention, and what the checks find
    unless it is overruled with a reason.
    """
    file = locked(file)
    require_keeper(actor, file)
    overruling = short_enough(overruling, what="lý do", field="overruling", longest=500)
    blocking = [one for one in findings(file, on=local_date(at)) if one.blocks]
    if file.ended_on is None or not file.has_retention:
        raise Refusal("Hãy ghi ngày công việc kết thúc và thời hạn bảo quản trước khi kết thúc hồ sơ.")
    if blocking and not overruling:
        raise Refusal(
            f"Còn {len(blocking)} điểm phải xử lý. Hãy xử lý từng điểm, hoặc ghi lý do vẫn kết thúc.",
            field="overruling",
        )
    filings = filings_of(file)
    years = None if file.is_permanent else file.retention_years
    enter(
        file,
        State.CLOSED,
        documents_total=len(filings),
        pages_total=min(sum(one.pages or 0 for one in filings), 32767),
        retention_until=kept_until(file.ended_on, years),
        hand_over_due=hand_over_due(file.ended_on, is_construction=file.is_construction, settled_on=file.settled_on),
        overruled_reason=overruling if blocking else "",
        closed_at=at,
        reminded_at=None,
    )
    event = {
        "documents": file.documents_total,
        "pages": file.pages_total,
        "overruled": [one.message for one in blocking],
        "reason": file.overruled_reason,
    }
    record(file.subject, "work_file.closed", actor=actor, at=at, particulars=event)
    return file


@transaction.atomic
def reopen_file(file: WorkFile, *, reason: str, actor: Actor, at: dt.datetime) -> WorkFile:
    """Open a closed file again. Refuses without a reason, and while the archive has it before it."""
    file = locked(file)
    if not policies.can_reopen(actor, file):
        raise Forbidden("Chỉ mở lại được hồ sơ đã kết thúc, chưa nộp lưu, do mình lập.")
    reason = required(reason, what="lý do mở lại", field="reason", longest=500)
    if HandOverItem.objects.filter(file=file, state=HandOverItem.State.WAITING).exists():
        raise Refusal("Hồ sơ đang chờ lưu trữ nhận. Hãy rút lại lần giao nộp đó trước.")
    enter(file, State.OPEN, retention_until=None, hand_over_due=None, closed_at=None, retention_checked_at=None)
    record(file.subject, "work_file.reopened", actor=actor, at=at, particulars={"reason": reason})
    return file


@transaction.atomic
def mend(file: WorkFile, how: str, filing: Filing | None = None, *, actor: Actor, at: dt.datetime) -> None:
    """Mend one finding in one step: take out, take its particulars anew, take the last date, mark as checked."""
    file = locked(file)
    require_keeper(actor, file)
    match how:
        case "take_out" if filing is not None:
            take_out(filing, reason="Loại bản trùng, bản nháp khi kết thúc hồ sơ", actor=actor, at=at)
        case "refresh" if filing is not None:
            _refresh(file, filing, actor=actor, at=at)
        case "end_date" if (day := last_date(filings_of(file))) is not None:
            file.ended_on = max(day, file.started_on)
            file.save(update_fields=["ended_on"])
            changes = {"ended_on": [None, file.ended_on.isoformat()]}
            record(file.subject, "work_file.amended", actor=actor, at=at, particulars={"changes": changes})
        case "retention" if file.has_retention:
            file.retention_checked_at = at
            file.save(update_fields=["retention_checked_at"])
            event = {"maintenance": file.maintenance}
            record(file.subject, "work_file.retention_checked", actor=actor, at=at, particulars=event)
        case _:
            raise Refusal("Điểm này đã được xử lý hoặc phải sửa bằng tay. Hãy tải lại trang.")


def _refresh(file: WorkFile, filing: Filing, *, actor: Actor, at: dt.datetime) -> None:
    filing = standing(filing)
    kind = fileable.find(filing.subject_kind)
    now = now_of(filing)
    if now is None or kind is None:
        raise Refusal("Văn bản này không còn trên hệ thống. Hãy ghi thông tin bằng tay.")
    grown = add_parts(filing, kind.parts([filing.subject_id]).get(filing.subject_id, ()), actor=actor, at=at)
    fresh = {name: value for name, value in now.columns().items() if value and not getattr(filing, name)}
    for name, value in fresh.items():
        setattr(filing, name, value)
    if fresh:
        filing.save(update_fields=list(fresh))
    if fresh or grown:
        record(file.subject, "work_file.described", actor=actor, at=at, particulars=named(filing))
