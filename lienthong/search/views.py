"""The page of search, its results, and the few results while typing in the top bar."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from lienthong.search import queries
from lienthong.search.chips import Asked
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only

WHILE_TYPING = 8
PAGE = 25


@officers_only()
def find(request: OfficerRequest) -> HttpResponse:
    """What the officer may read and what matches; with ``quick`` the first few while they type."""
    asked = Asked.read(request.GET)
    if asked.text != request.GET.get("q", ""):
        return redirect(asked.url())  # control characters and what is too long fall away, everywhere on the page
    is_quick = "quick" in request.GET
    results = queries.find(
        request.actor,
        asked.text,
        kinds=asked.kinds,
        unit=asked.unit,
        year=asked.year,
        state=asked.state,
        limit=WHILE_TYPING if is_quick else PAGE,
        after=0 if is_quick else asked.after,
        typing=is_quick or is_fragment(request),
        with_facets=not is_quick,
    )
    context = {
        "asked": asked,
        "results": results,
        "chips": [] if is_quick else asked.chips(results.facets),
        "first": asked.with_text(asked.text),
        "next": asked.next(PAGE),
        "previous": asked.previous(PAGE),
        "last": asked.after + len(results.hits),
        "proposed": _proposed(request, asked, results) if not is_quick else [],
    }
    part = "#quick" if is_quick else "#results" if is_fragment(request) else ""
    return render(request, f"search/page.html{part}", context)


def _proposed(request: OfficerRequest, asked: Asked, results: queries.Results) -> list[tuple[str, str]]:
    """Return other words to try when nothing was found, each with its address."""
    if results.hits or not results.query or asked.after:
        return []
    return [(text, Asked(text).url()) for text in queries.shorter(request.actor, results.query)]
