"""Cases that were handed in at another system: they come before a desk here as if submitted online, each once."""

from __future__ import annotations

import datetime as dt
import re
import uuid

from lienthong.applicants.models import Applicant, IdentityPaper
from lienthong.applicants.operations import enter
from lienthong.applicants.particulars import Particulars
from lienthong.cases import operations
from lienthong.cases.models import Case
from lienthong.cases.operations import Given, Incomplete, Reception
from lienthong.exchange import receivers
from lienthong.exchange.facts import Submission, TakenBack
from lienthong.exchange.queries import taken_as
from lienthong.exchange.receivers import ELSEWHERE, UNKNOWN, WRONG, Refused
from lienthong.kernel.clock import local_date
from lienthong.kernel.periods import in_force
from lienthong.kernel.subjects import Subject
from lienthong.kernel.vietnamese import fold
from lienthong.organisation.models import Unit, UnitCode
from lienthong.procedures.queries import published

NAMESPACE = uuid.UUID("5b0f0a3e-6a57-4d57-9a43-6f1c7d9a2f10")
"""Under it a partner's number becomes the key of our case, so that the same number is never two cases."""


def declare() -> None:
    """Declare that cases are taken in here."""
    receivers.declare(Submission, submitted)
    receivers.declare(TakenBack, taken_back)


def submitted(said: Submission, partner: str, at: dt.datetime) -> tuple[Subject, str]:
    """Let a case come before its desk; returns it and its code here.

    Refuses with a code: a number that was taken in with other words (05), an unit or a procedure that is not known or
    does not hold today (02), a person whose paper is another's and a form that is not right (04).
    """
    if taken_as(partner, said.their_id) is not None:
        raise Refused(ELSEWHERE, f"Hồ sơ {said.their_id} đã nhận trước đây với nội dung khác.")
    day = local_date(at)
    version = published(said.procedure_code, day)
    if version is None:
        raise Refused(UNKNOWN, f"Không có thủ tục {said.procedure_code} đang áp dụng tại đây.")
    reception = Reception(
        version=version,
        applicant=_applicant(said, at),
        desk=_desk(said.unit_code, day),
        key=uuid.uuid5(NAMESPACE, f"{partner}:{said.their_id}"),
        values=said.values,
        papers=_papers(said),
        channel=Case.Channel.ONLINE,
        phone=said.phone,
        email=said.email,
        return_way=Case.Return.POST if said.by_post else Case.Return.COUNTER,
        abstract=said.abstract,
    )
    try:
        case = operations.submit(reception, actor=None, at=at)
    except Incomplete as wrong:
        found = "; ".join(f"{path}: {sentence}" for path, sentence in wrong.problems.items())
        raise Refused(WRONG, f"Nội dung khai chưa đúng. {found}") from wrong
    return case.subject, case.code


def taken_back(said: TakenBack, partner: str, at: dt.datetime) -> tuple[Subject, str]:
    """Note that the applicant took a case back over there. Refuses what was never taken in, and what is done."""
    arrival = taken_as(partner, said.their_id)
    if arrival is None or arrival.subject is None:
        raise Refused(UNKNOWN, f"Chưa nhận hồ sơ {said.their_id}.")
    case = Case.objects.get(pk=arrival.subject.pk)
    reason = said.reason or "Người nộp rút hồ sơ tại cổng đã nộp."
    return operations.withdraw(case, reason=reason, actor=None, at=at).subject, case.code


def _desk(code: str, day: dt.date) -> Unit:
    kinds = (UnitCode.Kind.CASE, UnitCode.Kind.EDOC)
    row = UnitCode.objects.filter(in_force(day), kind__in=kinds, code=code).select_related("unit").first()
    if row is None:
        raise Refused(UNKNOWN, f"Không có đơn vị nào mang mã định danh {code}.")
    desks = Unit.objects.existing(day).filter(parent=row.unit, kind=Unit.Kind.ONE_STOP)
    return desks.order_by("pk").first() or row.unit


def _applicant(said: Submission, at: dt.datetime) -> Applicant:
    kind = Applicant.Kind.CITIZEN if said.is_citizen else Applicant.Kind.ENTERPRISE
    number = re.sub(r"[\s.]", "", said.identity).upper()
    rows = IdentityPaper.objects.filter(number=number, valid_to=None, applicant__kind=kind)
    held = rows.select_related("applicant").order_by("pk").first() if number else None
    if held is None:
        paper = _paper_kind(number, is_citizen=said.is_citizen) if number else ""
        who = Particulars(
            kind, said.applicant, phone=said.phone, email=said.email, paper_kind=paper, paper_number=number
        )
        return enter(who, actor=None, at=at)
    if held.applicant.folded != fold(said.applicant):
        raise Refused(WRONG, f"Số giấy tờ {number} ở đây là của người khác. Kiểm tra lại họ tên và số giấy tờ.")
    return held.applicant


def _paper_kind(number: str, *, is_citizen: bool) -> str:
    if not is_citizen:
        return IdentityPaper.Kind.TAX
    digits = {9: IdentityPaper.Kind.CMND, 12: IdentityPaper.Kind.CCCD}
    return digits.get(len(number), IdentityPaper.Kind.OTHER) if number.isdigit() else IdentityPaper.Kind.PASSPORT


def _papers(said: Submission) -> dict[str, Given]:
    """Return the papers that lie over there as files: noted with their address, for the desk to fetch and look at."""
    return {one.key: Given(is_digital=True, note=f"{one.name} {one.number}".strip()[:300]) for one in said.papers}
