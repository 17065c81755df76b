"""What comes out of a case: noted, drafted as a document, its file hung on it, its file fetched."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lienthong.cases import operations
from lienthong.cases.forms import ResultForm
from lienthong.cases.forms_results import DraftForm, ResultFileForm
from lienthong.cases.models import ResultPaper
from lienthong.cases.operations.resulting import results_of
from lienthong.cases.queries.result_files import by_token
from lienthong.cases.views.actions import HANDS, form_page, posted
from lienthong.cases.views.record import case_of
from lienthong.files.downloads import send
from lienthong.files.operations import receive
from lienthong.kernel.clock import local_date
from lienthong.stationery.queries import templates_for
from lienthong.ui.answering import told
from lienthong.ui.requests import OfficerRequest, officers_only


@officers_only(*HANDS)
def noting(request: OfficerRequest, pk: int) -> HttpResponse:
    """Note what came of it: drafted, or signed with its number."""
    case = case_of(request, pk)
    form = ResultForm(posted(request), results=list(results_of(case).values()), at=request.at)

    def act() -> None:
        said = form.cleaned_data
        operations.write_result(
            case, said["key"], symbol=said["symbol"], signer=said["signer"], signed_at=form.signed_at(),
            elsewhere=said.get("elsewhere", False), actor=request.actor, at=request.at,
        )  # fmt: skip

    said = "Ghi lại cùng một kết quả là sửa nó. Có số và người ký thì kết quả tự vào sổ quản lý."
    return form_page(request, case, form, act, title="Ghi kết quả", verb="Lưu kết quả", word="Đã ghi kết quả.",
                     said=said)  # fmt: skip


@officers_only("drafts.write")
def drafting(request: OfficerRequest, pk: int) -> HttpResponse:
    """Begin the document that is the result, from a template filled with what the case says."""
    case = case_of(request, pk)
    results = [one for one in results_of(case).values() if one.document_type]
    types = {one.document_type for one in results}
    offered = templates_for(request.actor, "", local_date(request.at))
    templates = [one for one in offered if one.document_type.code in types]
    form = DraftForm(posted(request), results=results, templates=templates)
    begun: list[int] = []

    def act() -> None:
        said = form.cleaned_data
        begun.append(
            operations.draft_result(
                case, said["key"], template=said["template"], actor=request.actor, at=request.at
            ).pk
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, "Đã tạo dự thảo từ hồ sơ. Hãy xem lại nội dung, ghi nơi nhận rồi trình ký.")
        return redirect("outgoing:edit", begun[0])
    said = "Nội dung lấy từ hồ sơ. Khi văn thư phát hành, số, người ký và tệp tự ghi vào hồ sơ."
    context: dict[str, Any] = {"case": case, "form": form, "title": "Soạn văn bản kết quả", "verb": "Bắt đầu soạn",
                               "tone": "main", "said": said}  # fmt: skip
    return render(request, "cases/act.html", context, status=422 if form.errors else 200)


@officers_only(*HANDS)
def attaching(request: OfficerRequest, pk: int, number: int) -> HttpResponse:
    """Hang the scan or the signed file of a result on it."""
    case = case_of(request, pk)
    row = case.results.filter(pk=number).first()
    if row is None:
        raise Http404
    form = ResultFileForm(posted(request), request.FILES or None)

    def act() -> None:
        given = form.cleaned_data["file"]
        stored = receive(given, name=given.name, actor=request.actor, at=request.at)
        operations.attach_result(row, stored, actor=request.actor, at=request.at)

    return _file_page(request, case.pk, row, form, act)


def _file_page(request: OfficerRequest, pk: int, row: ResultPaper, form: forms.Form, act: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, "Đã gắn bản điện tử; người nộp tải được.")
        return redirect(f"{reverse('cases:show', args=[pk])}#results")
    context = {"case": row.case, "row": row, "form": form}
    return render(request, "cases/result_file.html", context, status=422 if form.errors else 200)


@require_safe
def file(request: HttpRequest, token: str) -> HttpResponseBase:
    """Send the file of a result to whoever has its address: the applicant, the national portal. 404 for every other."""
    found = by_token(token)
    if found is None:
        raise Http404
    return send(request, found.file)
