"""My cases: the list, one more by its code, one case whole, its clock, its papers."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lienthong.calendars.queries import deadline_of, explain
from lienthong.calendars.stretches import condensed
from lienthong.cases.models import Case, IssuedPaper
from lienthong.cases.operations import read_messages
from lienthong.cases.operations.issuing import issue
from lienthong.cases.papers.setting import pdf_of
from lienthong.cases.talk_form import TalkForm
from lienthong.files.downloads import send
from lienthong.online import limits
from lienthong.online.gate import CitizenRequest, citizens_only
from lienthong.online.operations.own import prove_case
from lienthong.online.own_forms import AddForm
from lienthong.online.queries import own as queries
from lienthong.online.views.tracking import TOO_OFTEN
from lienthong.payments import gateways
from lienthong.ui.answering import told

ADD = "Nhập mã hồ sơ và số điện thoại ghi trên giấy tiếp nhận. Hồ sơ sẽ nằm trong danh sách của bạn."


@never_cache
@require_safe
@citizens_only
def listing(request: CitizenRequest) -> HttpResponse:
    """The cases of the account, those that wait for its holder first."""
    wanted = request.GET.get("loc", "")
    wanted = wanted if wanted in queries.FILTERS else ""
    page = queries.own_page(request.citizen, wanted, queries.Place.parse(request.GET.get("after", "")))
    context = {"page": page, "wanted": wanted, "filters": queries.FILTERS, "citizen": request.citizen}
    return render(request, "online/own_list.html", context)


@never_cache
@citizens_only
def adding(request: CitizenRequest) -> HttpResponse:
    """One more case, by its code and the telephone left with it; wrong pairs are counted."""
    form = AddForm(request.POST or None)
    found: list[Case] = []
    if request.method == "POST" and form.is_valid():
        code, phone = form.cleaned_data["code"], form.cleaned_data["phone"]
        if limits.is_barred(request, code):
            form.add_error(None, TOO_OFTEN)
        elif told(form, lambda: found.append(prove_case(request.citizen, code=code, phone=phone, at=request.at))):
            messages.success(request, f"Đã thêm hồ sơ {found[0].code}.")
            return redirect("online:own_case", found[0].pk)
        else:
            limits.count_wrong(request, code)
    page = {"form": form, "title": "Thêm hồ sơ đã nộp", "verb": "Thêm hồ sơ", "tone": "main", "said": ADD}
    return render(request, "online/own_form.html", page, status=422 if form.errors else 200)


@never_cache
@require_safe
@citizens_only
def case(request: CitizenRequest, pk: int) -> HttpResponse:
    """One case: where it is, by when, what was handed in, what is to be done."""
    found = case_of(request, pk)
    own = queries.own_of(found, request.at)
    if own.has_news:
        read_messages(found, actor=None, at=request.at)
    context = {
        "case": found,
        "own": own,
        "tracked": own.tracked,
        "gateways": gateways.in_use() if own.sheet and own.sheet.owed else [],
        "key": uuid.uuid4(),
        "talk_form": TalkForm.fresh(),
    }
    return render(request, "online/own_case.html", context)


@require_safe
@citizens_only
def account(request: CitizenRequest, pk: int) -> HttpResponse:
    """How the end of the time came about, day by day."""
    found = case_of(request, pk)
    row = deadline_of(found.subject)
    if row is None:
        raise Http404
    return render(request, "online/own_clock.html", {"case": found, "deadline": row, "lines": condensed(explain(row))})


@require_safe
@citizens_only
def file(request: CitizenRequest, pk: int, attachment: int) -> HttpResponseBase:
    """A file of the papers handed in, or of a result that was issued."""
    found = queries.file_of(case_of(request, pk), attachment)
    if found is None:
        raise Http404
    return send(request, found.file, inline=True)


@require_safe
@citizens_only
def receipt(request: CitizenRequest, pk: int) -> HttpResponse:
    """Mẫu số 01 as PDF; a case that was not received has none."""
    found = case_of(request, pk)
    paper = issue(found, IssuedPaper.Form.RECEIPT, actor=None, at=request.at) if found.received_at else None
    if paper is None:
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="giay-tiep-nhan-{found.code}.pdf"'}
    return HttpResponse(pdf_of(paper.words), content_type="application/pdf", headers=headers)


def case_of(request: CitizenRequest, pk: int) -> Case:
    """Return a case that is open to the account; 404 for every other."""
    found = queries.case_of(request.citizen, pk)
    if found is None:
        raise Http404
    return found
