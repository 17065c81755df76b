"""The catalogue of procedures."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lienthong.kernel.clock import local_date
from lienthong.procedures import queries
from lienthong.procedures.models import ProcedureVersion
from lienthong.procedures.policies import can_administer
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only

LONGEST = 200
STATES = {"later": "Sắp áp dụng", "ended": "Hết áp dụng"}


@require_safe
@officers_only()
def catalogue(request: OfficerRequest) -> HttpResponse:
    """What holds today, found by plain words or by sector; what is being drafted, for who keeps the catalogue."""
    on, may = local_date(request.at), can_administer(request.actor)
    said = {name: request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in ("q", "sector", "after")}
    state = request.GET.get("state", "")
    if state in STATES and not said["q"]:
        page = queries.not_today(state, on=on, sector=said["sector"])
    else:
        page = queries.page_of(said["q"], on=on, sector=said["sector"], after=said["after"])
    context = {"page": page, "words": said["q"], "sector": said["sector"], "after": said["after"], "state": state}
    if is_fragment(request):
        return render(request, "procedures/catalogue.html#found", context)
    drafts = ProcedureVersion.objects.visible_to(request.actor).filter(state="draft").defer("text")
    return render(
        request,
        "procedures/catalogue.html",
        context
        | {
            "sectors": queries.sectors_of(on),
            "states": STATES.items(),
            "drafts": list(drafts.select_related("procedure__sector").order_by("-made_at")) if may else [],
            "may_administer": may,
        },
    )
