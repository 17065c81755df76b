"""Units and people by sheet: the template, the dry run, the import, the export."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from lienthong.administration.forms import SheetForm
from lienthong.administration.views.asof import day_of
from lienthong.kernel.refusal import Refusal
from lienthong.organisation import queries, sheets
from lienthong.organisation.operations import import_organisation
from lienthong.ui.requests import OfficerRequest, officers_only

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT = "organisation_import"


@officers_only("organisation.administer")
def organisation_import(request: OfficerRequest) -> HttpResponse:
    """Try a sheet and show what each row would do; then keep it whole."""
    if request.method == "POST" and "keep" in request.POST:
        return _keep(request)
    form = SheetForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        try:
            rows = sheets.read(sheet.name, sheet.read(sheets.LARGEST_FILE + 1))
            report = import_organisation(rows, keep=False, actor=request.actor, at=request.at)
            request.session[KEPT] = [asdict(row) for row in rows]
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    page = {"form": form, "report": report, "columns": sheets.COLUMNS}
    return render(request, "administration/import.html", page, status=422 if form.errors else 200)


def _keep(request: OfficerRequest) -> HttpResponse:
    tried = request.session.pop(KEPT, None)
    if not tried:
        messages.error(request, "Lần kiểm tra trước đã hết hiệu lực. Hãy chọn lại tệp.")
        return HttpResponseRedirect(reverse("administration:organisation_import"))
    rows = [sheets.Row(**row) for row in tried]
    report = import_organisation(rows, keep=True, actor=request.actor, at=request.at)
    if not report.kept:
        page = {"form": SheetForm(), "report": report, "columns": sheets.COLUMNS}
        return render(request, "administration/import.html", page, status=409)
    new, changed, same = (report.count(state) for state in ("new", "changed", "same"))
    messages.success(request, f"Đã nhập: {new} thêm mới, {changed} thay đổi, {same} giữ nguyên.")
    return HttpResponseRedirect(reverse("administration:units"))


@officers_only("organisation.administer")
def template(request: OfficerRequest) -> HttpResponse:  # noqa: ARG001 - guarded by its decorator
    """The empty sheets with a word on each column."""
    return _workbook(sheets.write({sheets.UNITS: [], sheets.PEOPLE: []}, with_help=True), "mau-don-vi-can-bo")


@officers_only("organisation.administer")
def units_export(request: OfficerRequest) -> HttpResponse:
    """Every unit of a day."""
    on = day_of(request)
    return _workbook(sheets.write({sheets.UNITS: queries.unit_lines(on)}), f"don-vi-{on:%Y%m%d}")


@officers_only("organisation.administer")
def officers_export(request: OfficerRequest) -> HttpResponse:
    """Everybody who holds a post on a day."""
    on = day_of(request)
    return _workbook(sheets.write({sheets.PEOPLE: queries.officer_lines(on)}), f"can-bo-{on:%Y%m%d}")


def _workbook(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    )
