"""The end of a case at the desk: the result is handed over, or the applicant takes the case back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.calendars import operations as calendars
from lienthong.cases import figures, following, policies
from lienthong.cases.models import Case, HandBack, Withdrawal
from lienthong.cases.operations import writing
from lienthong.cases.operations.stepping import NOT_YOURS
from lienthong.cases.queries.needs import unmet
from lienthong.cases.queries.result_files import is_digital
from lienthong.fields.values import clean_text
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.workflow.actions import Action
from lienthong.workflow.flow import End


@transaction.atomic
def hand_over(
    case: Case, *, receiver: str, receiver_paper: str = "", way: str = "", note: str = "", actor: Actor, at: dt.datetime
) -> Case:
    """Hand the result over to the applicant or whoever comes for them. The case ends.

    Refuses: who does not hold it; a step that does not lead there; fees unpaid; nobody named as receiver.
    """
    case = writing.locked(case)
    if not policies.can_act(actor, case):
        raise Forbidden(NOT_YOURS)
    move = writing.step_of(case).move(Action.HAND_OVER)
    if move is None:
        raise Refusal("Hồ sơ chưa đến bước trả kết quả.")
    missing = unmet(case, move)
    if missing:
        raise Refusal(f"Chưa trả kết quả được: {'; '.join(missing)}.")
    named = clean_text(receiver)[:150]
    if not named:
        raise Refusal("Ghi họ tên người nhận kết quả.", field="receiver")
    HandBack.objects.create(
        case=case,
        receiver=named,
        receiver_paper=clean_text(receiver_paper)[:60],
        way=way if way in Case.Return.values else case.return_way,
        note=clean_text(note)[:300],
        by=actor.post,
        at=at,
    )
    writing.leave(case, Action.HAND_OVER, note=f"Người nhận: {named}", at=at)
    case.handed_over_at = at
    writing.end(case, End.HANDED_OVER, actor=actor, at=at)
    figures.add(case, "handed_over", at=at)
    figures.add(case, "papers", at=at, amount=int(is_digital(case)))
    writing.conclude(
        case, "handed_over", "status", "holder", "holder_unit", "holder_post", "ended_at", "handed_over_at",
        actor=actor, at=at, receiver=named, note=note.strip(),
    )  # fmt: skip
    following.tell("ended", case, actor=actor, at=at)
    return case


@transaction.atomic
def choose_return(case: Case, *, way: str, address: str = "", actor: Actor | None, at: dt.datetime) -> Case:
    """Keep how the applicant wants the result; ``actor`` is None when they chose it online.

    Refuses who is not at the desk, a case that ended, an unknown way, and the post without an address.
    """
    case = writing.locked(case)
    if actor is not None and not policies.at_the_desk(actor, case):
        raise Forbidden("Chỉ Bộ phận Một cửa đã nhận hồ sơ sửa cách nhận kết quả.")
    if case.is_ended:
        raise Refusal("Hồ sơ đã kết thúc nên không đổi cách nhận kết quả được.")
    if way not in Case.Return.values:
        raise Refusal("Chọn một cách nhận kết quả.", field="way")
    said = clean_text(address)[:300]
    if way == Case.Return.POST and not said:
        raise Refusal("Ghi địa chỉ nhận kết quả qua bưu chính.", field="address")
    case.return_way, case.return_address = way, said if way == Case.Return.POST else ""
    writing.conclude(
        case, "return_chosen", "return_way", "return_address", actor=actor, at=at,
        way=case.get_return_way_display().lower(), address=case.return_address,
    )  # fmt: skip
    return case


@transaction.atomic
def withdraw(case: Case, *, reason: str, actor: Actor | None, at: dt.datetime) -> Case:
    """Let the applicant take a case back before it is done; what was handed in goes back to them.

    ``actor`` is the desk that notes it, None when the applicant did it online. Refuses no reason, and a case that is
    done or ended.
    """
    case = writing.locked(case)
    if actor is not None and not policies.can_withdraw(actor, case):
        raise Forbidden("Chỉ Bộ phận Một cửa đã nhận hồ sơ ghi nhận việc rút, khi hồ sơ chưa xử lý xong.")
    if case.is_ended or case.status == Case.Status.DONE:
        raise Refusal("Hồ sơ đã xử lý xong hoặc đã kết thúc nên không rút được.")
    said = writing.said_why(reason)[:1000]
    Withdrawal.objects.create(case=case, reason=said, by=actor.post if actor else None, at=at)
    writing.wait_no_more(case, at=at)
    writing.leave(case, Action.WITHDRAW, note=said, at=at)
    calendars.close_of(case.subject, at=at)
    writing.end(case, End.WITHDRAWN, actor=actor, at=at)
    if case.received_at is not None:
        figures.add(case, "withdrawn", at=at)
    writing.conclude(
        case, "withdrawn", "status", "holder", "holder_unit", "holder_post", "ended_at", "paused_at",
        actor=actor, at=at, reason=said,
    )  # fmt: skip
    following.tell("ended", case, actor=actor, at=at)
    return case
