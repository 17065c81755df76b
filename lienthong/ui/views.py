"""The gallery: each component with data, in every state, and each shape of page; and the filters that officers save."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from lienthong.kernel.refusal import Refusal
from lienthong.kernel.vietnamese import fold
from lienthong.ui import gallery as samples
from lienthong.ui import operations, worklists
from lienthong.ui.forms import SavedFilterForm
from lienthong.ui.models import SavedFilter
from lienthong.ui.requests import OfficerRequest, officers_only


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


@require_POST
@officers_only()
def saved_filters(request: OfficerRequest) -> HttpResponse:
    """Save the present filter of a list under a name, and go back to the list."""
    form = SavedFilterForm(request.POST)
    work_list = worklists.named(request.POST.get("work_list", ""))
    if work_list is None:
        raise Http404("Không có danh sách này.")
    if form.is_valid():
        said = form.cleaned_data
        try:
            saved = operations.save_filter(
                work_list.key, name=said["name"], query=said["query"], actor=request.actor, at=request.at
            )
        except Refusal as refusal:
            form.add_error("name", refusal.message)
        else:
            messages.success(request, f"Đã lưu bộ lọc “{saved.name}”.")
            return redirect(work_list.address(saved.query))
    back = work_list.address(work_list.query(request.POST.get("query", "")))
    return render(request, "ui/saved_filter.html", {"form": form, "back": back}, status=422)


@require_POST
@officers_only()
def saved_filter_removal(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take a saved filter away; the message offers to bring it back."""
    saved, work_list = _saved(request, pk)
    operations.remove_filter(saved, actor=request.actor, at=request.at)
    undo = reverse("ui:saved_filter_restoration", args=[pk])
    messages.success(request, f"Đã xóa bộ lọc “{saved.name}”.", extra_tags=undo)
    return redirect(work_list.address())


@require_POST
@officers_only()
def saved_filter_restoration(request: OfficerRequest, pk: int) -> HttpResponse:
    """Bring a saved filter back."""
    saved, work_list = _saved(request, pk)
    try:
        saved = operations.restore_filter(saved, actor=request.actor, at=request.at)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(work_list.address())
    messages.success(request, f"Đã khôi phục bộ lọc “{saved.name}”.")
    return redirect(work_list.address(saved.query))


def _saved(request: OfficerRequest, pk: int) -> tuple[SavedFilter, worklists.WorkList]:
    saved = get_object_or_404(SavedFilter.objects.visible_to(request.actor), pk=pk)
    work_list = worklists.named(saved.work_list)
    if work_list is None:
        raise Http404("Không còn danh sách này.")
    return saved, work_list
