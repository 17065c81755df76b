"""Cases that lie where nobody works any more: the list for those above, and passing one on."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lienthong.cases import operations
from lienthong.cases.forms_stranded import RehousingForm
from lienthong.cases.queries.stranded import stranded_cases, units_for
from lienthong.cases.stranding import RIGHT
from lienthong.kernel.clock import local_date
from lienthong.ui.answering import told
from lienthong.ui.requests import OfficerRequest, officers_only

MOST = 100


@require_safe
@officers_only(RIGHT)
def stranded(request: OfficerRequest) -> HttpResponse:
    """Show the cases that nobody can take, the oldest first: code, procedure and place, never whose they are."""
    rows = list(stranded_cases(request.actor, local_date(request.at))[: MOST + 1])
    return render(request, "cases/stranded.html", {"rows": rows[:MOST], "more": len(rows) > MOST, "most": MOST})


@officers_only(RIGHT)
def rehousing(request: OfficerRequest, pk: int) -> HttpResponse:
    """Pass one on to a unit that works."""
    day = local_date(request.at)
    case = stranded_cases(request.actor, day).filter(pk=pk).first()
    if case is None:
        raise Http404
    form = RehousingForm(request.POST or None, units=units_for(case, day))

    def act() -> None:
        said = form.cleaned_data
        operations.rehouse(case, said["unit"], reason=said["reason"], actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, f"Đã chuyển hồ sơ {case.code} tới {form.cleaned_data['unit'].short_name}.")
        return redirect("cases:stranded")
    return render(request, "cases/rehouse.html", {"case": case, "form": form}, status=422 if form.errors else 200)
