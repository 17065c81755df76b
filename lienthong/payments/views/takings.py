"""What was taken on a day, by desk, on the page and as a table."""

from __future__ import annotations

import datetime as dt
import io

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from lienthong.kernel.clock import local_date
from lienthong.kernel.spreadsheets import write_table
from lienthong.payments.models.seen import READ
from lienthong.payments.queries.takings import by_desk, find, takings
from lienthong.ui.formats import day as day_text
from lienthong.ui.formats import moment
from lienthong.ui.forms import DayField
from lienthong.ui.requests import OfficerRequest, officers_only

COLUMNS = ("Thời gian", "Quầy", "Người thu", "Số biên lai", "Người nộp", "Hình thức", "Số tiền", "Mã thanh toán")
WIDTHS = (18, 22, 24, 16, 30, 16, 14, 22)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@officers_only(READ)
def day(request: OfficerRequest) -> HttpResponse:
    """What the agency took on a day."""
    on = _day(request)
    words = request.GET.get("q", "")[:80]
    rows = [] if words.strip() else takings(request.actor, on)
    today = local_date(request.at)
    page = {
        "on": on,
        "today": today,
        "before": on - dt.timedelta(days=1),
        "after": on + dt.timedelta(days=1) if on < today else None,
        "words": words.strip(),
        "found": find(request.actor, words),
        "rows": rows,
        "desks": by_desk(rows),
        "total": sum(row.amount for row in rows),
        "unit": request.actor.post.unit.agency,
    }
    return render(request, "payments/takings.html", page)


@require_safe
@officers_only(READ)
def table(request: OfficerRequest) -> HttpResponse:
    """The same as a workbook: exactly the rows of the page."""
    on = _day(request)
    rows = takings(request.actor, on)
    stream = io.BytesIO()
    agency = request.actor.post.unit.agency
    write_table(
        stream,
        title="Thu trong ngày",
        heading=[agency.name if agency else "", f"BẢNG KÊ THU PHÍ, LỆ PHÍ NGÀY {day_text(on)}"],
        columns=COLUMNS,
        widths=WIDTHS,
        rows=[
            (moment(row.at), row.desk, row.who, row.receipt, row.payer, row.method, row.amount, row.reference)
            for row in rows
        ]
        + [("Cộng", None, None, None, None, None, sum(row.amount for row in rows), None)],
    )
    answer = HttpResponse(stream.getvalue(), content_type=XLSX)
    name = f"thu-phi-{on:%Y-%m-%d}.xlsx"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return answer


def _day(request: OfficerRequest) -> dt.date:
    try:
        asked: dt.date | None = DayField(required=False).clean(request.GET.get("day", ""))
        return asked or local_date(request.at)
    except (ValidationError, OverflowError):
        return local_date(request.at)
