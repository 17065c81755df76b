"""The papers of a case for print, and the tracking book of a desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from lienthong.cases.models import Case, IssuedPaper
from lienthong.cases.operations.issuing import issue, issue_receipt_anew
from lienthong.cases.papers import forms
from lienthong.cases.papers.setting import Words, pdf_of
from lienthong.cases.printing import BOOK, own_desk
from lienthong.cases.views.record import case_of
from lienthong.exports import book_pages
from lienthong.ui.answering import done
from lienthong.ui.posting import posts_only
from lienthong.ui.requests import OfficerRequest, officers_only

Form = IssuedPaper.Form
ONCE = (Form.RECEIPT, Form.REFUSAL)


@require_safe
@officers_only()
def receipt(request: OfficerRequest, pk: int) -> HttpResponse:
    """Mẫu số 01; a case that was not received has none."""
    return _issued(request, pk, Form.RECEIPT)


@posts_only("cases:show")
@officers_only("cases.receive")
def receipt_anew(request: OfficerRequest, pk: int) -> HttpResponse:
    """Make out mẫu số 01 again, with what was corrected since."""
    case = case_of(request, pk)

    def act() -> None:
        issue_receipt_anew(case, actor=request.actor, at=request.at)

    word = "Đã lập lại giấy tiếp nhận theo thông tin hiện nay. Hãy in giấy mới và thu lại giấy cũ."
    return done(request, act, back=reverse("cases:show", args=[pk]), word=word)


@require_safe
@officers_only()
def supplement(request: OfficerRequest, pk: int, number: int) -> HttpResponse:
    """Mẫu số 02 of one round."""
    return _issued(request, pk, Form.SUPPLEMENT, number)


@require_safe
@officers_only()
def refusal(request: OfficerRequest, pk: int) -> HttpResponse:
    """Mẫu số 03 of a case that was refused."""
    return _issued(request, pk, Form.REFUSAL)


@require_safe
@officers_only()
def apology(request: OfficerRequest, pk: int, number: int) -> HttpResponse:
    """Mẫu số 04 of one new promise."""
    return _issued(request, pk, Form.APOLOGY, number)


@require_safe
@officers_only()
def control(request: OfficerRequest, pk: int) -> HttpResponse:
    """Mẫu số 05 as it stands now."""
    case = case_of(request, pk)
    return _pdf(forms.control(case, at=case.changed_at), case, "05")


def _issued(request: OfficerRequest, pk: int, form: Form, number: int = 1) -> HttpResponse:
    case = case_of(request, pk)
    paper = issue(case, form, number, actor=request.actor, at=request.at)
    if paper is None:
        raise Http404
    return _pdf(paper.words, case, form if form in ONCE else f"{form}-{number}")


def _pdf(words: Words, case: Case, number: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="mau-{number}-{case.code or case.pk}.pdf"'}
    return HttpResponse(pdf_of(words), content_type="application/pdf", headers=headers)


@require_safe
@officers_only("cases.receive", "reports.read")
def book(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """Mẫu số 06: the tracking book of a desk, on screen, for print, as XLSX and PDF."""
    place = book_pages.Place(reverse("cases:list"), "Hồ sơ một cửa", "case_book")
    return book_pages.show(request, (BOOK,), BOOK.word, pk, place)


@require_safe
@officers_only("cases.receive", "reports.read")
def books(request: OfficerRequest) -> HttpResponse:
    """On to the book of one's own desk."""
    desk = own_desk(request.actor)
    if desk is None:
        messages.error(request, "Cơ quan của bạn chưa có Bộ phận Một cửa nào nên chưa có sổ theo dõi hồ sơ.")
        return redirect("cases:list")
    return redirect("cases:book", desk)
