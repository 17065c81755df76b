"""The papers of a case for print, and the tracking book of a desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from lienthong.cases.models import Case
from lienthong.cases.papers import forms
from lienthong.cases.printing import BOOK, own_desk
from lienthong.cases.views.record import case_of
from lienthong.exports import book_pages
from lienthong.ui.requests import OfficerRequest, officers_only


@require_safe
@officers_only()
def receipt(request: OfficerRequest, pk: int) -> HttpResponse:
    """Mẫu số 01; a case that was not received has none."""
    case = case_of(request, pk)
    if case.received_at is None:
        raise Http404
    return _pdf(forms.receipt(case), case, "01")


@require_safe
@officers_only()
def control(request: OfficerRequest, pk: int) -> HttpResponse:
    """Mẫu số 05 as it stands now."""
    case = case_of(request, pk)
    return _pdf(forms.control(case, at=case.changed_at), case, "05")


@require_safe
@officers_only()
def supplement(request: OfficerRequest, pk: int, number: int) -> HttpResponse:
    """Mẫu số 02 of one round."""
    case = case_of(request, pk)
    row = case.supplements.filter(round=number).select_related("asked_by__officer").first()
    if row is None:
        raise Http404
    return _pdf(forms.supplement(case, row), case, f"02-{number}")


@require_safe
@officers_only()
def apology(request: OfficerRequest, pk: int, number: int) -> HttpResponse:
    """Mẫu số 04 of one new promise."""
    case = case_of(request, pk)
    row = case.apologies.filter(number=number).select_related("by__officer").first()
    if row is None:
        raise Http404
    return _pdf(forms.apology(case, row), case, f"04-{number}")


@require_safe
@officers_only()
def refusal(request: OfficerRequest, pk: int) -> HttpResponse:
    """Mẫu số 03 of a case that was refused."""
    case = case_of(request, pk)
    row = getattr(case, "decline", None)
    if row is None:
        raise Http404
    return _pdf(forms.refusal(case, row), case, "03")


def _pdf(pages: bytes, case: Case, number: str) -> HttpResponse:
    name = f"mau-{number}-{case.code or case.pk}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pages, content_type="application/pdf", headers=headers)


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
