"""One way of answering: do the act, put a refusal beside its field or on the page gone back to."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import content_disposition_header

from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.ui.requests import OfficerRequest
from lienthong.workfiles.papers import Paper, as_pdf, as_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def told(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do the act; put a refusal beside its field and answer no."""
    try:
        act()
    except Forbidden:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True


def done(request: OfficerRequest, act: Callable[[], object], *, back: str, word: str = "") -> HttpResponse:
    """Do an act that needs nothing more typed; a refusal is shown on the page gone back to."""
    try:
        act()
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        if word:
            messages.success(request, word)
    return HttpResponseRedirect(back)


def form_page(
    request: OfficerRequest, form: forms.Form, *, title: str, verb: str, back: str, lead: str = "", section: str = ""
) -> HttpResponse:
    """Show a form on a page of its own."""
    page = {"form": form, "title": title, "verb": verb, "back": back, "lead": lead, "section": section or "work_files"}
    return render(request, "workfiles/form.html", page, status=422 if form.errors else 200)


def paper_answer(request: OfficerRequest, paper: Paper, form: str) -> HttpResponse:
    """Give a paper as PDF (shown) or XLSX (saved)."""
    if form == "pdf":
        content, kind = as_pdf(paper, created=request.at), "application/pdf"
    elif form == "xlsx":
        content, kind = as_xlsx(paper), XLSX
    else:
        raise Http404
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=form != "pdf", filename=f"{paper.name}.{form}") or "inline"
    )
    return answer
