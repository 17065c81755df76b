"""Statistics of cases: by unit, sector, procedure, channel or month; the list behind each figure; what all may read."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from lienthong.cases.models import Case
from lienthong.cases.queries.results import COLUMNS, PERIODS, WIDTHS, Results, results_of
from lienthong.cases.queries.statistics import GROUPS, agencies_of, statistics_of
from lienthong.cases.queries.statistics_counts import Slice, month_end
from lienthong.cases.queries.statistics_lists import BEHIND, MEASURES, cases_of, rows_of
from lienthong.cases.queries.statistics_options import named, options
from lienthong.cases.statistics_sheets import FIRST, SHARES, sheet_of
from lienthong.cases.statistics_sheets import MEASURES as FORM
from lienthong.exports.papers import set_at_once
from lienthong.exports.tables import Table, write
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.ui.forms import DayField
from lienthong.ui.requests import OfficerRequest, officers_only

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
}
LONGEST = 366
RATINGS = {"rated": "Tất cả", "satisfied": "Hài lòng", "unsatisfied": "Không hài lòng"}


@require_safe
@officers_only("reports.read")
def statistics(request: OfficerRequest) -> HttpResponse:
    """Show the figures of a period: this month, where none is chosen; as a page, for print, as XLSX or PDF."""
    part, faults = _slice(request)
    group = request.GET.get("group", "")
    found = statistics_of(part, group if group in GROUPS else "unit", at=request.at)
    agency = request.actor.post.unit.agency
    format = request.GET.get("format", "")  # noqa: A001 - the word of the page
    if format in ("xlsx", "pdf"):
        return _file(sheet_of(found, owner=agency.name if agency else ""), format)
    lines = [(line, _cells(part, found.group, line.key, line.counts)) for line in found.lines]
    context = {
        "found": found, "slice": part, "lines": lines, "sums": _cells(part, "", 0, found.sum), "total": found.sum,
        "first": FIRST[found.group], "columns": [label for _, label in (*FORM, *SHARES)], "groups": GROUPS,
        "faults": faults, "typed": {name: request.GET.get(name, "") for name in faults}, "agency": agency,
        "presets": _presets(local_date(request.at)), "stacks": format != "print",
        "addresses": _addresses(part, found.sum),
    }  # fmt: skip
    if format == "print":
        return render(request, "cases/statistics_print.html", context)
    context |= {"options": options(part), "named": named(part)}
    return render(request, "cases/statistics.html", context, status=422 if faults else 200)


@require_safe
@officers_only("reports.read")
def statistics_list(request: OfficerRequest) -> HttpResponse:
    """The cases that one figure counts, newest first."""
    part, faults = _slice(request)
    measure = request.GET.get("measure", "")
    measure = measure if measure in MEASURES else "had"
    rows, older = rows_of(request.actor, cases_of(measure, part, at=request.at), after=_whole(request, "after"))
    context = {
        "rows": rows, "title": MEASURES[measure], "slice": part, "faults": faults, "named": named(part),
        "ratings": RATINGS if measure in RATINGS else {}, "measure": measure, "asked": _query(part),
        "back": f"?{_query(part)}", "older": f"?{_query(part, measure=measure, after=older)}" if older else "",
    }  # fmt: skip
    return render(request, "cases/statistics_list.html", context, status=422 if faults else 200)


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """How each agency solves its cases, for everybody: figures only, counted anew every ten minutes at most."""
    said = request.GET.get("ky", "")
    name = said if said in PERIODS else "thang"
    at: dt.datetime = request.at  # type: ignore[attr-defined]  # set by the middleware
    found = results_of(name, at=at)
    if request.GET.get("format") == "csv":
        return _file(_open_data(found), "csv")
    lines = [list(zip(COLUMNS, row, strict=True)) for row in found.rows]
    page = {"found": found, "columns": COLUMNS, "lines": lines, "periods": PERIODS, "chosen": name}
    return render(request, "cases/results.html", page)


def _slice(request: OfficerRequest) -> tuple[Slice, dict[str, str]]:
    """Read what the address asks for; what is none is left out, days that are none are said beside the field."""
    today = local_date(request.at)
    part, faults = Slice(today.replace(day=1), month_end(today), agencies_of(request.actor)), {}
    try:
        since, until = _period(request, part)
        part = replace(part, since=since, until=until)
    except Refusal as refusal:
        faults[refusal.field or "since"] = refusal.message
    channel = request.GET.get("channel", "")
    narrowed = replace(
        part,
        channel=channel if channel in Case.Channel.values else "",
        unit=_whole(request, "unit"),
        sector=_whole(request, "sector"),
        procedure=_whole(request, "procedure"),
    )
    return narrowed, faults


def _period(request: OfficerRequest, known: Slice) -> tuple[dt.date, dt.date]:
    field = "since"
    try:
        since = DayField(required=False).clean(request.GET.get("since", "")) or known.since
        field = "until"
        until = DayField(required=False).clean(request.GET.get("until", "")) or max(known.until, month_end(since))
    except ValidationError as error:
        raise Refusal(" ".join(error.messages), field=field) from error
    if until < since:
        raise Refusal("Ngày cuối phải từ ngày đầu trở đi.", field="until")
    if (until - since).days > LONGEST:
        raise Refusal("Hãy chọn khoảng thời gian không quá một năm.", field="until")
    return since, until


def _whole(request: OfficerRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def _presets(today: dt.date) -> list[tuple[str, dt.date, dt.date]]:
    first = today.replace(day=1)
    before = first - dt.timedelta(days=1)
    year = today.replace(month=1, day=1)
    return [
        ("Tháng này", first, month_end(today)),
        ("Tháng trước", before.replace(day=1), before),
        ("Năm nay", year, today.replace(month=12, day=31)),
    ]


def _query(part: Slice, **more: Any) -> str:
    said = {"since": f"{part.since:%d/%m/%Y}", "until": f"{part.until:%d/%m/%Y}", "unit": part.unit,
            "sector": part.sector, "procedure": part.procedure, "channel": part.channel, **more}  # fmt: skip
    return urlencode({name: value for name, value in said.items() if value})


def _within(part: Slice, group: str, key: Any) -> Slice:
    """Return the slice of one line."""
    if group == "month":
        return replace(part, since=max(part.since, key), until=min(part.until, month_end(key)))
    return replace(part, **{group: key}) if group else part


def _cells(part: Slice, group: str, key: Any, counts: Any) -> list[tuple[str, Any, str]]:
    """Return for each column its words, the figure, and the address of its list (empty where there is none)."""
    asked = _query(_within(part, group, key))
    return [
        (label, getattr(counts, name), _list_behind(name, getattr(counts, name), asked))
        for name, label in (*FORM, *SHARES)
    ]


def _list_behind(name: str, value: Any, asked: str) -> str:
    """Return the address of the list behind a figure; a satisfaction of nought has its ratings too."""
    measure = BEHIND.get(name, name)
    there = value is not None if name in BEHIND else bool(value)
    return f"list/?{asked}&measure={measure}" if measure in MEASURES and there else ""


def _addresses(part: Slice, counts: Any) -> dict[str, str]:
    """Return the addresses of the lists behind the figures that are not nothing."""
    asked = _query(part)
    return {name: f"list/?{asked}&measure={name}" for name in MEASURES if getattr(counts, name, 0)}


def _open_data(found: Results) -> Table:
    return Table(
        title="Kết quả giải quyết thủ tục hành chính", name=f"ket-qua-giai-quyet-{found.since:%Y%m%d}",
        columns=COLUMNS, widths=WIDTHS, total=len(found.rows), rows=lambda: found.rows,
    )  # fmt: skip


def _file(table: Table, format: str) -> HttpResponse:  # noqa: A002 - as above
    stream = io.BytesIO()
    if format == "pdf":
        heading = {"title": table.title, "owner": table.owner, "lines": list(table.lines), "signature": ""}
        stream.write(set_at_once(heading, columns=table.columns, widths=table.widths, rows=table.rows()))
    else:
        write(table, format, stream, lambda _done: None)
    answer = HttpResponse(stream.getvalue(), content_type=TYPES[format])
    answer["Content-Disposition"] = f'attachment; filename="{table.name}.{format}"'
    return answer
