"""The sectors and their national codes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from lienthong.exchange.queries import lacking
from lienthong.kernel.refusal import Refusal
from lienthong.procedures import operations, queries
from lienthong.procedures.views.competences import ADMINISTER
from lienthong.ui.requests import OfficerRequest, officers_only


@officers_only(ADMINISTER)
def sectors(request: OfficerRequest) -> HttpResponse:
    """Every sector with its code; one is entered at a time."""
    wrong, typed, said = 0, "", ""
    if request.method == "POST":
        row = get_object_or_404(queries.sectors(), pk=_number(request.POST.get("sector", "")))
        typed = request.POST.get("code", "")
        try:
            named = operations.name_sector(row, code=typed, actor=request.actor, at=request.at)
        except Refusal as refusal:
            wrong, said = row.pk, refusal.message
        else:
            done = f"Đã ghi mã {named.code} cho lĩnh vực {named}." if named.code else f"Đã xóa mã của lĩnh vực {named}."
            messages.success(request, done)
            return redirect("procedures:sectors")
    rows = queries.sectors_with_counts()
    page = {"rows": rows, "wrong": wrong, "typed": typed, "said": said, "lacking": lacking()}
    return render(request, "procedures/sectors.html", page, status=422 if wrong else 200)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
