"""Pages of registers: the list, an entry, its correction and revocation, the book."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lienthong.exports import book_pages
from lienthong.fields.drawing import drawn
from lienthong.fields.posting import values_from
from lienthong.journal import queries as journal
from lienthong.kernel.refusal import Forbidden
from lienthong.kernel.subjects import describe, is_visible
from lienthong.registers import operations, policies
from lienthong.registers.forms import ReasonForm, RevocationForm
from lienthong.registers.models import KEEP, READ, Entry, RegisterBook
from lienthong.registers.operations.entering import context_of
from lienthong.registers.printing import BOOKS
from lienthong.registers.queries.entries import Filters, books_of, entry_of, entry_page, said_of
from lienthong.ui import record_actions
from lienthong.ui.answering import told
from lienthong.ui.queries import saved_filters
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only

TIMELINE = 50


@require_safe
@officers_only(READ)
def listing(request: OfficerRequest) -> HttpResponse:
    """The entries that the officer may read, newest first."""
    filters, said = _filters(request), request.GET
    page = entry_page(
        request.actor, filters, after=_whole(said, "after") or None, before=_whole(said, "before") or None
    )
    books = books_of(request.actor)
    context = {
        "entries": page.entries,
        "filters": filters,
        "books": [(str(one.pk), f"{one.register.name}, {one.agency.short_name}") for one in books],
        "states": Entry.State.choices,
        "printable": [one for one in books if policies.can_print(request.actor, one)],
        "saved": saved_filters(request.actor, "registers", said),
        "newer": _address(request, before=page.newer),
        "older": _address(request, after=page.older),
    }
    template = "registers/list.html"
    return render(request, f"{template}#rows" if is_fragment(request) else template, context)


def _filters(request: OfficerRequest) -> Filters:
    said = request.GET
    state = said.get("state", "")
    return Filters(
        book=_whole(said, "book"),
        state=state if state in Entry.State.values else "",
        year=_whole(said, "year") if len(said.get("year", "")) == 4 else 0,
        words=said.get("q", "")[:100].strip(),
    )


def _whole(said: Any, name: str) -> int:
    text = str(said.get(name, ""))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0


def _address(request: OfficerRequest, **place: int | None) -> str:
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    for name, key in place.items():
        query[name] = str(key)
    return f"?{query.urlencode()}" if all(place.values()) else ""


@require_safe
@officers_only(READ)
def entry(request: OfficerRequest, pk: int) -> HttpResponse:
    """One entry: what stands in it, of what it came, what happened to it."""
    found = _entry(request, pk)
    context = {
        "entry": found,
        "rows": said_of(found),
        "entries": journal.history(found.subject, limit=TIMELINE),
        "may_keep": policies.can_keep(request.actor, found),
        "may_revoke": policies.can_revoke(request.actor, found),
        "origin": _origin(request, found),
        "record_actions": record_actions.offered(request.actor, found.subject),
    }
    return render(request, "registers/entry.html", context)


@officers_only(KEEP)
def correction(request: OfficerRequest, pk: int) -> HttpResponse:
    """Correct what stands in an entry, with the reason."""
    found = _entry(request, pk)
    if not policies.can_keep(request.actor, found):
        raise Forbidden("Chỉ cán bộ của cơ quan giữ sổ cải chính được, khi mục còn hiệu lực.")
    definition, posted = found.version.definition, request.POST if request.method == "POST" else None
    form, values, problems = ReasonForm(posted), found.values, {}
    if posted is not None:
        values = values_from(definition.form, posted)
        redraws = "add" in posted or "remove" in posted

        def act() -> None:
            nonlocal problems
            problems = operations.correct(
                found, values, reason=form.cleaned_data["reason"], actor=request.actor, at=request.at
            )[1]

        if not redraws and form.is_valid() and told(form, act) and not problems:
            messages.success(request, f"Đã cải chính mục {found.symbol}.")
            return redirect("registers:entry", pk)
    fields = drawn(definition.form, values, problems=problems, context=context_of(found))
    context = {
        "entry": found,
        "form": form,
        "fields": fields,
        "redraw": request.path,
        "communes": reverse("administration:communes"),
    }
    return render(request, "registers/correction.html", context, status=422 if form.errors or problems else 200)


@officers_only(KEEP)
def revocation(request: OfficerRequest, pk: int) -> HttpResponse:
    """Revoke what was granted."""
    found = _entry(request, pk)
    if not policies.can_revoke(request.actor, found):
        raise Forbidden("Chỉ lãnh đạo cơ quan giữ sổ thu hồi được, khi mục còn hiệu lực.")
    form = RevocationForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        operations.revoke(found, **form.cleaned_data, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, f"Đã thu hồi mục {found.symbol}.")
        return redirect("registers:entry", pk)
    return render(
        request, "registers/revocation.html", {"entry": found, "form": form}, status=422 if form.errors else 200
    )  # fmt: skip


@require_safe
@officers_only(READ)
def book(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """A register over a period as the book that is printed."""
    rows = RegisterBook.objects.visible_to(request.actor).select_related("register")
    found = rows.filter(pk=pk).first()
    sort = BOOKS.get(found.register.key) if found is not None else None
    if sort is None:
        raise Http404
    place = book_pages.Place(reverse("registers:list"), "Sổ quản lý", "registers")
    return book_pages.show(request, [sort], sort.word, pk, place)


def _origin(request: OfficerRequest, found: Entry) -> str:
    """Return the address of what an entry came of, where the officer may see it."""
    came = found.came_of
    if not is_visible(request.actor, came):
        return ""
    described = describe([came]).get(came)
    return described.url if described else ""


def _entry(request: OfficerRequest, pk: int) -> Entry:
    found = entry_of(request.actor, pk)
    if found is None:
        raise Http404
    return found
