"""Pages of calendars: years, the draft and its publication, the report; the calculator; the account of a deadline."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from lienthong.calendars import explanation as accounts
from lienthong.calendars import queries
from lienthong.calendars.clock import Event, EventKind, due
from lienthong.calendars.forms import CalculatorForm, DayForm, HoursForm, PublishForm, UnitCalendarForm
from lienthong.calendars.models import CalendarVersion, WorkCalendar
from lienthong.calendars.operations import versions
from lienthong.calendars.policies import ADMINISTER, can_administer
from lienthong.calendars.stretches import condensed
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.ui.answering import place_refusal
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only


@officers_only()
def calendars(request: OfficerRequest) -> HttpResponse:
    """Every calendar with its present version and its draft."""
    page = {"calendars": queries.calendars_shown(), "may_change": can_administer(request.actor)}
    return render(request, "calendars/list.html", page)


@officers_only()
def calendar(request: OfficerRequest, pk: int) -> HttpResponse:
    """One calendar: a year of it, its hours, its marked days, its versions."""
    row = _calendar(request, pk)
    page = queries.year_page(row, row.current, _year(request))
    page |= {"may_change": can_administer(request.actor), "versions": queries.versions_of(row)}
    return render(request, "calendars/show.html", page)


@officers_only(ADMINISTER)
def new_calendar(request: OfficerRequest) -> HttpResponse:
    """Give a unit a calendar of its own."""
    form = UnitCalendarForm(request.POST or None, on=local_date(request.at))
    if request.method == "POST" and form.is_valid():
        version = _told(form, lambda: versions.open_calendar(**form.cleaned_data, actor=request.actor, at=request.at))
        if isinstance(version, CalendarVersion):
            return redirect("calendars:draft", version.calendar_id)
    return render(request, "calendars/new.html", {"form": form}, status=422 if form.errors else 200)


@officers_only(ADMINISTER)
def draft(request: OfficerRequest, pk: int) -> HttpResponse:
    """The draft: what it says, what it would change; a POST begins it."""
    row = _calendar(request, pk)
    if request.method == "POST":
        versions.draft(row, actor=request.actor, at=request.at)
        return redirect("calendars:draft", pk)
    return _draft_page(request, row)


@officers_only(ADMINISTER)
@require_POST
def draft_day(request: OfficerRequest, pk: int) -> HttpResponse:
    """Write a day into the draft."""
    row, form = _calendar(request, pk), DayForm(request.POST)
    version = queries.draft_of(row)
    if form.is_valid() and _told(
        form, lambda: versions.set_day(version, **form.cleaned_data, actor=request.actor, at=request.at)
    ):
        messages.success(request, f"Đã ghi ngày {form.cleaned_data['date']:%d/%m/%Y} vào bản nháp.")
        return redirect("calendars:draft", pk)
    return _draft_page(request, row, day_form=form)


@officers_only(ADMINISTER)
@require_POST
def draft_hours(request: OfficerRequest, pk: int) -> HttpResponse:
    """Write office hours into the draft."""
    row, form = _calendar(request, pk), HoursForm(request.POST)
    version = queries.draft_of(row)
    if form.is_valid():
        facts = {
            "valid_from": form.cleaned_data["valid_from"],
            "source": form.cleaned_data["source"],
            "week": form.week,
        }
        if _told(form, lambda: versions.set_hours(version, **facts, actor=request.actor, at=request.at)):
            messages.success(request, "Đã ghi giờ làm việc vào bản nháp.")
            return redirect("calendars:draft", pk)
    return _draft_page(request, row, hours_form=form)


@officers_only(ADMINISTER)
@require_POST
def publication(request: OfficerRequest, pk: int) -> HttpResponse:
    """Publish the draft; open deadlines are computed anew by a job."""
    row, form = _calendar(request, pk), PublishForm(request.POST)
    version = queries.draft_of(row)
    if form.is_valid() and _told(
        form, lambda: versions.publish(version, **form.cleaned_data, actor=request.actor, at=request.at)
    ):
        messages.success(request, f"Đã công bố phiên bản {version.number}. Các hạn đang mở được tính lại.")
        return redirect("calendars:report", pk, version.number)
    return _draft_page(request, row, publish_form=form)


@officers_only(ADMINISTER)
@require_POST
def removal(request: OfficerRequest, pk: int) -> HttpResponse:
    """Throw the draft away."""
    version = queries.draft_of(_calendar(request, pk))
    versions.discard(version, actor=request.actor, at=request.at)
    messages.success(request, "Đã bỏ bản nháp. Lịch đang dùng không đổi.")
    return redirect("calendars:show", pk)


@officers_only()
def report(request: OfficerRequest, pk: int, number: int) -> HttpResponse:
    """What a version changed, and which deadlines it moved (those that the reader may see)."""
    page = queries.report_page(_calendar(request, pk), number, request.actor)
    return render(request, "calendars/report.html", page)


@officers_only()
def calculator(request: OfficerRequest) -> HttpResponse:
    """Try out a limit: when it would end, and why."""
    form = CalculatorForm(request.GET if "limit" in request.GET else None)
    page: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        pure = queries.calendar_of(form.cleaned_data["calendar"].current)
        events, limit = [Event(EventKind.START, form.start)], form.cleaned_data["limit"]
        try:
            page |= {
                "due_at": due(pure, limit, events),
                "lines": condensed(accounts.explain(pure, limit, events)),
                "limit": limit,
            }
        except Refusal as refusal:
            form.add_error("limit", refusal.message)
    return render(request, "calendars/calculator.html", page, status=422 if form.errors else 200)


@officers_only()
def explanation(request: OfficerRequest, pk: int) -> HttpResponse:
    """The account of one deadline, day by day; a fragment for the badge."""
    row = queries.visible_deadline(request.actor, pk)
    page = {"deadline": row, "lines": condensed(queries.explain(row)), "about": queries.about(row)}
    part = "#account" if is_fragment(request) else ""
    return render(request, f"calendars/explanation.html{part}", page)


def _calendar(request: OfficerRequest, pk: int) -> WorkCalendar:
    rows = WorkCalendar.objects.visible_to(request.actor).select_related("current", "unit", "base__current")
    return get_object_or_404(rows, pk=pk)


def _year(request: OfficerRequest) -> int:
    text = request.GET.get("year", "")
    return int(text) if text.isdigit() and 2000 <= int(text) <= 2060 else local_date(request.at).year


def _draft_page(
    request: OfficerRequest,
    row: WorkCalendar,
    *,
    day_form: DayForm | None = None,
    hours_form: HoursForm | None = None,
    publish_form: PublishForm | None = None,
) -> HttpResponse:
    version = queries.draft_of(row)
    page = queries.year_page(row, version, _year(request))
    page |= {
        "preview": queries.preview(version),
        "day_form": day_form or DayForm(),
        "hours_form": hours_form or HoursForm(week=page["week"]),
        "publish_form": publish_form or PublishForm(),
    }
    failed = any(form and form.errors for form in (day_form, hours_form, publish_form))
    return render(request, "calendars/draft.html", page, status=422 if failed else 200)


def _told(form: forms.Form, act: Callable[[], object]) -> object:
    """Do the act; put a refusal beside its field and answer None."""
    try:
        return act()
    except Forbidden:
        raise
    except Refusal as refusal:
        place_refusal(form, refusal)
        return None
