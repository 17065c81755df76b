"""One task, its steps, its deadline; the list of tasks."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from lienthong.calendars.queries import deadline_of, explain
from lienthong.calendars.stretches import condensed
from lienthong.files.models import StoredFile
from lienthong.files.operations import receive
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.tasks import answers, policies, steps
from lienthong.tasks.classes import LABELS, day_start
from lienthong.tasks.models import Programme, Task
from lienthong.tasks.queries import inbox, lists
from lienthong.tasks.queries.receivers import receivers
from lienthong.tasks.queries.record import glance, record, task_for
from lienthong.tasks.queries.rows import Page, calendar_for, page_by_age, page_by_due, task_badge
from lienthong.ui import record_actions
from lienthong.ui.queries import saved_filters
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only

# Under which names the forms of the steps ask for what the operations name.
FIELDS = {"due_date": "due", "due": "due", "lead_unit": "to", "lead_post": "to"}


@require_safe
@officers_only()
def listing(request: OfficerRequest) -> HttpResponse:
    """Show the tasks that the actor may see, narrowed by the filters of the address."""
    filters = lists.Filters.of(request.GET.dict())
    tasks = lists.visible(request.actor, filters, request.at)
    calendar = calendar_for(request.actor.post.unit, request.at)
    after = request.GET.get("after", "")
    if filters.by_due:
        page = page_by_due(tasks, after=after, calendar=calendar, at=request.at)
        if filters.open:
            _group(page, request)
    else:
        older = lists.visible(request.actor, filters, request.at, before=int(after)) if after.isdigit() else tasks
        page = page_by_age(older, calendar=calendar, at=request.at)
    here = {key: value for key, value in request.GET.items() if key != "after"}
    context = {
        "page": page,
        "filters": filters,
        "can_assign": policies.can_assign(request.actor),
        "total": "" if filters.words else lists.total(tasks),
        "saved": saved_filters(request.actor, "tasks", request.GET),
        "classes": list(LABELS.items()),
        "sorts": list(lists.SORTS.items()),
        "leader": page.rows[0].assigner if filters.leader and page.rows else "",
        "programme": _programme_named(request, filters.programme),
        "units": _units(request),
        "older": f"?{urlencode({**here, 'after': page.older})}" if page.older else "",
    }
    return render(request, "tasks/list.html", context)


def _group(page: Page, request: OfficerRequest) -> None:
    today, day = day_start(request.at), local_date(request.at)
    for row in page.rows:
        row.group = inbox.group_of(row.due_at, today, day)


def _programme_named(request: OfficerRequest, pk: str) -> str:
    if pk == lists.ANY:
        return "mọi chương trình"
    found = Programme.objects.visible_to(request.actor).filter(pk=int(pk)).first() if pk else None
    return found.title if found else ""


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


@require_safe
@officers_only()
def show(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show one task: what, by when, who, how far, and what may be done with it now."""
    task, actor = _found(request, pk)
    offered = _offered(request, task)
    seen = record(task, actor, at=request.at)
    context = {"record": seen, "task": task, "main": offered[:3], "more": offered[3:], "seen_as": actor}
    context["is_mine"] = task.is_held_by(actor)
    context["answers"] = [] if task.is_ended or not context["is_mine"] else answers.offered(actor, task.subject)
    context["record_actions"] = record_actions.offered(actor, task.subject)
    context["too_late_to_extend"] = policies.does_by_deadline(actor, task) and policies.too_late_to_extend(
        task, request.at
    )
    context["opens_programme"] = policies.reads_programmes(request.actor) and bool(task.programme_id)
    return render(request, "tasks/show.html", context)


def _offered(request: OfficerRequest, task: Task) -> list[steps.Step]:
    return [step for step in steps.STEPS.values() if step.slug != "undo" and _able(request, task, step)]


@require_safe
@officers_only()
def preview(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show the gist of one task beside the list; without the list, the task itself."""
    if not is_fragment(request):
        return redirect("tasks:show", pk=pk)
    task, actor = _found(request, pk)
    context = {"task": task, "glance": glance(task, actor, at=request.at), "main": _offered(request, task)[:3]}
    context["is_mine"] = task.is_held_by(actor)
    return render(request, "tasks/preview.html", context)


@require_http_methods(["GET", "POST"])
@officers_only()
def step(request: OfficerRequest, pk: int, slug: str) -> HttpResponse:
    """Take one step of a task: ask what it needs, do it, go back to the task."""
    task, _ = _found(request, pk)
    if slug not in steps.STEPS:
        raise Http404
    asked = steps.STEPS[slug]
    able = _able(request, task, asked)
    actor = able or request.actor
    if able is None and request.method == "GET":
        messages.error(request, steps.why_not(asked, actor, task, request.at))
        return redirect("tasks:show", pk=pk)
    form = asked.form(request.POST or None, task=task, actor=actor, on=local_date(request.at))
    if request.method == "POST" and (asked.is_plain or form.is_valid()):
        try:
            form.is_valid()
            done = asked.perform(task, form, actor, request.at, _files(request, actor, asked))
        except Refusal as refusal:
            words = steps.why_not(asked, actor, task, request.at) if task.is_ended else refusal.message
            if asked.is_plain:
                messages.error(request, words)
                return redirect("tasks:show", pk=pk)
            field = FIELDS.get(refusal.field or "", refusal.field)
            form.add_error(field if field in form.fields else None, words)
        else:
            undo = reverse("tasks:step", args=[pk, "undo"]) if steps.can_be_undone(asked, done) else ""
            messages.success(request, asked.done, extra_tags=undo)
            return redirect("tasks:show", pk=pk)
    status = 422 if form.errors else 200
    context = {
        "task": task,
        "step": asked,
        "form": form,
        "actor_of_step": actor,
        "badge": task_badge(task, calendar_for(task.lead_unit, request.at), request.at),
        "pending": next((one for one in task.extensions.all() if one.decision == "pending"), None),
    }
    return render(request, "tasks/step.html", context, status=status)


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


@require_safe
@officers_only()
def deadline(request: OfficerRequest, pk: int) -> HttpResponse:
    """Explain the deadline of a task day by day."""
    task, _ = _found(request, pk)
    found = deadline_of(task.subject)
    context = {"task": task, "deadline": found, "lines": condensed(explain(found)) if found else []}
    part = "#explanation" if is_fragment(request) else ""
    return render(request, f"tasks/deadline.html{part}", context)
