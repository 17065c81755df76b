"""Mẫu số 01 to 05: what each says, from the rows of a case."""

from __future__ import annotations

import datetime as dt

from lienthong.calendars.queries import deadline_of
from lienthong.cases.lookups import Known
from lienthong.cases.models import Apology, Case, Decline, Supplement
from lienthong.cases.papers.editions import edition_on
from lienthong.cases.papers.setting import Sheet, pdf_of
from lienthong.cases.queries.record import hand_overs_of
from lienthong.fields.kind import Context
from lienthong.kernel.clock import local_date
from lienthong.organisation.models import Post
from lienthong.ui.formats import dong, moment

RECEIPT, CONTROL = "01", "05"


def receipt(case: Case) -> bytes:
    """Return mẫu số 01: what was handed in, when it is done, how the result comes. As of the moment of receipt."""
    assert case.received_at is not None  # noqa: S101 - the caller looked
    at = case.received_at
    deadline = deadline_of(case.subject)
    rule = case.version.definition.limit_for(case.channel, case.values, facts_of(case))
    fees = [fee for fee in case.version.definition.fees_for(case.values, facts_of(case)) if fee.amount]
    lines = [
        *_who(case),
        ("Nội dung yêu cầu", case.version.name),
        ("Thời gian giải quyết theo quy định", str(rule.limit) if rule.limit else "không quy định"),
        ("Thời gian nhận hồ sơ", moment(at)),
        ("Thời gian hẹn trả kết quả", moment(deadline.original_due_at) if deadline else "theo thông báo"),
        ("Nhận kết quả", ": ".join(filter(None, (case.get_return_way_display(), case.return_address)))),
        *[(fee.name, dong(fee.amount)) for fee in fees],
    ]
    papers = [paper for paper in case.papers.order_by("order") if paper.given_at is not None and paper.given_at <= at]
    return pdf_of(
        Sheet(
            edition_on(local_date(at)).receipt, case.code, lines,
            heads=["STT", "Giấy tờ đã nộp", "Bản chính", "Bản sao"],
            widths=[0.6, 5, 1.1, 1.1],
            rows=[[str(n), one.name, _count(one.originals), _count(one.copies)] for n, one in enumerate(papers, 1)],
            ends=["Quét mã hoặc tra cứu bằng mã hồ sơ và số điện thoại để biết hồ sơ đang ở đâu."],
            right_name=_name(case.received_by), marks=True,
        ),
        case, at=at,
    )  # fmt: skip


def supplement(case: Case, row: Supplement) -> bytes:
    """Return mẫu số 02: what is missing or wrong, paper by paper, and until when it may come."""
    lines = [*_who(case), ("Nội dung yêu cầu", case.version.name), ("Lần yêu cầu", str(row.round))]
    ends = [row.text] if row.text else []
    if row.answer_by:
        ends.append(f"Nộp bổ sung chậm nhất {moment(row.answer_by)}. Quá thời hạn này hồ sơ dừng giải quyết.")
    return pdf_of(
        Sheet(
            edition_on(local_date(row.asked_at)).supplement, case.code, lines,
            heads=["STT", "Giấy tờ", "Cần bổ sung, sửa"],
            widths=[0.6, 3.2, 4.2],
            rows=[[str(n), one["name"], one["reason"]] for n, one in enumerate(row.papers, 1)],
            ends=ends, right="Người lập phiếu", right_name=_name(row.asked_by), marks=True,
        ),
        case, at=row.asked_at,
    )  # fmt: skip


def refusal(case: Case, row: Decline) -> bytes:
    """Return mẫu số 03: that it is refused, why, and on what legal ground."""
    lines = [*_who(case), ("Nội dung yêu cầu", case.version.name), ("Lý do từ chối", row.reason)]
    if row.legal_basis:
        lines.append(("Căn cứ", row.legal_basis))
    ends = ["Người nộp có quyền khiếu nại theo quy định của pháp luật về khiếu nại."]
    sheet = Sheet(edition_on(local_date(row.at)).refusal, case.code, lines, ends=ends, right="Người lập phiếu",
                  right_name=_name(row.by))  # fmt: skip
    return pdf_of(sheet, case, at=row.at)


def apology(case: Case, row: Apology) -> bytes:
    """Return mẫu số 04: the apology, its reason, the day promised anew."""
    lines = [
        *_who(case),
        ("Nội dung yêu cầu", case.version.name),
        ("Đã hẹn trả", moment(row.promised_before)),
        ("Lý do chậm", row.reason),
        ("Hẹn lại", moment(row.promised_after)),
    ]
    ends = [f"{case.receiving_agency.name} xin lỗi ông/bà, tổ chức vì sự chậm trễ này."]
    sheet = Sheet(edition_on(local_date(row.at)).apology, case.code, lines, ends=ends, left="",
                  right="Thủ trưởng cơ quan", right_name=_name(row.by), marks=True)  # fmt: skip
    return pdf_of(sheet, case, at=row.at)


def control(case: Case, *, at: dt.datetime) -> bytes:
    """Return mẫu số 05: from hand to hand until ``at``, each step in time or not."""
    rows = []
    for hand in hand_overs_of(case):
        taker = f"{hand.post.officer.full_name}, {hand.unit.short_name}" if hand.post else hand.unit.short_name
        giver = hand.from_officer.full_name if hand.from_officer else "Người nộp"
        verdict = "đang xử lý" if hand.left_at is None else _verdict(hand.due_at, hand.left_at, late=bool(hand.is_late))
        left = moment(hand.left_at) if hand.left_at else ""
        rows.append([hand.step_name, f"{giver} → {taker}", moment(hand.given_at), left, verdict])
    promised = moment(case.promised_at) if case.promised_at else ""
    lines = [*_who(case), ("Nội dung yêu cầu", case.version.name), ("Hẹn trả", promised)]
    return pdf_of(
        Sheet(
            edition_on(local_date(at)).control, case.code, lines,
            heads=["Bước", "Giao, nhận", "Nhận lúc", "Xong lúc", "Kết quả"],
            widths=[2.2, 3, 1.7, 1.7, 1.4], rows=rows, left="", right="", marks=True,
        ),
        case, at=at,
    )  # fmt: skip


def _verdict(due_at: dt.datetime | None, left_at: dt.datetime, *, late: bool) -> str:
    if due_at is None:
        return "đã xong"
    if late:
        return "quá hạn"
    return "trước hạn" if local_date(left_at) < local_date(due_at) else "đúng hạn"


def _who(case: Case) -> list[tuple[str, str]]:
    applicant = case.applicant
    context = Context(local_date(case.submitted_at), {}, Known())
    commune = context.lookups.commune(applicant.commune_code, context.on) if applicant.commune_code else ""
    address = ", ".join(filter(None, (applicant.street, commune, applicant.address)))
    lines = [("Người nộp", case.applicant.name)]
    if case.submitter:
        lines.append(("Người nộp thay", case.submitter.name))
    lines.append(("Địa chỉ", address))
    lines.append(("Điện thoại, thư điện tử", ", ".join(filter(None, (case.contact_phone, case.contact_email)))))
    return lines


def facts_of(case: Case) -> dict[str, str]:
    """Return what conditions may ask of a case itself."""
    return {"channel": case.channel, "subject": case.applicant.kind, "case_kind": ""}


def _count(number: int) -> str:
    return str(number) if number else ""


def _name(post: Post | None) -> str:
    return post.officer.full_name if post else ""
