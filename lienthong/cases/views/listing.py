"""The list of cases."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lienthong.calendars.queries import working_calendar
from lienthong.cases import policies
from lienthong.cases.models import Case
from lienthong.cases.queries.lines import lines_of
from lienthong.cases.queries.lists import TABS, Filters, Page, Place, case_page, named
from lienthong.kernel.clock import local_date
from lienthong.ui.forms import DayField
from lienthong.ui.queries import saved_filters
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only

SHOWN_STATUSES = (
    Case.Status.NEW, Case.Status.RECEIVED, Case.Status.IN_PROGRESS, Case.Status.SUPPLEMENT, Case.Status.PAYMENT,
    Case.Status.DONE, Case.Status.HANDED_OVER, Case.Status.NOT_RECEIVED, Case.Status.WITHDRAWN, Case.Status.STOPPED,
)  # fmt: skip


@require_safe
@officers_only()
def listing(request: OfficerRequest) -> HttpResponse:
    """The cases that the officer may see: what lies in their hands, what is late, or all."""
    filters = filters_from(request)
    page = case_page(
        request.actor,
        filters,
        request.at,
        after=Place.parse(request.GET.get("after", "")),
        before=Place.parse(request.GET.get("before", "")),
    )
    calendar = working_calendar(request.actor.post.unit, local_date(request.at))
    context = {
        "lines": lines_of(page.cases, calendar, request.at),
        "filters": filters,
        "tabs": TABS,
        "statuses": [(str(int(one)), one.label) for one in SHOWN_STATUSES],
        "channels": Case.Channel.choices,
        "named": named(filters),
        "saved": saved_filters(request.actor, "cases", request.GET),
        "may_receive": policies.can_receive(request.actor),
        "may_mark": filters.tab == "mine" and policies.can_handle(request.actor),
        **addresses(request, page),
    }
    template = "cases/list.html"
    return render(request, f"{template}#rows" if is_fragment(request) else template, context)


def filters_from(request: OfficerRequest) -> Filters:
    """Read the filters of an address; what is none is left out."""
    said = request.GET
    tab = said.get("tab", "")
    return Filters(
        tab=tab if tab in TABS else "",
        status=_whole(said.get("status", "")),
        procedure=_whole(said.get("procedure", "")),
        channel=said.get("channel", "") if said.get("channel") in Case.Channel.values else "",
        unit=_whole(said.get("unit", "")),
        since=_day(said.get("since", "")),
        until=_day(said.get("until", "")),
    )


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def _day(text: str) -> dt.date | None:
    try:
        day: dt.date | None = DayField(required=False).clean(text)
    except ValidationError:
        return None
    return day


def addresses(request: OfficerRequest, page: Page) -> dict[str, Any]:
    """Return the addresses of the neighbouring pages, the filters kept."""
    found = {}
    for name, key, place in (("newer", "before", page.newer), ("older", "after", page.older)):
        query = request.GET.copy()
        query.pop("after", None)
        query.pop("before", None)
        query[key] = str(place)
        found[name] = f"?{query.urlencode()}" if place else ""
    return found
