"""One task, its steps, its deadline; the list of tasks."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from lienthong.calendars.queries import deadline_of, explain
from lienthong.files.models import StoredFile
from lienthong.files.operations import receive
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.tasks import policies, steps
from lienthong.tasks.classes import LABELS
from lienthong.tasks.models import Task
from lienthong.tasks.queries import lists
from lienthong.tasks.queries.receivers import receivers
from lienthong.tasks.queries.record import record, task_for
from lienthong.tasks.queries.rows import calendar_for, page_by_age, page_by_due
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only


@require_GET
@officers_only()
def listing(request: OfficerRequest) -> HttpResponse:
    """Show the tasks that the actor may see, narrowed by the filters of the address."""
    filters = lists.Filters.of(request.GET.dict())
    tasks = lists.visible(request.actor, filters, request.at)
    calendar = calendar_for(request.actor.post.unit, request.at)
    after = request.GET.get("after", "")
    if filters.open or filters.legal_class == "overdue":
        page = page_by_due(tasks, after=after, calendar=calendar, at=request.at)
    else:
        older = lists.visible(request.actor, filters, request.at, before=int(after)) if after.isdigit() else tasks
        page = page_by_age(older, calendar=calendar, at=request.at)
    here = {key: value for key, value in request.GET.items() if key != "after"}
    context = {
        "page": page,
        "filters": filters,
        "can_assign": policies.can_assign(request.actor),
        "total": "" if filters.words else lists.total(tasks),
        "classes": list(LABELS.items()),
        "units": _units(request),
        "older": f"?{urlencode({**here, 'after': page.older})}" if page.older else "",
    }
    return render(request, "tasks/list.html", context)


def _units(request: OfficerRequest) -> list[tuple[int, str]]:
    if not policies.can_assign(request.actor):
        return []
    found = receivers(request.actor, policies.reach(request.actor), on=local_date(request.at))
    return [(unit.pk, unit.short_name) for unit in found.units]


def _found(request: OfficerRequest, pk: int) -> tuple[Task, Actor]:
    others = [actor for actor in request.actors if actor is not request.actor]
    found = task_for(pk, [request.actor, *others])
    if found is None:
        raise Http404("Không có nhiệm vụ này, hoặc chức vụ hiện tại không được xem.")
    return found


def _able(request: OfficerRequest, task: Task, step: steps.Step) -> Actor | None:
    """Return the actor, of those in which this officer may act, who may take the step."""
    others = [actor for actor in request.actors if actor is not request.actor]
    return next((actor for actor in (request.actor, *others) if step.may(actor, task, request.at)), None)


@require_GET
@officers_only()
def show(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show one task: what, by when, who, how far, and what may be done with it now."""
    task, actor = _found(request, pk)
    offered = [step for step in steps.STEPS.values() if step.slug != "undo" and _able(request, task, step)]
    seen = record(task, actor, at=request.at)
    context = {"record": seen, "task": task, "main": offered[:3], "more": offered[3:], "seen_as": actor}
    context["too_late_to_extend"] = policies.does_by_deadline(actor, task) and policies.too_late_to_extend(
        task, request.at
    )
    return render(request, "tasks/show.html", context)


@require_http_methods(["GET", "POST"])
@officers_only()
def step(request: OfficerRequest, pk: int, slug: str) -> HttpResponse:
    """Take one step of a task: ask what it needs, do it, go back to the task."""
    task, _ = _found(request, pk)
    if slug not in steps.STEPS:
        raise Http404
    asked = steps.STEPS[slug]
    actor = _able(request, task, asked) or request.actor
    form = asked.form(request.POST or None, task=task, actor=actor, on=local_date(request.at))
    if request.method == "POST" and (asked.is_plain or form.is_valid()):
        try:
            form.is_valid()
            asked.perform(task, form, actor, request.at, _files(request, actor, asked))
        except Refusal as refusal:
            if asked.is_plain:
                messages.error(request, refusal.message)
                return redirect("tasks:show", pk=pk)
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, asked.done)
            return redirect("tasks:show", pk=pk)
    status = 422 if form.errors else 200
    return render(
        request, "tasks/step.html", {"task": task, "step": asked, "form": form, "actor_of_step": actor}, status=status
    )


def _files(request: OfficerRequest, actor: Actor, asked: steps.Step) -> list[StoredFile]:
    """Return the files sent ahead by the uploader, and those that come with the form where there is no script."""
    if not asked.takes_files:
        return []
    keys = [int(key) for key in request.POST.getlist("files") if key.isdigit()][:20]
    sent = StoredFile.objects.visible_to(actor, keys).in_bulk()
    along = [
        receive(file, name=file.name or "", actor=actor, at=request.at) for file in request.FILES.getlist("upload")
    ]
    return [*(sent[key] for key in keys if key in sent), *along]


@require_GET
@officers_only()
def deadline(request: OfficerRequest, pk: int) -> HttpResponse:
    """Explain the deadline of a task day by day."""
    task, _ = _found(request, pk)
    found = deadline_of(task.subject)
    context = {"task": task, "deadline": found, "days": explain(found) if found else []}
    part = "#explanation" if is_fragment(request) else ""
    return render(request, f"tasks/deadline.html{part}", context)
