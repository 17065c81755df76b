"""Programmes of tasks: list, one with its table, filling it, papers, and the roll-up board."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject, describe, is_visible
from lienthong.tasks import exports, policies, tables
from lienthong.tasks.classes import class_of
from lienthong.tasks.forms.programmes import ProgrammeForm, TableForm
from lienthong.tasks.models import Programme
from lienthong.tasks.operations import add_tasks, close_programme, create_programme
from lienthong.tasks.papers import papers_for
from lienthong.tasks.queries import lists, rollup
from lienthong.tasks.queries import programmes as queries
from lienthong.tasks.queries.receivers import receivers
from lienthong.tasks.queries.rows import calendar_for, task_badge
from lienthong.ui.answering import place_refusal
from lienthong.ui.requests import OfficerRequest, officers_only

RIGHTS = ("programmes.read", "programmes.manage")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@officers_only(*RIGHTS)
def listing(request: OfficerRequest) -> HttpResponse:
    """Show the programmes that the actor sees."""
    found = queries.listed(request.actor, request.at)[:100]
    context = {"programmes": found, "can_manage": policies.can_manage_programmes(request.actor)}
    return render(request, "tasks/programmes.html", context)


@require_http_methods(["GET", "POST"])
@officers_only("programmes.manage")
def new(request: OfficerRequest) -> HttpResponse:
    """Open a programme."""
    source = _source(request)
    named = describe([source])[source].title if source else ""
    initial = {"year": local_date(request.at).year, "source": source, "title": named, "source_text": named}
    form = ProgrammeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "source"}
        try:
            programme = create_programme(**said, source=source, actor=request.actor, at=request.at)
        except Refusal as refusal:
            place_refusal(form, refusal)
        else:
            return redirect("tasks:programme_tasks", pk=programme.pk)
    return render(request, "tasks/programme_new.html", {"form": form}, status=422 if form.errors else 200)


def _source(request: OfficerRequest) -> Subject | None:
    """Return the decision of ``?source=incoming:12``, where the actor may see it."""
    kind, _, pk = (request.POST.get("source") or request.GET.get("source", "")).partition(":")
    subject = Subject(kind, int(pk)) if pk.isdigit() and len(pk) < 18 else None
    return subject if subject and is_visible(request.actor, subject) else None


@require_safe
@officers_only(*RIGHTS)
def show(request: OfficerRequest, pk: int) -> HttpResponse:
    """Show one programme: its figures, its numbered tasks, where each stands."""
    programme = _found(request, pk)
    calendar = calendar_for(request.actor.post.unit, request.at)
    tasks = queries.tasks_of(programme, request.actor)
    rows = [
        (task, class_of(task, request.at), task_badge(task, calendar, request.at), exports.co_workers(task))
        for task in tasks
    ]
    filters = lists.Filters(programme=str(pk))
    source = programme.source if programme.source and is_visible(request.actor, programme.source) else None
    context = {
        "programme": programme,
        "rows": rows,
        "board": rollup.board(request.actor, filters, by="programme", at=request.at),
        "source": describe([source]).get(source) if source else None,
        "can_edit": policies.can_edit_programme(request.actor, programme),
        "papers": papers_for(request.actor, pk),
    }
    return render(request, "tasks/programme_print.html" if "print" in request.GET else "tasks/programme.html", context)


@require_http_methods(["GET", "POST"])
@officers_only("programmes.manage")
def tasks(request: OfficerRequest, pk: int) -> HttpResponse:
    """Fill the table of a programme: look at every row first, then add them all at once."""
    programme = _found(request, pk)
    form = TableForm(request.POST or None, request.FILES or None, initial={"key": uuid.uuid4()})
    drafts: list[tables.DraftRow] = []
    if request.method == "POST" and form.is_valid():
        try:
            file = form.cleaned_data["file"]
            rows = tables.read_xlsx(file) if file else tables.read_pasted(form.cleaned_data["pasted"])
            units = receivers(request.actor, policies.reach(request.actor), on=local_date(request.at)).units
            drafts = tables.drafts(rows, units, year=programme.year, on=local_date(request.at))
            if "confirm" in request.POST and not any(row.faults for row in drafts):
                items = [row.item() for row in drafts]
                made = add_tasks(programme, items, key=form.cleaned_data["key"], actor=request.actor, at=request.at)
                messages.success(request, f"Đã giao {len(made)} nhiệm vụ.")
                return redirect("tasks:programme", pk=pk)
        except Refusal as refusal:
            place_refusal(form, refusal)
    context = {
        "programme": programme,
        "form": form,
        "drafts": drafts,
        "faulty": sum(bool(row.faults) for row in drafts),
        "pasted": "\n".join("\t".join(row) for row in rows) if drafts else "",
    }
    return render(request, "tasks/programme_tasks.html", context, status=422 if form.errors else 200)


@require_POST
@officers_only("programmes.manage")
def closing(request: OfficerRequest, pk: int) -> HttpResponse:
    """Close a programme."""
    try:
        close_programme(_found(request, pk), actor=request.actor, at=request.at)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("tasks:programme", pk=pk)


@require_safe
@officers_only(*RIGHTS)
def paper(request: OfficerRequest, pk: int, kind: str) -> HttpResponse:
    """Give the table as XLSX, or the draft of the closing report as DOCX."""
    programme = _found(request, pk)
    tasks = queries.tasks_of(programme, request.actor)
    makers = {"xlsx": (exports.xlsx, XLSX), "docx": (exports.closing_report, DOCX)}
    make, content_type = makers[kind]
    answer = HttpResponse(make(programme, tasks, request.at), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="chuong-trinh-{programme.pk}-{programme.year}.{kind}"'
    return answer


@require_safe
@officers_only(*RIGHTS)
def board(request: OfficerRequest) -> HttpResponse:
    """Show the roll-up by programme, unit or leader, with traffic lights; each figure opens its list."""
    by = request.GET.get("by", "programme")
    if by not in rollup.BY:
        raise Http404
    filters = lists.Filters.of(request.GET.dict())
    context = {
        "board": rollup.board(request.actor, filters, by=by, at=request.at),
        "tabs": [{"label": label, "url": f"?by={key}", "here": key == by} for key, (label, *_) in rollup.BY.items()],
    }
    return render(request, "tasks/board.html", context)


def _found(request: OfficerRequest, pk: int) -> Programme:
    visible = Programme.objects.visible_to(request.actor).select_related("issuer", "owner__officer")
    return get_object_or_404(visible, pk=pk)
