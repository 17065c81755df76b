"""What a case brings into a work file: its line and, below it, every paper that it gave out, got and made."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import pypdfium2
from django.db.models import Exists, OuterRef

from lienthong.cases.models import Case, CasePaper, CaseReader, Consultation, IssuedPaper, ResultPaper
from lienthong.cases.papers import forms
from lienthong.cases.papers.setting import pdf_of
from lienthong.cases.queries.case_parts import parts_of
from lienthong.kernel.clock import local_date
from lienthong.organisation.actor import Actor
from lienthong.workfiles import fileable
from lienthong.workfiles.fileable import Kind, Particulars, Proposal
from lienthong.workfiles.models import Filing

MAY = (*Case.ENDED, Case.Status.DONE)
RUNNING = "Hồ sơ {code} đang ở trạng thái “{status}”. Chỉ lưu hồ sơ đã giải quyết xong."
REASON = "Hồ sơ thủ tục hành chính đã giải quyết, danh mục của năm chưa dự kiến"


def declare() -> None:
    """Declare the case and the kinds of papers that come with it."""
    fileable.declare(
        Kind(
            kind="case",
            name="Hồ sơ một cửa",
            visible=_seen_cases,
            particulars=_case,
            has_pages=False,
            parts=parts_of,
            refused=_refused,
            changed=note_filed,
            alike=_alike,
            alike_words="cùng thủ tục",
            proposed=_proposed,
        ),
        Kind(kind="case_issued", name="Giấy đã lập", visible=_seen(IssuedPaper), is_part=True, measured=_issued_pages),
        Kind(kind="case_paper", name="Giấy tờ người nộp", visible=_seen(CasePaper), is_part=True),
        Kind(kind="consultation", name="Ý kiến", visible=_seen(Consultation), is_part=True, has_pages=False),
        Kind(kind="result", name="Kết quả", visible=_seen(ResultPaper), is_part=True, voided=_recalled),
        Kind(kind="case_control", name="Phiếu kiểm soát", visible=_seen_cases, is_part=True, measured=_control_pages),
        Kind(kind="case_journal", name="Nhật ký", visible=_seen_cases, is_part=True, has_pages=False),
    )


def note_filed(pks: Sequence[int]) -> None:
    """Note of cases whether they lie in a work file, beside their readers too."""
    lying = Filing.objects.filter(subject_kind="case", removed_at=None)
    Case.objects.filter(pk__in=pks).update(is_filed=Exists(lying.filter(subject_id=OuterRef("pk"))))
    readers = CaseReader.objects.filter(case__in=pks)
    readers.update(is_filed=Exists(lying.filter(subject_id=OuterRef("case"))))


def _seen_cases(actor: Actor, pks: Sequence[int]) -> Iterable[int]:
    return Case.objects.visible_to(actor).filter(pk__in=pks).values_list("pk", flat=True)


def _seen(model: Any) -> Any:
    def seen(actor: Actor, pks: Sequence[int]) -> Iterable[int]:
        rows = model.objects.filter(pk__in=pks, case__in=Case.objects.visible_to(actor))
        return rows.values_list("pk", flat=True)  # type: ignore[no-any-return]

    return seen


def _case(pk: int) -> Particulars | None:
    case = Case.objects.select_related("version", "applicant", "competent_agency").filter(pk=pk).first()
    if case is None:
        return None
    ended = case.ended_at or case.finished_at
    return Particulars(
        symbol=case.code,
        title=f"Hồ sơ một cửa: {case.version.name}, {case.applicant.name}",
        issuer=case.competent_agency.name,
        date=local_date(ended) if ended else None,
        note=case.get_status_display(),
    )


def _refused(pks: Sequence[int]) -> Mapping[int, str]:
    rows = Case.objects.filter(pk__in=pks).exclude(status__in=MAY).only("code", "status")
    return {row.pk: RUNNING.format(code=row.code, status=row.get_status_display()) for row in rows}


def _recalled(pks: Sequence[int]) -> Collection[int]:
    rows = ResultPaper.objects.filter(pk__in=pks, standing=ResultPaper.Standing.RECALLED)
    return list(rows.values_list("pk", flat=True))


def _alike(pks: Sequence[int]) -> Iterable[int]:
    procedures = Case.objects.filter(pk__in=pks).values("procedure")
    return Case.objects.filter(procedure__in=procedures, is_filed=True).values_list("pk", flat=True)


def _proposed(pks: Sequence[int]) -> Proposal | None:
    cases = list(Case.objects.filter(pk__in=pks).select_related("procedure__sector").order_by("submitted_at"))
    if not cases:
        return None
    procedures = {case.procedure for case in cases}
    sectors = {one.sector.key for one in procedures}
    year = max(local_date(case.ended_at or case.finished_at or case.submitted_at) for case in cases).year
    what = f"thủ tục {cases[0].procedure.name}" if len(procedures) == 1 else "thủ tục hành chính"
    return Proposal(
        title=f"Hồ sơ giải quyết {what} năm {year}",
        started_on=local_date(cases[0].submitted_at),
        sector=sectors.pop() if len(sectors) == 1 else "",
        reason=REASON,
    )


def _issued_pages(pk: int) -> int | None:
    row = IssuedPaper.objects.filter(pk=pk).first()
    return _pages(pdf_of(row.words)) if row else None


def _control_pages(pk: int) -> int | None:
    case = Case.objects.select_related("version", "applicant", "submitter", "competent_agency").filter(pk=pk).first()
    return _pages(pdf_of(forms.control(case, at=case.changed_at))) if case else None


def _pages(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return len(document)
