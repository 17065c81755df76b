"""The long files that an officer has ordered."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lienthong.exports import policies
from lienthong.exports.models import Export
from lienthong.exports.operations import cancel, order, order_again
from lienthong.files.downloads import send
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only

PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only()
def listing(request: OfficerRequest) -> HttpResponse:
    """My exports, newest first; a POST orders one."""
    if request.method == "POST":
        made = order(
            request.POST.get("kind", ""),
            _parameters(request.POST.get("parameters", "")),
            request.POST.get("format", ""),
            actor=request.actor,
            at=request.at,
        )
        messages.success(request, f"Đã nhận đặt {made}. Bạn sẽ được báo khi tệp xong.")
        return redirect("exports:list")
    mine = Export.objects.visible_to(request.actor).select_related("file__blob").order_by("-pk")
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        mine = mine.filter(pk__lt=int(before))
    shown = list(mine[: PAGE + 1])
    exports = shown[:PAGE]
    context = {"exports": exports, "older": f"?before={exports[-1].pk}" if len(shown) > PAGE else ""}
    return render(request, "exports/list.html", context)


@require_safe
@officers_only()
def show(request: OfficerRequest, pk: int) -> HttpResponse:
    """One export: its row, which asks for itself anew while it is under way; or the list where it stands."""
    export = _mine(request, pk)
    if not is_fragment(request):
        return render(request, "exports/list.html", {"exports": [export], "only": export, "older": ""})
    return render(request, "exports/row.html", {"export": export})


@require_safe
@officers_only()
def file(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """Give the file to who ordered it and may still see what stands in it."""
    export = _mine(request, pk)
    if not policies.can_fetch(request.actor, export):
        raise Forbidden("Chức vụ hiện tại không còn được xem nội dung này nên không tải được tệp.")
    if export.file is None:
        raise Refusal(
            f"Bản kết xuất này {export.get_state_display().lower()}. Hãy mở danh sách bản kết xuất để đặt lại."
        )
    return send(request, export.file)


@require_POST
@officers_only()
def cancellation(request: OfficerRequest, pk: int) -> HttpResponse:
    """Cancel an order under way."""
    cancel(_mine(request, pk), actor=request.actor, at=request.at)
    messages.success(request, "Đã hủy bản kết xuất.")
    return redirect("exports:list")


@require_POST
@officers_only()
def repetition(request: OfficerRequest, pk: int) -> HttpResponse:
    """Order the same once more."""
    made = order_again(_mine(request, pk), actor=request.actor, at=request.at)
    messages.success(request, f"Đã đặt lại {made}. Bạn sẽ được báo khi tệp xong.")
    return redirect("exports:list")


def _mine(request: OfficerRequest, pk: int) -> Export:
    return get_object_or_404(Export.objects.visible_to(request.actor).select_related("file__blob"), pk=pk)


def _parameters(text: str) -> dict[str, Any]:
    try:
        parameters = json.loads(text)
    except ValueError:
        parameters = None
    if not isinstance(parameters, dict):
        raise Refusal("Chưa rõ cần kết xuất gì. Hãy mở lại trang rồi đặt từ nút trên trang.")
    return parameters
