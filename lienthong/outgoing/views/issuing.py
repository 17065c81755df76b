"""At the clerk's desk: the number, the record of what went out, its sendings, its recall; the books."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from lienthong.exports import book_pages
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.models import Unit
from lienthong.outgoing import policies
from lienthong.outgoing.forms import IssueForm, OutgoingBookForm, RecallForm
from lienthong.outgoing.models import Dispatch, Draft, OutgoingBook, OutgoingReader, Recipient
from lienthong.outgoing.operations.books import book_for, open_outgoing_book
from lienthong.outgoing.operations.dispatching import mark_read, note_returned, note_sent, send_again
from lienthong.outgoing.operations.issuing import issue, redirect_recipient
from lienthong.outgoing.operations.publishing import publish
from lienthong.outgoing.operations.recalling import recall
from lienthong.outgoing.pages import pages_of_draft
from lienthong.outgoing.printing import BOOKS
from lienthong.outgoing.queries.books import every_book
from lienthong.outgoing.queries.checks import checked
from lienthong.outgoing.queries.record import (
    dispatches_of,
    expected_number,
    gone_recipients,
    sources_of,
)
from lienthong.outgoing.symbols import symbol_of
from lienthong.outgoing.views.drafts import older_events, show_older
from lienthong.outgoing.views.finding import document_of, draft_of
from lienthong.stationery.queries import letterhead_on
from lienthong.ui import record_actions
from lienthong.ui.answering import place_refusal
from lienthong.ui.posting import posts_only
from lienthong.ui.requests import OfficerRequest, officers_only

ON_PAPER = (Recipient.Way.POST, Recipient.Way.HAND)
State = Dispatch.State


@officers_only("outgoing.issue")
def issuing(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give a signed draft its number: which book, the number to expect, recipients that are no more, form."""
    draft = draft_of(request.actor, pk)
    if request.method == "GET" and draft.state == Draft.State.ISSUED and hasattr(draft, "document"):
        return redirect("outgoing:document", draft.document.pk)
    on = local_date(request.at)
    form = IssueForm(
        request.POST if request.method == "POST" else None,
        initial={"copies": 1, "request_key": uuid.uuid4(), "keeper": _keeper(draft)},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            document = issue(draft, **given, actor=request.actor, at=request.at)
        except Forbidden:
            raise
        except Refusal as refusal:
            place_refusal(form, refusal)
        else:
            publish(document, at=request.at)
            messages.success(request, f"Đã phát hành {document.symbol}.")
            return redirect("outgoing:document", document.pk)
    if not policies.can_issue(request.actor, draft):
        raise Forbidden("Chỉ văn thư của cơ quan cấp số được, khi văn bản đã ký.")
    book, problem = _book(draft)
    version = draft.versions.get(number=draft.version)
    official = pages_of_draft(draft, version, on=on)
    expected = expected_number(book, year=on.year) if book else None
    context = {
        "draft": draft,
        "form": form,
        "book": book,
        "problem": problem,
        "expected": symbol_of(
            expected,
            type_abbreviation=draft.document_type.abbreviation,
            agency=draft.agency.symbol,
            unit=draft.unit.symbol,
        )
        if expected
        else "",
        "today": on,
        "recipients": (recipients := list(draft.recipients.order_by("order"))),
        "addressed": sum(1 for one in recipients if one.way != Recipient.Way.FILE),
        "gone": gone_recipients(draft, on=on),
        "checked": (shown := checked(draft, version, official, on=on)),
        "findings": shown.findings,
        "version": version,
        "signature": draft.signatures.filter(withdrawn_at=None).select_related("post__officer").first(),
    }
    return render(request, "outgoing/issue.html", context, status=422 if form.errors else 200)


def _keeper(draft: Draft) -> str:
    return "; ".join(draft.recipients.filter(way=Recipient.Way.FILE).values_list("line", flat=True))[:200]


def _book(draft: Draft) -> tuple[OutgoingBook | None, str]:
    try:
        return book_for(draft.agency, scope=draft.scope, type_code=draft.document_type.code), ""
    except Refusal as refusal:
        return None, refusal.message


@officers_only("outgoing.issue")
def redirecting(request: OfficerRequest, pk: int, recipient: int) -> HttpResponse:
    """Send to the successor what was meant for a unit that is no more."""
    draft = draft_of(request.actor, pk)
    found = get_object_or_404(draft.recipients.select_related("unit", "draft"), pk=recipient)
    key = request.POST.get("to", "")[:18]
    if request.method == "POST":
        to = get_object_or_404(Unit.objects.visible_to(request.actor), pk=int(key) if key.isdecimal() else 0)
        redirect_recipient(found, to, actor=request.actor, at=request.at)
        messages.success(request, f"Đã chuyển nơi nhận sang {to}.")
    return redirect("outgoing:issuing", pk)


@officers_only()
def record(request: OfficerRequest, pk: int) -> HttpResponse:
    """One document: the frozen PDF, its symbol, to whom it went and how far it came, what happened to it."""
    document = document_of(request.actor, pk)
    readers = list(document.readers.select_related("read_by__officer").order_by("pk"))
    for reader in readers:
        if reader.audience in request.actor.audiences:
            mark_read(reader, actor=request.actor, at=request.at)
    dispatches = dispatches_of(document.pk)
    with_them = [one for one in dispatches if one.intake_id and one.state in (State.SENT, State.RECEIVED)]
    registered = [one for one in dispatches if one.state == State.REGISTERED]
    may_dispatch = policies.can_dispatch(request.actor, document)
    read = {reader.audience: reader for reader in readers if reader.is_addressee}
    context = {
        "document": document,
        "lines": [(one, _reader(one, read)) for one in dispatches],
        "sources": sources_of(document.draft),
        **older_events(document.draft),
        "record_actions": record_actions.offered(request.actor, document.subject),
        "to_label": any(one.recipient.way in ON_PAPER for one in dispatches),
        "recall": getattr(document, "recall", None),
        "replaced_by": getattr(document, "replaced_by", None),
        "replaces": list(document.replaces.select_related("old")),
        "corrections": list(document.corrections.select_related("letter")),
        "corrects": list(document.corrects.select_related("document")),
        "recalling": RecallForm(),
        "addressed": sum(1 for one in dispatches if one.recipient.way != Recipient.Way.FILE),
        "came_back": [one for one in dispatches if one.state == State.RETURNED],
        "taken_back": sum(1 for one in dispatches if one.state == State.WITHDRAWN and one.intake_id),
        "at_once": len(with_them),
        "to_ask": len(registered),
        "to_send": sum(1 for one in dispatches if one.state == State.WAITING),
        "may": {
            "dispatch": may_dispatch,
            "recall": policies.can_recall(request.actor, document),
            "begin": policies.can_change(request.actor, document),
        },
    }
    return render(request, "outgoing/document.html", context)


@officers_only()
def timeline(request: OfficerRequest, pk: int) -> HttpResponse:
    """Older events of a document and of the draft that it was."""
    document = document_of(request.actor, pk)
    context = {"title": document.symbol, "back": reverse("outgoing:document", args=[pk]), "section": document.scope}
    return show_older(request, document.draft, context)


@officers_only("outgoing.issue")
def labels(request: OfficerRequest, pk: int) -> HttpResponse:
    """The labels of the envelopes in which a document goes by post or by hand, to print."""
    document = document_of(request.actor, pk)
    rows = [one for one in dispatches_of(document.pk) if one.recipient.way in ON_PAPER]
    head = letterhead_on(document.agency, document.issue_date)
    return render(request, "outgoing/labels.html", {"document": document, "lines": rows, "contact": head.contact})


def _reader(dispatch: Dispatch, read: dict[int, OutgoingReader]) -> OutgoingReader | None:
    recipient = dispatch.recipient
    if recipient.way != Recipient.Way.INSIDE:
        return None
    one = recipient.post or recipient.unit
    return read.get(one.audience) if one else None


@officers_only("outgoing.issue")
def sending(request: OfficerRequest, pk: int, dispatch: int) -> HttpResponse:
    """Note that something went by post, by e-mail or by hand, or came back."""
    if request.method != "POST":
        return redirect("outgoing:document", pk)
    document = document_of(request.actor, pk)
    found = get_object_or_404(document.dispatches.select_related("recipient"), pk=dispatch)
    if "again" in request.POST:
        send_again(found, actor=request.actor, at=request.at)
        messages.success(request, f"Đã gửi lại “{found.recipient.line}”.")
    elif "returned" in request.POST:
        note_returned(found, reason=request.POST.get("reason", ""), actor=request.actor, at=request.at)
        messages.success(request, f"Đã ghi “{found.recipient.line}” bị trả lại.")
    else:
        note_sent(found, tracking=request.POST.get("tracking", ""), actor=request.actor, at=request.at)
        messages.success(request, f"Đã ghi nhận gửi “{found.recipient.line}”.")
    return redirect("outgoing:document", pk)


@posts_only("outgoing:document")
@officers_only("outgoing.recall")
def recalling(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take back what was issued."""
    document = document_of(request.actor, pk)
    recall(
        document,
        reason=request.POST.get("reason", ""),
        source=request.POST.get("source", ""),
        actor=request.actor,
        at=request.at,
    )
    messages.success(request, f"Đã thu hồi {document.symbol}. Nơi đã vào sổ được yêu cầu hủy bản giữ.")
    return redirect("outgoing:document", pk)


@officers_only("outgoing.print_books")
def books(request: OfficerRequest) -> HttpResponse:
    """The books of the agency."""
    rows = OutgoingBook.objects.visible_to(request.actor).select_related("agency").order_by("scope", "name")
    return render(request, "outgoing/books.html", {"books": rows})


@officers_only("outgoing.print_books")
def book(request: OfficerRequest, pk: int, sort: str) -> HttpResponseBase:
    """One book over a period (this month, where none is chosen), in the asked form."""
    place = book_pages.Place(back=reverse("outgoing:books"), back_label="Sổ văn bản đi", section="outgoing_books")
    return book_pages.show(request, BOOKS, sort, pk, place)


@officers_only("books.open")
def opening(request: OfficerRequest) -> HttpResponse:
    """Open a book for an agency; below, the books that there are."""
    form = OutgoingBookForm(
        request.POST or None, on=local_date(request.at), initial={"agency": request.actor.post.unit.agency_id}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = open_outgoing_book(
                given["agency"],
                name=given["name"],
                scope=given["scope"],
                types=given["types"],
                actor=request.actor,
                at=request.at,
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            place_refusal(form, refusal)
        else:
            messages.success(request, f"Đã mở {made.name} của {made.agency}.")
            return redirect("outgoing:book_opening")
    rows = every_book()
    return render(request, "outgoing/opening.html", {"form": form, "books": rows}, status=422 if form.errors else 200)
