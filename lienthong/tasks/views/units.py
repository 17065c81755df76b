"""The work of a unit, by person: for its head."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lienthong.tasks.queries import unit_work
from lienthong.tasks.queries.rows import calendar_for
from lienthong.ui.requests import OfficerRequest, officers_only


@require_safe
@officers_only("tasks.assign")
def unit(request: OfficerRequest) -> HttpResponse:
    """Show the open work of the actor's unit by person, the late first."""
    calendar = calendar_for(request.actor.post.unit, request.at)
    people = unit_work.by_person(request.actor, calendar=calendar, at=request.at)
    return render(request, "tasks/unit.html", {"people": people, "unit": request.actor.post.unit})
