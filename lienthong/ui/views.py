"""The gallery: each component with data, in every state, and each shape of page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from lienthong.kernel.vietnamese import fold
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


def gallery_people(request: HttpRequest) -> HttpResponse:
    """Answer the sample box of search-as-you-type."""
    wanted = fold(request.GET.get("q", ""))
    found = [(value, label, note) for value, label, note in samples.PEOPLE if wanted in fold(label)]
    return JsonResponse({"results": [{"value": value, "label": label, "note": note} for value, label, note in found]})
