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


@require_safe
@officers_only()
def catalogue(request: OfficerRequest) -> HttpResponse:
    """What holds today, found by plain words or by sector; what is being drafted, for who keeps the catalogue."""
    on, may = local_date(request.at), can_administer(request.actor)
    words, sector = request.GET.get("q", "").strip()[:LONGEST], request.GET.get("sector", "")
    after = request.GET.get("after", "")[:40].replace("\x00", "")
    page = queries.page_of(words.replace("\x00", ""), on=on, sector=sector.replace("\x00", ""), after=after)
    context = {"page": page, "words": words, "sector": sector, "after": after}
    if is_fragment(request):
        return render(request, "procedures/catalogue.html#found", context)
    drafts = ProcedureVersion.objects.visible_to(request.actor).filter(state="draft").defer("text")
    return render(
        request,
        "procedures/catalogue.html",
        context
        | {
            "sectors": queries.sectors_of(on),
            "drafts": list(drafts.select_related("procedure__sector").order_by("-made_at")) if may else [],
            "may_administer": may,
        },
    )
