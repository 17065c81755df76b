"""How cases are shown where they are only mentioned, who sees what hangs on them, and how they are found again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse

from lienthong.cases.models import (
    Case,
    CasePaper,
    CaseReader,
    Complaint,
    Consultation,
    IssuedPaper,
    Message,
    ReceptionRule,
    ResultPaper,
)
from lienthong.cases.operations.receiving import entry_of
from lienthong.kernel.addresses import address_of
from lienthong.kernel.subjects import Described, SubjectKind, declare
from lienthong.search.sources import Entry

BATCH = 200
ISSUED: Mapping[str, tuple[str, bool]] = {
    IssuedPaper.Form.RECEIPT: ("cases:paper_receipt", False),
    IssuedPaper.Form.SUPPLEMENT: ("cases:paper_supplement", True),
    IssuedPaper.Form.REFUSAL: ("cases:paper_refusal", False),
    IssuedPaper.Form.APOLOGY: ("cases:paper_apology", True),
}
"""Where each form is printed, and whether the address names its round."""


def declare_all() -> None:
    """Declare the case and what carries files of its own."""
    declare(SubjectKind("case", "Hồ sơ một cửa", _describe, _is_visible))
    declare(SubjectKind("case_paper", "Giấy tờ trong hồ sơ", _describe_papers, _sees_paper))
    declare(SubjectKind("consultation", "Lấy ý kiến về hồ sơ", _describe_consultations, _sees_consultation))
    declare(SubjectKind("case_message", "Tin nhắn về hồ sơ", _describe_messages, _sees_message))
    declare(SubjectKind("complaint", "Phản ánh, kiến nghị", _describe_complaints, _sees_complaint))
    declare(SubjectKind("result", "Kết quả giải quyết", _describe_results, _sees_result))
    declare(SubjectKind("reception_rule", "Quy tắc tiếp nhận", _describe_rules, _sees_rule))
    declare(SubjectKind("case_issued", "Giấy đã lập cho người nộp", _describe_issued, _sees_issued))
    declare(SubjectKind("case_control", "Phiếu kiểm soát quá trình giải quyết", _describe_controls, _is_visible))
    declare(SubjectKind("case_journal", "Nhật ký giải quyết hồ sơ", _describe_journals, _is_visible))


def _describe(pks: Iterable[int]) -> dict[int, Described]:
    rows = Case.objects.filter(pk__in=list(pks)).values_list("pk", "code", "abstract")
    return {pk: Described(f"{code} · {abstract}", address_of("cases:show", pk)) for pk, code, abstract in rows}


def _is_visible(actor: Any, pk: int) -> bool:
    return Case.objects.visible_to(actor).filter(pk=pk).exists()


def _describe_papers(pks: Iterable[int]) -> dict[int, Described]:
    rows = CasePaper.objects.filter(pk__in=list(pks)).values_list("pk", "name", "case")
    return {pk: Described(name, address_of("cases:show", case)) for pk, name, case in rows}


def _sees_paper(actor: Any, pk: int) -> bool:
    return CasePaper.objects.filter(pk=pk, case__in=Case.objects.visible_to(actor)).exists()


def _describe_consultations(pks: Iterable[int]) -> dict[int, Described]:
    rows = Consultation.objects.filter(pk__in=list(pks)).values_list("pk", "case__code", "case")
    return {pk: Described(f"Lấy ý kiến {code}", address_of("cases:show", case)) for pk, code, case in rows}


def _sees_consultation(actor: Any, pk: int) -> bool:
    return Consultation.objects.filter(pk=pk, case__in=Case.objects.visible_to(actor)).exists()


def _describe_messages(pks: Iterable[int]) -> dict[int, Described]:
    rows = Message.objects.filter(pk__in=list(pks)).values_list("pk", "case__code", "case")
    return {pk: Described(f"Tin nhắn về hồ sơ {code}", address_of("cases:show", case)) for pk, code, case in rows}


def _sees_message(actor: Any, pk: int) -> bool:
    return Message.objects.filter(pk=pk, case__in=Case.objects.visible_to(actor)).exists()


def _describe_complaints(pks: Iterable[int]) -> dict[int, Described]:
    rows = Complaint.objects.filter(pk__in=list(pks)).values_list("pk", "case__code")
    return {pk: Described(f"Phản ánh về hồ sơ {code}", address_of("cases:complaint", pk)) for pk, code in rows}


def _sees_complaint(actor: Any, pk: int) -> bool:
    return Complaint.objects.visible_to(actor).filter(pk=pk).exists()


def _describe_results(pks: Iterable[int]) -> dict[int, Described]:
    rows = ResultPaper.objects.filter(pk__in=list(pks)).values_list("pk", "name", "case")
    return {pk: Described(name, address_of("cases:show", case)) for pk, name, case in rows}


def _sees_result(actor: Any, pk: int) -> bool:
    return ResultPaper.objects.filter(pk=pk, case__in=Case.objects.visible_to(actor)).exists()


def _describe_issued(pks: Iterable[int]) -> dict[int, Described]:
    rows = IssuedPaper.objects.filter(pk__in=list(pks)).only("form", "number", "case_id")
    return {row.pk: Described(row.get_form_display(), _issued_address(row)) for row in rows}


def _issued_address(row: IssuedPaper) -> str:
    name, takes_number = ISSUED[row.form]
    return reverse(name, args=[row.case_id, row.number] if takes_number else [row.case_id])


def _sees_issued(actor: Any, pk: int) -> bool:
    return IssuedPaper.objects.filter(pk=pk, case__in=Case.objects.visible_to(actor)).exists()


def _describe_rules(pks: Iterable[int]) -> dict[int, Described]:
    rows = ReceptionRule.objects.filter(pk__in=list(pks))
    return {row.pk: Described(str(row), reverse("cases:rules")) for row in rows}


def _sees_rule(actor: Any, pk: int) -> bool:
    return ReceptionRule.objects.visible_to(actor).filter(pk=pk).exists()


def _describe_controls(pks: Iterable[int]) -> dict[int, Described]:
    rows = Case.objects.filter(pk__in=list(pks)).values_list("pk", "code")
    return {pk: Described(f"Phiếu kiểm soát {code}", address_of("cases:paper_control", pk)) for pk, code in rows}


def _describe_journals(pks: Iterable[int]) -> dict[int, Described]:
    rows = Case.objects.filter(pk__in=list(pks)).values_list("pk", "code")
    return {pk: Described(f"Nhật ký {code}", address_of("cases:timeline", pk)) for pk, code in rows}


def entries() -> Iterator[Entry]:
    """Yield the search entry of every case, oldest first (for a rebuilt index)."""
    last = 0
    while True:
        rows = Case.objects.filter(pk__gt=last).select_related("applicant").prefetch_related("readers")
        batch = list(rows.order_by("pk")[:BATCH])
        if not batch:
            return
        for case in batch:
            yield entry_of(case, [reader.audience for reader in case.readers.all()], at=case.submitted_at)
        last = batch[-1].pk


def follow_calendar(moved: Sequence[tuple[int, dt.datetime]]) -> None:
    """Take over the legal ends that a new calendar moved: the promise too, where it was the same moment."""
    due = dict(moved)
    cases = list(Case.objects.select_for_update().filter(pk__in=due))
    for case in cases:
        if case.promised_at == case.due_at:
            case.promised_at = due[case.pk]
        case.due_at = due[case.pk]
        CaseReader.objects.filter(case=case).update(due_at=case.due_at)
    Case.objects.bulk_update(cases, ["due_at", "promised_at"])
