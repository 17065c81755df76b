"""What applicants say of the service: a rating once the case ended, a complaint that the agency's leader answers."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from lienthong.calendars import clock
from lienthong.calendars.queries import working_calendar
from lienthong.cases import figures, following, notices, policies, scales
from lienthong.cases.models import Case, Complaint, Rating
from lienthong.cases.operations import writing
from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.notifications.operations import clear
from lienthong.organisation.actor import Actor
from lienthong.tasks import operations as tasks

LONGEST_RATING = 2000
LONGEST = 4000


@transaction.atomic
def rate(
    case: Case, *, level: str, reasons: Sequence[str] = (), text: str = "", may_change: bool = True, at: dt.datetime
) -> Rating:
    """Keep how satisfied the applicant was with a case that ended; the caller has let the applicant in.

    Rating again within some days changes it, the figures follow; not without an account (``may_change``). Refuses: a
    case that goes on or ended long ago; a level or reason that the scale does not have; no satisfaction without saying
    why; a change that comes too late.
    """
    case = writing.locked(case)
    scale = scales.scale_on(local_date(at))
    said = text.replace("\x00", "").strip()
    satisfied = {key: good for key, _, good in scale.levels}.get(level)
    if satisfied is None:
        raise Refusal("Chọn một mức đánh giá.", field="level")
    if set(reasons) - {key for key, _ in scale.reasons}:
        raise Refusal("Chọn lý do trong danh sách.", field="reasons")
    if not satisfied and not reasons and not said:
        raise Refusal("Hãy chọn lý do hoặc ghi điều chưa hài lòng.", field="reasons")
    if len(said) > LONGEST_RATING:
        raise Refusal(f"Ý kiến dài quá {LONGEST_RATING} chữ cái.", field="text")
    if not case.is_ended or case.ended_at is None:
        raise Refusal("Hồ sơ chưa kết thúc nên chưa đánh giá được.")
    row = Rating.objects.filter(case=case).first()
    if row is None and at - case.ended_at > scale.rate_within:
        raise Refusal(f"Hồ sơ kết thúc quá {scale.rate_within.days} ngày nên không nhận đánh giá nữa.")
    if row is not None and not may_change:
        raise Refusal("Hồ sơ này đã được đánh giá. Muốn sửa thì đăng nhập, mở hồ sơ của bạn.")
    if row is not None and at - row.at > scale.change_within:
        raise Refusal(f"Đã đánh giá hồ sơ này. Chỉ sửa được trong {scale.change_within.days} ngày.")
    row = _keep(case, row, level, satisfied=satisfied, reasons=list(reasons), text=said, at=at)
    record(case.subject, "case.rated", actor=None, at=at, particulars={"level": scale.name_of(level)})
    return row


def _keep(
    case: Case, row: Rating | None, level: str, *, satisfied: bool, reasons: list[str], text: str, at: dt.datetime
) -> Rating:
    if row is None:
        figures.add(case, "rated", at=at, amount=100 * satisfied)
        return Rating.objects.create(case=case, level=level, satisfied=satisfied, reasons=reasons, text=text, at=at)
    if row.satisfied != satisfied:
        figures.add(case, "rated", at=row.at, by=0, amount=100 if satisfied else -100)
    row.level, row.satisfied, row.reasons, row.text, row.changed_at = level, satisfied, reasons, text, at
    row.save(update_fields=["level", "satisfied", "reasons", "text", "changed_at"])
    return row


@transaction.atomic
def complain(case: Case, *, text: str, key: uuid.UUID, author: str = "", at: dt.datetime) -> Complaint:
    """Take in a complaint about a case; its agency's leader gets a task with the dated limit, and answers.

    The caller has let the applicant in. The same key again is the same complaint. Refuses: nothing said, too long; one
    that still waits; a case that ended long ago.
    """
    case = writing.locked(case)
    known = Complaint.objects.filter(key=key, case=case).first()
    if known is not None:
        return known
    rule = scales.complaint_rule_on(local_date(at))
    said = text.replace("\x00", "").strip()
    if not said:
        raise Refusal("Hãy ghi nội dung phản ánh, kiến nghị.", field="text")
    if len(said) > LONGEST:
        raise Refusal(f"Nội dung dài quá {LONGEST} chữ cái. Hãy viết gọn lại.", field="text")
    if case.complaints.filter(state=Complaint.State.SENT).exists():
        raise Refusal("Phản ánh trước đang chờ trả lời. Hãy đợi trả lời rồi gửi tiếp.")
    if case.ended_at is not None and at - case.ended_at > rule.after_end:
        raise Refusal(f"Hồ sơ kết thúc quá {rule.after_end.days} ngày. Hãy gửi đơn tới cơ quan giải quyết.")
    agency = case.competent_agency
    start = clock.Event(clock.EventKind.START, at)
    answer_by = clock.due(working_calendar(agency, local_date(at)), rule.limit, [start])
    row = Complaint.objects.create(
        case=case, key=key, agency=agency, author=author[:150], text=said, at=at, answer_by=answer_by
    )
    held = tasks.Held(f"Trả lời phản ánh, kiến nghị về hồ sơ {case.code}", agency, None, answer_by)
    tasks.route(row.subject, held, actor=None, at=at)
    record(case.subject, "case.complained", actor=None, at=at, particulars={"agency": agency.short_name})
    notices.complained(row, case, at=at)
    return row


@transaction.atomic
def answer_complaint(row: Complaint, *, text: str, actor: Actor, at: dt.datetime) -> Complaint:
    """Answer a complaint; the applicant is told and reads it on their page. Refuses who does not lead the agency."""
    row = Complaint.objects.select_for_update(of=("self",)).select_related("agency", "case").get(pk=row.pk)
    if not policies.can_answer_complaint(actor, row):
        raise Forbidden("Chỉ lãnh đạo cơ quan giải quyết hồ sơ trả lời phản ánh, kiến nghị.")
    if not row.is_open:
        raise Refusal("Phản ánh này đã được trả lời.")
    said = text.replace("\x00", "").strip()
    if not said:
        raise Refusal("Hãy ghi nội dung trả lời.", field="text")
    if len(said) > LONGEST:
        raise Refusal(f"Nội dung dài quá {LONGEST} chữ cái.", field="text")
    row.state, row.answer, row.answered_at, row.answered_by = Complaint.State.ANSWERED, said, at, actor.post
    row.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    tasks.settle(row.subject, at=at)
    clear(row.subject, [notices.COMPLAINED], at=at)
    record(row.case.subject, "case.complaint_answered", actor=actor, at=at)
    following.tell("replied", row.case, actor=actor, at=at)
    return row
