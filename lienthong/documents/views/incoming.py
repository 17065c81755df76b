"""Incoming documents: the list, the record, its timeline, the stamp."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from lienthong.calendars.queries import deadline_of
from lienthong.documents import policies
from lienthong.documents.forms import AnswerForm, ForwardingForm
from lienthong.documents.models import IncomingDocument
from lienthong.documents.queries.badges import calendar_for, line_of, lines_of, task_lines
from lienthong.documents.queries.lists import Filters, Place, incoming_page, late_documents
from lienthong.documents.queries.record import hands_of, instructions_of, tasks_of
from lienthong.documents.views import exports
from lienthong.files.queries import attachments
from lienthong.journal import queries as journal
from lienthong.kernel.clock import local_date
from lienthong.organisation.actor import Actor
from lienthong.tasks import answers
from lienthong.ui import record_actions
from lienthong.ui.forms import DayField
from lienthong.ui.queries import saved_filters
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only

TIMELINE_PAGE = 30


@officers_only()
def listing(request: OfficerRequest) -> HttpResponseBase:
    """The documents that the officer may read, newest first, page by page; or the same as a spreadsheet."""
    filters = _filters(request)
    if request.GET.get("format") == "xlsx":
        return exports.workbook(request.actor, filters, request.at)
    page = (
        late_documents(request.actor, request.at)
        if filters.late
        else incoming_page(
            request.actor,
            filters,
            after=Place.parse(request.GET.get("after", "")),
            before=Place.parse(request.GET.get("before", "")),
        )
    )
    context = {
        "lines": lines_of(page.documents, calendar_for(request.actor, request.at), request.at),
        "filters": filters,
        "open_states": [(state.value, state.label) for state in IncomingDocument.OPEN_STATES],
        "closed_states": [
            (state.value, state.label) for state in IncomingDocument.State if state not in IncomingDocument.OPEN_STATES
        ],
        "saved": saved_filters(request.actor, "incoming", request.GET),
        "most_exported": exports.MOST_EXPORTED,
        "is_narrowed": filters != Filters(),
        "may_register": request.actor.can("incoming.register"),
        "may_instruct": request.actor.can("incoming.instruct"),
        **_addresses(request, page),
    }
    template = "documents/incoming/list.html"
    return render(request, f"{template}#rows" if is_fragment(request) else template, context)


@officers_only()
def record(request: OfficerRequest, pk: int) -> HttpResponse:
    """One document: its particulars, its file, who has it, the work on it, and everything that happened."""
    context = record_context(document_of(request.actor, pk), request.actor, request.at)
    return render(request, "documents/incoming/record.html", context)


def record_context(document: IncomingDocument, actor: Actor, at: dt.datetime) -> dict[str, Any]:
    """Return what the record page shows: a fixed number of queries, however long the timeline."""
    entries = journal.timeline(document.subject, limit=TIMELINE_PAGE + 1)
    can_forward = policies.can_forward(actor, document)
    tasks = tasks_of(document)
    calendar = calendar_for(actor, at)
    line = line_of(document, calendar, at)
    dated = [task for task in tasks if task.due_at]
    return {
        "document": document,
        "attachments": attachments(document.subject),
        "instructions": instructions_of(document),
        "hands": hands_of(document),
        "lines": task_lines(tasks, calendar, at),
        "badge": line.badge,
        "wait": line.wait,
        "wait_deadline": deadline_of(line.wait.subject) if line.wait else None,
        "explained": dated[0] if len(dated) == 1 else None,
        "entries": entries[:TIMELINE_PAGE],
        "older": entries[TIMELINE_PAGE - 1].event.pk if len(entries) > TIMELINE_PAGE else None,
        "forwarding": ForwardingForm(agency_id=actor.post.unit.agency_id, on=local_date(at)) if can_forward else None,
        "answer": AnswerForm(initial={"symbol": document.answer_symbol}),
        "answers": answers.offered(actor, document.subject)
        if document.is_open and document.recalled_at is None
        else [],
        "running": sum(1 for task in tasks if task.is_open),
        "record_actions": record_actions.offered(actor, document.subject),
        "may_destroy": policies.can_destroy_recalled(actor, document),
        "may": {
            "amend": policies.can_amend(actor, document),
            "forward": can_forward,
            "instruct": policies.can_instruct(actor, document),
            "close": policies.can_close(actor, document),
            "return": policies.can_return(actor, document),
            "reopen": policies.can_reopen(actor, document),
            "void": policies.can_void(actor, document),
            "answer": policies.can_answer(actor, document),
        },
    }


@officers_only()
def preview(request: OfficerRequest, pk: int) -> HttpResponse:
    """The side preview of the list: what it is, where it stands, its first file."""
    document = document_of(request.actor, pk)
    calendar = calendar_for(request.actor, request.at)
    line = line_of(document, calendar, request.at)
    context = {
        "document": document,
        "attachments": attachments(document.subject),
        "lines": task_lines(tasks_of(document), calendar, request.at),
        "badge": line.badge,
        "wait": line.wait,
    }
    return render(request, "documents/incoming/preview.html", context)


@officers_only()
def timeline(request: OfficerRequest, pk: int) -> HttpResponse:
    """Older events of a document."""
    document = document_of(request.actor, pk)
    after = request.GET.get("after", "")
    entries = journal.timeline(document.subject, after=int(after) if after.isdigit() else None, limit=TIMELINE_PAGE + 1)
    older = entries[TIMELINE_PAGE - 1].event.pk if len(entries) > TIMELINE_PAGE else None
    context = {"document": document, "entries": entries[:TIMELINE_PAGE], "older": older}
    template = "documents/incoming/timeline.html"
    return render(request, f"{template}#entries" if is_fragment(request) else template, context)


@officers_only()
def stamp(request: OfficerRequest, pk: int) -> HttpResponse:
    """The "ĐẾN" stamp and the routing slip, for print on the paper copy (NĐ 30/2020 Phụ lục IV)."""
    document = document_of(request.actor, pk)
    lines = task_lines(tasks_of(document), calendar_for(request.actor, request.at), request.at)
    context = {"document": document, "instructions": instructions_of(document), "lines": lines}
    return render(request, "documents/incoming/stamp.html", context)


def document_of(actor: Actor, pk: int) -> IncomingDocument:
    """Return a document with what its page names; 404 for who may not see it."""
    documents = IncomingDocument.objects.visible_to(actor).select_related(
        "document_type", "agency", "book", "holder_post__officer", "registered_by__officer"
    )
    return get_object_or_404(documents, pk=pk)


def _filters(request: OfficerRequest) -> Filters:
    state = request.GET.get("state", "")
    return Filters(
        state=state if state in IncomingDocument.State.values else "",
        urgent=request.GET.get("urgent") == "1",
        waiting=request.GET.get("waiting") == "1",
        late=request.GET.get("late") == "1" and not state,
        since=_day(request.GET.get("since", "")),
        until=_day(request.GET.get("until", "")),
    )


def _day(text: str) -> dt.date | None:
    try:
        day: dt.date | None = DayField(required=False).clean(text)
    except ValidationError:
        return None
    return day


def _addresses(request: OfficerRequest, page: Any) -> dict[str, str]:
    """Return the addresses of the neighbouring pages, the filters kept."""
    addresses = {}
    for name, key, place in (("newer", "before", page.newer), ("older", "after", page.older)):
        query = request.GET.copy()
        query.pop("after", None)
        query.pop("before", None)
        query[key] = str(place)
        addresses[name] = f"?{query.urlencode()}" if place else ""
    return addresses
