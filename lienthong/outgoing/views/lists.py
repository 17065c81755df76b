"""The lists: drafts, outgoing documents, internal ones, what waits for its number; and the side previews."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from lienthong.calendars.queries import remaining, working_calendar
from lienthong.kernel.clock import local_date
from lienthong.outgoing.models import Draft, OutgoingDocument
from lienthong.outgoing.models.book import Scope
from lienthong.outgoing.queries.lists import DraftPage, Place, document_page, draft_page, waiting_drafts
from lienthong.outgoing.views import exports
from lienthong.outgoing.views.finding import document_of, draft_of
from lienthong.ui.deadlines import Badge, badge
from lienthong.ui.forms import DayField
from lienthong.ui.queries import saved_filters
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only

DRAFT_CHIPS = (("mine", "Tôi đang soạn"), ("review", "Chờ tôi xem"), ("signing", "Chờ tôi ký"))
DOCUMENT_STATES = [(one.value, one.label) for one in OutgoingDocument.State if one != OutgoingDocument.State.ISSUED]


@officers_only("drafts.write")
def drafts(request: OfficerRequest) -> HttpResponseBase:
    """The drafts that the officer may read: those under way, or of one state, or those that wait for them."""
    waiting = request.GET.get("for", "")
    waiting = waiting if waiting in dict(DRAFT_CHIPS) else ""
    state = request.GET.get("state", "")
    state = state if state in Draft.State.values and not waiting else ""
    if request.GET.get("format") == "xlsx":
        said = dict(DRAFT_CHIPS).get(waiting) or dict(Draft.State.choices).get(state) or "đang làm"
        return exports.drafts(request.actor, waiting=waiting, state=state, said=str(said), at=request.at)
    page = (
        waiting_drafts(request.actor, waiting)
        if waiting
        else draft_page(request.actor, state=state, after=_key(request, "after"), before=_key(request, "before"))
    )
    context = {
        "rows": _draft_rows(request, page),
        "waiting": waiting,
        "state": state,
        "chips": DRAFT_CHIPS,
        "states": Draft.State.choices,
        "saved": saved_filters(request.actor, "drafts", request.GET),
        "most_exported": exports.MOST_EXPORTED,
        **_addresses(request, page),
    }
    template = "outgoing/drafts.html"
    return render(request, f"{template}#rows" if is_fragment(request) else template, context)


@officers_only("outgoing.issue")
def pending(request: OfficerRequest) -> HttpResponse:
    """The signed drafts of the agency that wait for their number."""
    page = waiting_drafts(request.actor, "issue")
    return render(request, "outgoing/pending.html", {"rows": _draft_rows(request, page)})


@officers_only()
def documents(request: OfficerRequest) -> HttpResponseBase:
    """The documents that left the agency and are open to the officer."""
    return _documents(request, Scope.OUTGOING)


@officers_only()
def internal(request: OfficerRequest) -> HttpResponseBase:
    """The documents that stay in the agency, with those that the officer has not read."""
    return _documents(request, Scope.INTERNAL)


@officers_only()
def draft_preview(request: OfficerRequest, pk: int) -> HttpResponse:
    """The side preview of a draft."""
    draft = draft_of(request.actor, pk)
    return render(request, "outgoing/draft_preview.html", {"draft": draft, "version": draft.version})


@officers_only()
def document_preview(request: OfficerRequest, pk: int) -> HttpResponse:
    """The side preview of a document."""
    return render(request, "outgoing/document_preview.html", {"document": document_of(request.actor, pk)})


def _documents(request: OfficerRequest, scope: Scope) -> HttpResponseBase:
    state = request.GET.get("state", "")
    state = state if state in OutgoingDocument.State.values else ""
    unread = request.GET.get("unread") == "1" and scope == Scope.INTERNAL
    since, until = _day(request.GET.get("since", "")), _day(request.GET.get("until", ""))
    filters = {"scope": scope, "state": state, "unread": unread, "since": since, "until": until}
    if request.GET.get("format") == "xlsx":
        said = _said(state, since, until, unread=unread)
        return exports.documents(request.actor, filters, title=str(scope.label), said=said, at=request.at)
    page = document_page(
        request.actor,
        scope=scope,
        state=state,
        unread=unread,
        since=since,
        until=until,
        after=Place.parse(request.GET.get("after", "")),
        before=Place.parse(request.GET.get("before", "")),
    )
    context = {
        "documents": page.documents,
        "scope": scope,
        "title": scope.label,
        "state": state,
        "unread": unread,
        "since": since,
        "until": until,
        "is_narrowed": bool(state or unread or since or until),
        "saved": saved_filters(request.actor, str(scope), request.GET),
        "most_exported": exports.MOST_EXPORTED,
        "states": DOCUMENT_STATES,
        "may_begin": request.actor.can("drafts.write"),
        **_addresses(request, page),
    }
    template = "outgoing/documents.html"
    return render(request, f"{template}#rows" if is_fragment(request) else template, context)


def _said(state: str, since: dt.date | None, until: dt.date | None, *, unread: bool) -> str:
    """Return the filters in words, as the head of the file."""
    said = [
        str(OutgoingDocument.State(state).label).lower() if state else "",
        "tôi chưa đọc" if unread else "",
        f"từ ngày {since:%d/%m/%Y}" if since else "",
        f"đến ngày {until:%d/%m/%Y}" if until else "",
    ]
    return ", ".join(filter(None, said)) or "tất cả"


def _day(text: str) -> dt.date | None:
    try:
        day: dt.date | None = DayField(required=False).clean(text)
    except ValidationError:
        return None
    return day


def _draft_rows(request: OfficerRequest, page: DraftPage) -> list[tuple[Draft, Badge | None]]:
    """Return the drafts with their deadline badges (one query: the calendar)."""
    if not any(draft.due_at and draft.is_open for draft in page.drafts):
        return [(draft, None) for draft in page.drafts]
    calendar = working_calendar(request.actor.post.unit, local_date(request.at))
    return [
        (
            draft,
            badge(draft.due_at, request.at, remaining(draft.due_at, request.at, calendar))
            if draft.due_at and draft.is_open
            else None,
        )
        for draft in page.drafts
    ]


def _key(request: OfficerRequest, name: str) -> int | None:
    text = request.GET.get(name, "")[:18]
    return int(text) if text.isdecimal() else None


def _addresses(request: OfficerRequest, page: Any) -> dict[str, str]:
    """Return the addresses of the neighbouring pages, the filters kept."""
    addresses = {}
    for name, key, place in (("newer", "before", page.newer), ("older", "after", page.older)):
        query = request.GET.copy()
        query.pop("after", None)
        query.pop("before", None)
        query[key] = str(place)
        addresses[name] = f"?{query.urlencode()}" if place is not None else ""
    return addresses
