"""The gallery: each component with data, in every state, and each shape of page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lienthong.ui import gallery as samples


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component with data."""
    samples.dress(request)
    form = samples.SampleForm(request.POST or None, initial=samples.INITIAL)
    return render(
        request, "ui/gallery/index.html", {**samples.everything(), "form": form, "wrong": samples.wrong_form()}
    )


def gallery_page(request: HttpRequest, page: str) -> HttpResponse:
    """Show one shape of page: a work list, a record, a form, an entrance, a page for a substitute."""
    if page not in samples.PAGES:
        raise Http404
    samples.dress(request, substitute=page == "substitute")
    form = samples.SampleForm(request.POST or None, initial=samples.INITIAL)
    return render(request, f"ui/gallery/{page}.html", {**samples.everything(), "form": form})
