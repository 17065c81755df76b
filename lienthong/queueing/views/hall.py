"""Arranging the hall: groups, counters, machines."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lienthong.queueing.forms import DeviceForm, GroupForm, OpenGroupForm, OpenPointForm, PointForm
from lienthong.queueing.models import Device, ServiceGroup, ServicePoint
from lienthong.queueing.models.hall import ARRANGE
from lienthong.queueing.operations import hall as operations
from lienthong.ui.answering import done, told
from lienthong.ui.requests import OfficerRequest, officers_only


@require_safe
@officers_only(ARRANGE)
def hall(request: OfficerRequest) -> HttpResponse:
    """What stands in the hall."""
    actor = request.actor
    points = ServicePoint.objects.visible_to(actor).select_related("post__officer").prefetch_related("groups")
    page = {
        "groups": list(ServiceGroup.objects.visible_to(actor).order_by("order", "pk")),
        "points": list(points.order_by("number")),
        "devices": list(Device.objects.visible_to(actor).working().order_by("pk")),
        "unit": actor.post.unit,
    }
    return render(request, "queueing/hall.html", page)


@officers_only(ARRANGE)
def group_new(request: OfficerRequest) -> HttpResponse:
    """Add a group."""
    form = GroupForm(request.POST or None)

    def act() -> None:
        operations.add_group(request.actor.post.unit, **form.cleaned_data, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        return _home(request, "Đã thêm nhóm.")
    return _form(request, form, "Thêm nhóm thủ tục", "Thêm nhóm")


@officers_only(ARRANGE)
def group(request: OfficerRequest, pk: int) -> HttpResponse:
    """Change a group."""
    row = get_object_or_404(ServiceGroup.objects.visible_to(request.actor).select_related("unit"), pk=pk)
    initial = {name: getattr(row, name) for name in ("name", "note", "minutes", "is_open")} | {"letter": row.prefix}
    form = OpenGroupForm(request.POST or None, initial=initial)

    def act() -> None:
        operations.amend_group(row, **form.cleaned_data, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        return _home(request, "Đã sửa nhóm.")
    return _form(request, form, str(row), "Lưu")


@officers_only(ARRANGE)
def point_new(request: OfficerRequest) -> HttpResponse:
    """Add a counter."""
    form = PointForm(request.POST or None, groups=_groups(request))

    def act() -> None:
        operations.add_point(request.actor.post.unit, **form.told, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        return _home(request, "Đã thêm quầy.")
    return _form(request, form, "Thêm quầy", "Thêm quầy")


@officers_only(ARRANGE)
def point(request: OfficerRequest, pk: int) -> HttpResponse:
    """Change a counter."""
    row = get_object_or_404(ServicePoint.objects.visible_to(request.actor).select_related("unit"), pk=pk)
    initial = {"number": row.number, "name": row.name, "is_open": row.is_open}
    initial["groups"] = [str(one.pk) for one in row.groups.all()]
    form = OpenPointForm(request.POST or None, groups=_groups(request), initial=initial)

    def act() -> None:
        operations.amend_point(row, **form.told, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        return _home(request, "Đã sửa quầy.")
    return _form(request, form, str(row), "Lưu")


@officers_only(ARRANGE)
def device_new(request: OfficerRequest) -> HttpResponse:
    """Add a kiosk or a screen."""
    form = DeviceForm(request.POST or None)

    def act() -> None:
        operations.add_device(request.actor.post.unit, **form.cleaned_data, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        return _home(request, "Đã thêm thiết bị. Mở địa chỉ của nó trên đúng máy đó.")
    return _form(request, form, "Thêm thiết bị", "Thêm thiết bị")


@require_POST
@officers_only(ARRANGE)
def device_end(request: OfficerRequest, pk: int) -> HttpResponse:
    """Shut a machine's address off."""
    row = get_object_or_404(Device.objects.visible_to(request.actor).select_related("unit"), pk=pk)

    def act() -> None:
        operations.revoke_device(row, actor=request.actor, at=request.at)

    return done(request, act, back=reverse("queueing:hall"), word=f"Đã ngắt {row.name}.")


def _groups(request: OfficerRequest) -> list[ServiceGroup]:
    return list(ServiceGroup.objects.visible_to(request.actor).order_by("order", "pk"))


def _home(request: OfficerRequest, word: str) -> HttpResponse:
    messages.success(request, word)
    return redirect("queueing:hall")


def _form(request: OfficerRequest, form: forms.Form, title: str, verb: str) -> HttpResponse:
    page = {"form": form, "title": title, "verb": verb, "back": reverse("queueing:hall"), "section": "hall"}
    return render(request, "queueing/form.html", page, status=422 if form.errors else 200)
