"""What several pages of work files answer with: a form on a page of its own, a paper."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from lienthong.ui.requests import OfficerRequest
from lienthong.workfiles.papers import Paper, as_pdf, as_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
