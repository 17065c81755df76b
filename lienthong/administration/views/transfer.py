"""Units and people by sheet: the template, the trial, the entry, the report, the export."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lienthong.administration.forms import SheetForm
from lienthong.administration.models import STATES, ImportRun
from lienthong.administration.operations import cancel_import, confirm_import, hand_in
from lienthong.administration.views.asof import day_of
from lienthong.kernel.spreadsheets import write_table
from lienthong.organisation import queries, sheets
from lienthong.ui.answering import told
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE, PAST = 100, 20
SILENT = dt.timedelta(seconds=20)
"""How long a sheet waits for a worker before its page says so."""


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only("organisation.administer")
def organisation_import(request: OfficerRequest) -> HttpResponse:
    """Hand in a sheet, to be tried by a job; and what was handed in before."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        run: list[ImportRun] = []
        if told(form, lambda: run.append(_handed_in(request, form.cleaned_data["sheet"]))):
            return redirect("administration:import_run", run[0].pk)
    past = ImportRun.objects.visible_to(request.actor).select_related("officer").defer("rows", "lines")
    page = {"form": form, "past": past.order_by("-pk")[:PAST], "columns": sheets.COLUMNS}
    return render(request, "administration/import.html", page, status=422 if form.errors else 200)


def _handed_in(request: OfficerRequest, sheet: Any) -> ImportRun:
    rows = sheets.read(sheet.name, sheet.read(sheets.LARGEST_FILE + 1))
    return hand_in(rows, file_name=sheet.name, actor=request.actor, at=request.at)


@require_safe
@officers_only("organisation.administer")
def import_run(request: OfficerRequest, pk: int) -> HttpResponse:
    """How far a sheet is; then what each row did or would do, wrong rows first, and the button that enters it whole."""
    run = _run(request, pk)
    state = request.GET.get("state", "")
    state = state if run.counts.get(state) else next((found for found, _, _ in run.tally), "")
    lines = list(run.told(state))
    number = _page_number(request.GET.get("page", ""), len(lines))
    context = {
        "run": run,
        "is_waiting_long": not run.is_taken and request.at - run.asked_at > SILENT,
        "state": state,
        "lines": lines[(number - 1) * PAGE : number * PAGE],
        "of_state": len(lines),
        "older": f"?state={state}&page={number + 1}" if number * PAGE < len(lines) else "",
        "newer": f"?state={state}&page={number - 1}" if number > 1 else "",
    }
    return render(request, "administration/import_run.html" + ("#progress" if is_fragment(request) else ""), context)


@require_POST
@officers_only("organisation.administer")
def import_entry(request: OfficerRequest, pk: int) -> HttpResponse:
    """Enter a tried sheet whole."""
    confirm_import(_run(request, pk), actor=request.actor, at=request.at)
    return redirect("administration:import_run", pk)


@require_POST
@officers_only("organisation.administer")
def import_cancellation(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give a sheet up."""
    cancel_import(_run(request, pk), actor=request.actor, at=request.at)
    messages.success(request, "Đã bỏ tệp. Chưa có gì được ghi.")
    return redirect("administration:organisation_import")


@require_safe
@officers_only("organisation.administer")
def import_report(request: OfficerRequest, pk: int) -> HttpResponse:
    """What became of each row, as a workbook."""
    run = _run(request, pk)
    stream = io.BytesIO()
    write_table(
        stream,
        title="Kết quả nhập",
        columns=["Trang", "Dòng", "Kết quả", "Ô sai", "Sẽ làm gì, hoặc sai ở đâu"],
        rows=([one["sheet"], one["number"], STATES[one["state"]], one["heading"], one["words"]] for one in run.told()),
        heading=[f"{run.file_name}: {run.get_state_display().lower()}"],
        widths=[12, 8, 14, 18, 60],
    )
    return _workbook(stream.getvalue(), f"ket-qua-nhap-{run.pk}")


def _run(request: OfficerRequest, pk: int) -> ImportRun:
    return get_object_or_404(ImportRun.objects.visible_to(request.actor).select_related("officer"), pk=pk)


def _page_number(text: str, lines: int) -> int:
    last = max(1, -(-lines // PAGE))
    return min(max(1, int(text)), last) if text.isdecimal() and len(text) < 6 else 1


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
