"""The register of signing authorities."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from lienthong.administration.forms import EndForm, SigningAuthorityForm
from lienthong.administration.views.asof import day_of
from lienthong.administration.views.filling import fill
from lienthong.organisation import operations, queries
from lienthong.organisation.models import SigningAuthority, Unit
from lienthong.ui.requests import OfficerRequest, officers_only


@officers_only()
def signing_authorities(request: OfficerRequest) -> HttpResponse:
    """Who may sign for a unit on a day; at first for the actor's own agency."""
    on = day_of(request)
    key = request.GET.get("unit", "")
    units = Unit.objects.visible_to(request.actor)
    unit = units.filter(pk=int(key)).first() if key.isdigit() and len(key) < 19 else None
    unit = unit or request.actor.post.unit.agency or request.actor.post.unit
    page = {
        "unit": unit,
        "on": on,
        "units": queries.units_that_sign(on),
        "authorities": queries.authorities_on(unit, on),
        "may_change": request.actor.can("organisation.administer"),
    }
    return render(request, "administration/signing_authorities.html", page)


@officers_only("organisation.administer")
def new_signing_authority(request: OfficerRequest) -> HttpResponse:
    """Enter that a post may sign for a unit."""
    on = day_of(request, chosen=False)
    initial = {"valid_from": on, "unit": request.GET.get("unit"), "post": request.GET.get("post")}

    def act(typed: dict[str, object]) -> object:
        block = str(typed.pop("block")).splitlines()
        return operations.grant_signing_authority(
            typed.pop("post"),  # type: ignore[arg-type]  # a post by the form
            block=block,
            **typed,  # type: ignore[arg-type]  # checked by the form
            actor=request.actor,
            at=request.at,
        )

    return fill(
        request,
        SigningAuthorityForm(request.POST or None, on=on, initial=initial),
        act,
        title="Thêm thẩm quyền ký",
        submit="Thêm thẩm quyền",
        back=reverse("administration:signing_authorities"),
        done="Đã thêm thẩm quyền ký.",
    )


@officers_only("organisation.administer")
def signing_authority_end(request: OfficerRequest, pk: int) -> HttpResponse:
    """End an authority."""
    rows = SigningAuthority.objects.visible_to(request.actor).select_related("post__officer", "unit")
    authority = get_object_or_404(rows, pk=pk)
    return fill(
        request,
        EndForm(request.POST or None, initial={"on": day_of(request, chosen=False)}),
        lambda typed: operations.end_signing_authority(authority, **typed, actor=request.actor, at=request.at),
        title="Thôi thẩm quyền ký",
        lead=f"{authority.post}: {authority.get_form_display()}, {authority.unit}.",
        submit="Cho thôi",
        back=f"{reverse('administration:signing_authorities')}?unit={authority.unit_id}",
        done="Đã cho thôi thẩm quyền ký.",
    )
