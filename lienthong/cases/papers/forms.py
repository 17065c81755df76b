"""Mẫu số 01 to 05: what each says, from the rows of a case."""

from __future__ import annotations

import datetime as dt

from lienthong.calendars.queries import deadline_of
from lienthong.cases.lookups import Known
from lienthong.cases.models import Apology, Case, Decline, HandOver, IssuedPaper, Supplement
from lienthong.cases.papers.editions import edition_on
from lienthong.cases.papers.setting import Sheet, Words, day_of, said_at, words_of
from lienthong.cases.queries.record import hand_overs_of
from lienthong.organisation.models import Post
from lienthong.procedures.definition import DueFee
from lienthong.ui.formats import dong, moment

Form = IssuedPaper.Form
GREETING = "Người nộp có quyền khiếu nại theo quy định của pháp luật về khiếu nại."


def written(case: Case, form: str, number: int = 1) -> Words | None:
    """Return the words of mẫu số 01 to 04 from the rows as they are now; None where a case has no such paper."""
    match form:
        case Form.RECEIPT:
            return receipt(case) if case.received_at is not None else None
        case Form.SUPPLEMENT:
            asked = case.supplements.filter(round=number).select_related("asked_by__officer").first()
            return supplement(case, asked) if asked else None
        case Form.REFUSAL:
            declined = Decline.objects.filter(case=case).select_related("by__officer").first()
            return refusal(case, declined) if declined else None
        case Form.APOLOGY:
            sorry = case.apologies.filter(number=number).select_related("by__officer").first()
            return apology(case, sorry) if sorry else None
    raise ValueError(form)


def receipt(case: Case) -> Words:
    """Return mẫu số 01: what was handed in, when it is done, how the result comes. As of the moment of receipt."""
    assert case.received_at is not None  # noqa: S101 - the caller looked
    at = case.received_at
    facts = {"channel": case.channel, "subject": case.applicant.kind, "case_kind": ""}
    definition, deadline = case.version.definition, deadline_of(case.subject)
    rule = definition.limit_for(case.channel, case.values, facts)
    handed_in = case.papers.filter(given_at__lte=at).order_by("order", "pk")
    sheet = Sheet(
        edition_on(day_of(at)).receipt, case.code, _who(case, "Tiếp nhận hồ sơ của"),
        heads=["STT", "Thành phần hồ sơ nộp", "Bản chính", "Bản sao"],
        widths=[0.6, 5, 1.1, 1.1],
        rows=[[str(n), one.name, _count(one.originals), _count(one.copies)] for n, one in enumerate(handed_in, 1)],
        after=[
            ("Số lượng hồ sơ", "01 (bộ)"),
            ("Thời gian giải quyết hồ sơ theo quy định", str(rule.limit) if rule.limit else "không quy định"),
            ("Thời gian nhận hồ sơ", said_at(at)),
            ("Thời gian trả kết quả", said_at(deadline.original_due_at) if deadline else "theo thông báo"),
            ("Đăng ký nhận kết quả", ": ".join(filter(None, (case.get_return_way_display(), case.return_address)))),
            *_owed(definition.fees_for(case.values, facts)),
            ("Vào Sổ theo dõi hồ sơ", f"{case.receiving_unit.name}, mã hồ sơ {case.code}"),
        ],
        ends=["Quét mã hoặc tra cứu bằng mã hồ sơ và số điện thoại để biết hồ sơ đang ở đâu."],
        right_name=_name(case.received_by), marks=True,
    )  # fmt: skip
    return words_of(sheet, case, at=at)


def supplement(case: Case, row: Supplement) -> Words:
    """Return mẫu số 02: what is missing or wrong, paper by paper, and until when it may come."""
    ends = [row.text] if row.text else []
    if row.answer_by:
        ends.append(f"Nộp bổ sung chậm nhất {moment(row.answer_by)}. Quá thời hạn này hồ sơ dừng giải quyết.")
    sheet = Sheet(
        edition_on(day_of(row.asked_at)).supplement, case.code,
        [*_who(case, "Hồ sơ của"), ("Lần yêu cầu", str(row.round))],
        heads=["STT", "Giấy tờ", "Nội dung cần bổ sung, hoàn thiện"],
        widths=[0.6, 3.2, 4.2],
        rows=[[str(n), one["name"], one["reason"]] for n, one in enumerate(row.papers, 1)],
        ends=ends, right="Người lập phiếu", right_name=_name(row.asked_by), marks=True,
    )  # fmt: skip
    return words_of(sheet, case, at=row.asked_at)


def refusal(case: Case, row: Decline) -> Words:
    """Return mẫu số 03: that it is refused, why, and on what legal ground."""
    lines = [*_who(case, "Hồ sơ của"), ("Lý do từ chối", row.reason)]
    lines += [(label, said) for label, said in (("Căn cứ", row.legal_basis), ("Hướng dẫn", row.advice)) if said]
    sheet = Sheet(
        edition_on(day_of(row.at)).refusal, case.code, lines, ends=[GREETING], right="Người lập phiếu",
        right_name=_name(row.by),
    )  # fmt: skip
    return words_of(sheet, case, at=row.at)


def apology(case: Case, row: Apology) -> Words:
    """Return mẫu số 04: the apology, its reason, the day promised anew."""
    lines = [
        *_who(case, "Kính gửi"),
        ("Thời gian đã hẹn trả kết quả", said_at(row.promised_before)),
        ("Lý do chậm", row.reason),
        ("Hẹn lại thời gian trả kết quả", said_at(row.promised_after)),
    ]
    sheet = Sheet(
        edition_on(day_of(row.at)).apology, case.code, lines,
        ends=[f"{case.receiving_agency.name} xin lỗi ông/bà, tổ chức vì sự chậm trễ này."], left="",
        right="Thủ trưởng cơ quan", right_name=_name(row.by), marks=True,
    )  # fmt: skip
    return words_of(sheet, case, at=row.at)


def control(case: Case, *, at: dt.datetime) -> Words:
    """Return mẫu số 05: from hand to hand until ``at``, each step in time or not, with what was noted."""
    sheet = Sheet(
        edition_on(day_of(at)).control, case.code,
        [
            *_who(case, "Hồ sơ của"),
            ("Cơ quan giải quyết hồ sơ", case.competent_agency.name),
            ("Hẹn trả kết quả", moment(case.promised_at) if case.promised_at else ""),
        ],
        heads=["Bước, giao và nhận", "Thời gian giao, nhận", "Kết quả", "Ghi chú"],
        widths=[3, 2.7, 1.2, 2],
        rows=[_hand(row) for row in hand_overs_of(case)], left="", right="", marks=True,
    )  # fmt: skip
    return words_of(sheet, case, at=at)


def _hand(row: HandOver) -> list[str]:
    giver = row.from_officer.full_name if row.from_officer else "Người nộp"
    taker = f"{row.post.officer.full_name}, {row.unit.short_name}" if row.post else row.unit.short_name
    moments = (("Giao", row.given_at), ("Nhận", row.taken_at), ("Hạn", row.due_at), ("Xong", row.left_at))
    times = [f"{word} {moment(at)}" for word, at in moments if at is not None]
    verdict = "Đang xử lý" if row.left_at is None else _verdict(row, row.left_at)
    return [f"{row.step_name}\nGiao: {giver}\nNhận: {taker}", "\n".join(times), verdict, row.note]


def _verdict(row: HandOver, left_at: dt.datetime) -> str:
    if row.due_at is None:
        return "Đã xong"
    if row.is_late:
        return "Quá hạn"
    return "Trước hạn" if day_of(left_at) < day_of(row.due_at) else "Đúng hạn"


def _who(case: Case, label: str) -> list[tuple[str, str]]:
    applicant = case.applicant
    commune = Known().commune(applicant.commune_code, day_of(case.submitted_at)) if applicant.commune_code else ""
    lines = [(label, applicant.name)]
    if case.submitter:
        lines.append(("Người nộp thay", case.submitter.name))
    return [
        *lines,
        ("Địa chỉ", ", ".join(filter(None, (applicant.street, commune, applicant.address)))),
        ("Số điện thoại, thư điện tử", ", ".join(filter(None, (case.contact_phone, case.contact_email)))),
        ("Nội dung yêu cầu giải quyết", case.version.name),
    ]


def _owed(fees: list[DueFee]) -> list[tuple[str, str]]:
    return [(fee.name, dong(fee.amount)) for fee in fees if fee.amount]


def _count(number: int) -> str:
    return str(number) if number else ""


def _name(post: Post | None) -> str:
    return post.officer.full_name if post else ""
