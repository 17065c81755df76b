"""Which part of an agency handles which sector."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from lienthong.kernel.clock import local_date
from lienthong.organisation.models import Post, Unit
from lienthong.procedures import operations, queries
from lienthong.procedures.forms import CompetenceForm
from lienthong.ui.answering import told
from lienthong.ui.requests import OfficerRequest, officers_only

ADMINISTER = "procedures.administer"
KINDS = ("province_committee", "department", "district", "commune")


@require_safe
@officers_only(ADMINISTER)
def competences(request: OfficerRequest) -> HttpResponse:
    """Every agency with what is said of it."""
    on = local_date(request.at)
    agencies = Unit.objects.visible_to(request.actor).existing(on).agencies().filter(kind__in=KINDS, is_external=False)
    rows = queries.competences_on(on)
    said = {row.agency_id for row in rows}
    page = {"rows": rows, "on": on, "others": [one for one in agencies.order_by("order", "name") if one.pk not in said]}
    return render(request, "procedures/competences.html", page)


@officers_only(ADMINISTER)
def competence(request: OfficerRequest, unit: int) -> HttpResponse:
    """Say who handles a sector for an agency from a day on."""
    on = local_date(request.at)
    agency = get_object_or_404(Unit.objects.visible_to(request.actor).existing(on).agencies(), pk=unit)
    keys = [one.pk for one in queries.parts_of(agency, on)]
    posts = Post.objects.visible_to(request.actor).in_force(on).filter(unit__in=keys).select_related("officer", "unit")
    form = CompetenceForm(
        request.POST if request.method == "POST" else None,
        initial={"valid_from": on, "sector": request.GET.get("sector", "")},
        sectors=queries.sectors(),
        units=Unit.objects.visible_to(request.actor).filter(pk__in=keys).order_by("order", "name"),
        posts=posts.order_by("unit__order", "order", "pk"),
    )

    def act() -> None:
        operations.set_competence(agency, **form.cleaned_data, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, f"Đã giao lĩnh vực {form.cleaned_data['sector']} cho {form.cleaned_data['unit']}.")
        return redirect("procedures:competences")
    rows = [row for row in queries.competences_on(on) if row.agency_id == agency.pk]
    page = {"form": form, "agency": agency, "rows": rows, "on": on}
    return render(request, "procedures/competence.html", page, status=422 if form.errors else 200)
