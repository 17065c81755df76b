"""The monthly report of document processing: on screen, for print, as XLSX, as a draft."""

from __future__ import annotations

import calendar
import datetime as dt
import io

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.spreadsheets import write_table
from lienthong.reports.operations import draft_of_processing, draft_of_programme
from lienthong.reports.queries.processing import COLUMNS, WIDTHS, Processing, processing_of
from lienthong.tasks.models import Programme
from lienthong.ui.forms import DayField
from lienthong.ui.requests import OfficerRequest, officers_only

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 366


@require_safe
@officers_only("reports.read")
def processing(request: OfficerRequest) -> HttpResponse:
    """Show the report of the agency over a period: this month, where none is chosen."""
    today = local_date(request.at)
    since, until = today.replace(day=1), _month_end(today)
    faults: dict[str, str] = {}
    try:
        since, until = _period(request.GET.get("since", ""), request.GET.get("until", ""), since, until)
    except Refusal as refusal:
        faults[refusal.field or "since"] = refusal.message
    report = _report(request, since, until)
    match request.GET.get("format"):
        case "xlsx":
            return _xlsx(report)
        case "print":
            return render(request, "reports/processing_print.html", {"report": report, "columns": COLUMNS})
    before = since.replace(day=1) - dt.timedelta(days=1)
    context = {
        "report": report,
        "columns": COLUMNS,
        "faults": faults,
        "typed": {name: request.GET.get(name, "") for name in faults},
        "last_month": (before.replace(day=1), before),
        "may_draft": request.actor.can("drafts.write"),
    }
    return render(request, "reports/processing.html", context, status=422 if faults else 200)


@require_POST
@officers_only("reports.read")
def processing_draft(request: OfficerRequest) -> HttpResponse:
    """Begin a draft with the report of a period."""
    today = local_date(request.at)
    since, until = _period(request.POST.get("since", ""), request.POST.get("until", ""), today, today)
    draft = draft_of_processing(_report(request, since, until), actor=request.actor, at=request.at)
    messages.success(request, "Đã soạn dự thảo báo cáo từ số liệu. Hãy bổ sung nhận xét, kiến nghị rồi trình.")
    return redirect("outgoing:draft", draft.pk)


@require_POST
@officers_only("programmes.read", "programmes.manage")
def programme_draft(request: OfficerRequest, pk: int) -> HttpResponse:
    """Begin a draft with the roll-up of a programme."""
    programme = get_object_or_404(Programme.objects.visible_to(request.actor), pk=pk)
    draft = draft_of_programme(programme, actor=request.actor, at=request.at)
    messages.success(request, "Đã soạn dự thảo báo cáo từ bảng tổng hợp. Hãy bổ sung nhận xét rồi trình.")
    return redirect("outgoing:draft", draft.pk)


def _report(request: OfficerRequest, since: dt.date, until: dt.date) -> Processing:
    agency = request.actor.post.unit.agency
    if agency is None:
        raise Refusal("Đơn vị của bạn không có sổ văn bản nên không có báo cáo này.")
    return processing_of(agency, since=since, until=until, at=request.at)


def _period(since: str, until: str, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    try:
        field = "since"
        begin = DayField(required=False).clean(since) or first
        field = "until"
        end = DayField(required=False).clean(until) or (_month_end(begin) if since else last)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages), field=field) from error
    if end < begin:
        raise Refusal("Ngày cuối phải từ ngày đầu trở đi.", field="until")
    if (end - begin).days > LONGEST:
        raise Refusal("Hãy chọn khoảng thời gian không quá một năm.", field="until")
    return begin, end


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _xlsx(report: Processing) -> HttpResponse:
    out = io.BytesIO()
    rows: list[list[str | int]] = [[line.unit.name, *line.counts.cells()] for line in report.lines]
    heading = (
        f"BÁO CÁO XỬ LÝ VĂN BẢN · {report.agency.name}",
        f"Từ ngày {report.since:%d/%m/%Y} đến ngày {report.until:%d/%m/%Y}",
        f"Văn bản đến {report.arrived} (trả lại {report.returned}), đi {report.issued}, nội bộ {report.internal}",
    )
    sums: list[str | int] = ["Cộng", *report.sum.cells()]
    write_table(out, title="Xử lý văn bản", columns=COLUMNS, rows=[*rows, sums], heading=heading, widths=WIDTHS)
    answer = HttpResponse(out.getvalue(), content_type=XLSX)
    name = f"bao-cao-xu-ly-van-ban-{report.since:%Y%m%d}-{report.until:%Y%m%d}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
