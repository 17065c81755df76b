"""Ended cases that lie in no work file yet: marked, they go together into one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lienthong.cases.queries.lists import Filters, Place, named, unfiled_page
from lienthong.cases.views.listing import addresses
from lienthong.ui.requests import OfficerRequest, officers_only
from lienthong.workfiles.policies import KEEP


@require_safe
@officers_only(KEEP)
def unfiled(request: OfficerRequest) -> HttpResponse:
    """The cases that the office still has to put away, newest first, page by page."""
    said = request.GET
    key = said.get("procedure", "")
    procedure = int(key) if key.isdecimal() and len(key) < 18 else 0
    places = {name: Place.parse(said.get(name, "")) for name in ("after", "before")}
    page = unfiled_page(request.actor, procedure=procedure, **places)
    context = {
        "cases": page.cases,
        "procedure": procedure,
        "procedure_name": named(Filters(procedure=procedure)).procedure,
        **addresses(request, page),
    }
    return render(request, "cases/unfiled.html", context)
