"""Giving work that hangs on no document."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.tasks.forms import AssignmentForm
from lienthong.tasks.operations import assign
from lienthong.ui.requests import OfficerRequest, officers_only


@require_http_methods(["GET", "POST"])
@officers_only("tasks.assign")
def new(request: OfficerRequest) -> HttpResponse:
    """Give one or several tasks in one go."""
    form = AssignmentForm(request.POST or None, actor=request.actor, on=local_date(request.at))
    if request.method == "POST" and not form.is_growing and form.is_valid():
        try:
            tasks = assign(
                None, form.items(), key=form.key, instruction=form.instruction, actor=request.actor, at=request.at
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Đã giao {len(tasks)} việc.")
            return redirect("tasks:show", pk=tasks[0].pk) if len(tasks) == 1 else redirect("tasks:mine")
    return render(request, "tasks/assignment.html", {"form": form}, status=422 if form.has_errors else 200)
