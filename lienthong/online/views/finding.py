"""Finding a procedure, reading it, beginning to fill it in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.online.desks import has_desk
from lienthong.online.gate import CitizenRequest, citizens_only
from lienthong.online.operations.filling import begin
from lienthong.online.queries.fillings import fillings_of, known_who, last_case
from lienthong.online.queries.finding import WHO, page_of, services
from lienthong.online.views.tracking import moment_of
from lienthong.organisation.queries.communes import find_communes
from lienthong.procedures.models import ProcedureVersion
from lienthong.procedures.queries import published, sectors_of
from lienthong.ui.requests import is_fragment

LONGEST_WORDS = 100


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Procedures, found while typing by plain words, by sector, by who asks."""
    on = local_date(moment_of(request))
    asked = request.GET.get("q", "").strip()[:LONGEST_WORDS]
    sector, who = request.GET.get("linh-vuc", ""), request.GET.get("ai", "")
    who = who if who in WHO else ""
    found = services(asked, on=on, sector=sector, who=who)
    context = {"asked": asked, "sector": sector, "who": who, "whos": WHO.items(), "found": found}
    template = "online/procedures.html"
    if is_fragment(request):
        return render(request, f"{template}#found", context)
    return render(request, template, {**context, "sectors": sectors_of(on)})


@require_safe
def service(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure in plain words: for what, papers, money, time, who decides, how to hand it in."""
    version = _version(request, code)
    return render(request, "online/service.html", {"version": version, **page_of(version)})


@citizens_only
def starting(request: CitizenRequest, code: str) -> HttpResponse:
    """Go on with a draft, or begin one; what was given before is offered, never taken silently."""
    version, on = _version(request, code), local_date(request.at)
    like = last_case(request.citizen, version.procedure)
    if request.method == "POST":
        try:
            filling = begin(
                request.citizen,
                version,
                with_who="nguoi" in request.POST,
                like=like if "ho-so" in request.POST else None,
                at=request.at,
            )
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("online:service", code)
        return redirect("online:filling", filling.key)
    context = {
        "version": version,
        "drafts": fillings_of(request.citizen, version.procedure),
        "like": like,
        "known": known_who(request.citizen),
        "is_taken": version.definition.online in ("full", "partial") and has_desk(version.definition, on),
    }
    return render(request, "online/filling_start.html", context)


@require_safe
@citizens_only
def communes(request: CitizenRequest) -> JsonResponse:
    """Communes by any words of their name, for the boxes in which addresses are picked."""
    words = request.GET.get("q", "")[:LONGEST_WORDS]
    return JsonResponse({"results": find_communes(words, on=local_date(request.at))})


def _version(request: HttpRequest, code: str) -> ProcedureVersion:
    found = published(code, local_date(moment_of(request)))
    if found is None:
        raise Http404
    return found
