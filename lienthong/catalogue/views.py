"""Pages of the catalogue: the types of documents."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from lienthong.catalogue import operations
from lienthong.catalogue.forms import DocumentTypeEndForm, DocumentTypeForm
from lienthong.catalogue.models import DocumentType
from lienthong.catalogue.policies import ADMINISTER, can_administer
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.ui.answering import place_refusal
from lienthong.ui.requests import OfficerRequest, officers_only

LIST = "catalogue:document_types"


@officers_only()
def document_types(request: OfficerRequest) -> HttpResponse:
    """Every type of document with its period and its source."""
    types = DocumentType.objects.visible_to(request.actor).in_order()
    page = {"types": types, "on": local_date(request.at), "may_change": can_administer(request.actor)}
    return render(request, "catalogue/document_types.html", page)


@officers_only(ADMINISTER)
def new_document_type(request: OfficerRequest) -> HttpResponse:
    """Add a type."""
    form = DocumentTypeForm(request.POST or None, initial={"valid_from": local_date(request.at)})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if _told(form, lambda: operations.add_document_type(**facts, actor=request.actor, at=request.at)):
            messages.success(request, f"Đã thêm loại “{facts['name']}”.")
            return redirect(LIST)
    return _form_page(request, form, title="Thêm loại văn bản", verb="Thêm loại văn bản")


@officers_only(ADMINISTER)
def document_type_end(request: OfficerRequest, pk: int) -> HttpResponse:
    """End a type."""
    row = get_object_or_404(DocumentType.objects.visible_to(request.actor), pk=pk)
    form = DocumentTypeEndForm(request.POST or None, initial={"valid_to": local_date(request.at)})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if _told(form, lambda: operations.end_document_type(row, **facts, actor=request.actor, at=request.at)):
            messages.success(request, f"Loại “{row.name}” thôi dùng từ {facts['valid_to']:%d/%m/%Y}.")
            return redirect(LIST)
    return _form_page(request, form, title=f"Thôi dùng loại “{row.name}”", verb="Thôi dùng")


def _form_page(request: OfficerRequest, form: forms.Form, *, title: str, verb: str) -> HttpResponse:
    page = {"form": form, "title": title, "verb": verb}
    return render(request, "catalogue/form.html", page, status=422 if form.errors else 200)


def _told(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do the act; put a refusal beside its field and answer no."""
    try:
        act()
    except Forbidden:
        raise
    except Refusal as refusal:
        place_refusal(form, refusal)
        return False
    return True
