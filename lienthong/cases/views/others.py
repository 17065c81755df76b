"""Others in a case: offices asked for their opinion, the right one to decide it, the applicant put right."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from lienthong.cases import operations, policies
from lienthong.cases.forms import AnswerForm, ConsultationForm, NoteForm, PassingForm
from lienthong.cases.forms_applicants import CorrectionForm
from lienthong.cases.models import Case, Consultation
from lienthong.cases.queries.others import agencies_for, units_to_ask
from lienthong.cases.views.actions import form_page, posted
from lienthong.cases.views.record import case_of
from lienthong.kernel.clock import local_date
from lienthong.ui import formats
from lienthong.ui.requests import OfficerRequest, officers_only


@officers_only("cases.handle")
def consultation(request: OfficerRequest, pk: int) -> HttpResponse:
    """Ask other units, in parallel."""
    case = case_of(request, pk)
    form = ConsultationForm(posted(request), units=units_to_ask(case, local_date(request.at)))

    def act() -> None:
        said = form.cleaned_data
        operations.consult(
            case,
            list(said["units"]),
            question=said["question"],
            limit=said["limit"],
            actor=request.actor,
            at=request.at,
        )

    return form_page(request, case, form, act, title="Lấy ý kiến", verb="Gửi lấy ý kiến", word="Đã gửi lấy ý kiến.",
                     said="Đơn vị được hỏi xem được toàn bộ hồ sơ này.")  # fmt: skip


@officers_only("cases.receive")
def correcting(request: OfficerRequest, pk: int) -> HttpResponse:
    """Put right what was written of the applicant, and where letters about the case go."""
    case = case_of(request, pk)
    if not policies.can_correct(request.actor, case):
        return redirect("cases:show", pk)
    form = CorrectionForm(posted(request), case=case)

    def act() -> None:
        said = form.cleaned_data
        operations.correct(
            case,
            form.particulars(),
            phone=said["contact_phone"],
            email=said["contact_email"],
            reason=said["reason"],
            actor=request.actor,
            at=request.at,
        )

    return form_page(
        request, case, form, act, title="Sửa người nộp, liên hệ", verb="Lưu thông tin", word="Đã sửa thông tin.",
        said="Giấy đã in giữ nguyên; cần thì lập lại giấy tiếp nhận. Nội dung đã khai trong biểu mẫu không đổi.",
    )  # fmt: skip


@officers_only("cases.handle")
def answering(request: OfficerRequest, pk: int, number: int) -> HttpResponse:
    """Give the opinion of one's unit."""
    case, row = _asked(request, pk, number)
    form = AnswerForm(posted(request))

    def act() -> None:
        text = form.cleaned_data["text"]
        operations.answer(row, text=text, agrees=form.opinion(), actor=request.actor, at=request.at)

    return form_page(
        request, case, form, act, title="Cho ý kiến về hồ sơ", verb="Gửi ý kiến", word="Đã gửi ý kiến.",
        said=f"{row.asked_by.officer.full_name} hỏi, trả lời trước {formats.moment(row.due_at)}: {row.question}",
    )  # fmt: skip


@officers_only("cases.handle")
def calling_off(request: OfficerRequest, pk: int, number: int) -> HttpResponse:
    """Take a question back."""
    case, row = _asked(request, pk, number)
    form = NoteForm(posted(request))
    form.fields["note"].label, form.fields["note"].required = "Lý do", True

    def act() -> None:
        operations.call_off(row, reason=form.cleaned_data["note"], actor=request.actor, at=request.at)

    return form_page(request, case, form, act, title=f"Thôi hỏi {row.unit.short_name}", verb="Thôi hỏi",
                     word="Đã thôi hỏi.")  # fmt: skip


@officers_only("cases.handle")
def passing(request: OfficerRequest, pk: int) -> HttpResponse:
    """Hand a case on to the agency that is competent."""
    case = case_of(request, pk)
    form = PassingForm(posted(request), agencies=agencies_for(case, local_date(request.at)))

    def act() -> None:
        said: dict[str, Any] = form.cleaned_data
        operations.pass_on(case, said["agency"], reason=said["reason"], actor=request.actor, at=request.at)

    return form_page(
        request, case, form, act, title="Chuyển đúng thẩm quyền", verb="Chuyển", word="Đã chuyển đúng thẩm quyền.",
        said="Hồ sơ giữ nguyên mã và thời hạn, không trả lại người nộp.",
    )  # fmt: skip


def _asked(request: OfficerRequest, pk: int, number: int) -> tuple[Case, Consultation]:
    case = case_of(request, pk)
    row = case.consultations.select_related("case", "unit", "asked_by__officer").filter(pk=number).first()
    if row is None:
        raise Http404
    return case, row
