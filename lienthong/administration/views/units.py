"""Units: the tree, one unit, and what may be changed about it."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from lienthong.administration.forms import (
    SuccessionForm,
    UnitCodeForm,
    UnitEndForm,
    UnitForm,
    UnitNameForm,
    UnitPlaceForm,
)
from lienthong.administration.views.asof import day_of
from lienthong.administration.views.filling import fill
from lienthong.journal.queries import timeline
from lienthong.kernel.subjects import Subject
from lienthong.organisation import operations, queries
from lienthong.organisation.models import Unit
from lienthong.organisation.queries.holdings import left_in_unit
from lienthong.organisation.rules import clean
from lienthong.ui.answering import told
from lienthong.ui.requests import OfficerRequest, officers_only

TIMELINE = 30


@officers_only()
def units(request: OfficerRequest) -> HttpResponse:
    """The tree of units on a day, or what is found in it."""
    on, words = day_of(request), clean(request.GET.get("q", ""))
    page = {
        "on": on,
        "is_today": on == day_of(request, chosen=False),
        "words": words,
        "found": queries.find_units(words, on) if words else [],
        "branches": [] if words else _opened(queries.children_on(None, on), on),
        "may_change": request.actor.can("organisation.administer"),
    }
    return render(request, "administration/units.html", page)


@officers_only()
def branch(request: OfficerRequest, pk: int) -> HttpResponse:
    """What stands under one unit: fetched when it is opened."""
    on = day_of(request)
    unit = get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)
    page = {"units": queries.children_on(unit, on), "on": on}
    return render(request, "administration/branch.html", page)


@officers_only()
def unit(request: OfficerRequest, pk: int) -> HttpResponse:
    """One unit: who works in it, what it was called, what happened to it."""
    unit = _unit(request, pk)
    on = day_of(request)
    posts = queries.posts_of_unit(unit, on)
    away = queries.substitutes_on(posts, on)
    page = {
        "unit": unit,
        "on": on,
        "name_then": queries.name_on(unit, on),
        "people": [(post, away.get(post.pk)) for post in posts],
        "parts": queries.children_on(unit, on),
        "names": unit.names.order_by("-valid_from"),
        "codes": unit.codes.order_by("kind", "-valid_from"),
        "placements": unit.placements.select_related("parent").order_by("-valid_from"),
        "authorities": queries.authorities_on(unit, on),
        "successions": queries.successions_of(unit),
        "entries": timeline(Subject("unit", unit.pk), after=None, limit=TIMELINE),
        "may_change": request.actor.can("organisation.administer"),
    }
    return render(request, "administration/unit.html", page)


@officers_only("organisation.administer")
def new_unit(request: OfficerRequest) -> HttpResponse:
    """Enter a unit."""
    on = day_of(request, chosen=False)
    form = UnitForm(request.POST or None, on=on, initial={"valid_from": on, "parent": request.GET.get("parent")})

    return fill(
        request,
        form,
        lambda typed: operations.found_unit(**typed, actor=request.actor, at=request.at),
        title="Thêm đơn vị",
        submit="Thêm đơn vị",
        back=reverse("administration:units"),
        done="Đã thêm đơn vị.",
        then=_address,
    )


@officers_only("organisation.administer")
def unit_name(request: OfficerRequest, pk: int) -> HttpResponse:
    """Rename a unit."""
    unit = _unit(request, pk)
    initial = {"name": unit.name, "short_name": unit.short_name, "on": day_of(request, chosen=False)}
    return fill(
        request,
        UnitNameForm(request.POST or None, initial=initial),
        lambda typed: operations.rename_unit(unit, **typed, actor=request.actor, at=request.at),
        title=f"Đổi tên {unit}",
        lead="Tên cũ vẫn giữ cho các văn bản trước ngày đổi tên.",
        submit="Đổi tên",
        back=_address(unit),
        done="Đã đổi tên đơn vị.",
    )


@officers_only("organisation.administer")
def unit_place(request: OfficerRequest, pk: int) -> HttpResponse:
    """Move a unit under another."""
    unit = _unit(request, pk)
    on = day_of(request, chosen=False)
    return fill(
        request,
        UnitPlaceForm(request.POST or None, on=on, initial={"on": on}),
        lambda typed: operations.move_unit(unit, **typed, actor=request.actor, at=request.at),
        title=f"Chuyển {unit}",
        lead=f"Hiện trực thuộc {unit.parent}." if unit.parent else "Hiện là đơn vị cao nhất.",
        submit="Chuyển đơn vị",
        back=_address(unit),
        done="Đã chuyển đơn vị.",
    )


@officers_only("organisation.administer")
def unit_codes(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give a unit a code."""
    unit = _unit(request, pk)
    return fill(
        request,
        UnitCodeForm(request.POST or None, initial={"valid_from": day_of(request, chosen=False)}),
        lambda typed: operations.give_code(unit, **typed, actor=request.actor, at=request.at),
        title=f"Gắn mã cho {unit}",
        lead="Mã cùng loại đang dùng sẽ thôi từ ngày này.",
        submit="Gắn mã",
        back=_address(unit),
        done="Đã gắn mã.",
    )


@officers_only("organisation.administer")
def unit_end(request: OfficerRequest, pk: int) -> HttpResponse:
    """Close a unit; what stands in the way is shown first, with where to go."""
    unit = _unit(request, pk)
    on = day_of(request, chosen=False)
    form = UnitEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if told(form, lambda: operations.close_unit(unit, **typed, actor=request.actor, at=request.at)):
            messages.success(request, "Đã đóng đơn vị.")
            return redirect(_address(unit))
    page = {
        "form": form,
        "unit": unit,
        "posts": queries.posts_of_unit(unit, on),
        "parts": queries.children_on(unit, on),
        "left": left_in_unit(unit),
        "successions": [row for row in queries.successions_of(unit) if row.predecessor_id == unit.pk],
    }
    return render(request, "administration/unit_end.html", page, status=422 if form.errors else 200)


@officers_only("organisation.administer")
def unit_successions(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say who takes over from a unit."""
    unit = _unit(request, pk)
    on = day_of(request, chosen=False)
    return fill(
        request,
        SuccessionForm(request.POST or None, unit=unit, on=on, initial={"on": on}),
        lambda typed: operations.succeed(predecessors=[unit], **typed, actor=request.actor, at=request.at),
        title=f"Đơn vị kế thừa {unit}",
        lead="Từ ngày đơn vị này thôi hoạt động, đơn vị tiếp nhận thấy và làm tiếp mọi văn bản, việc còn lại; tên và "
        "số cũ giữ nguyên. Hợp nhất nhiều đơn vị: khai lần lượt từ trang của mỗi đơn vị bàn giao.",
        submit="Ghi kế thừa",
        back=_address(unit),
        done="Đã ghi kế thừa."
        if unit.valid_to
        else "Đã ghi kế thừa. Văn bản, việc còn lại sẽ chuyển sang khi đơn vị này được đóng (Việc khác › Đóng đơn vị).",
    )


def _unit(request: OfficerRequest, pk: int) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.actor).select_related("parent", "agency"), pk=pk)


def _address(unit: Unit) -> str:
    return reverse("administration:unit", args=[unit.pk])


def _opened(roots: list[Unit], on: dt.date) -> list[tuple[Unit, list[Unit]]]:
    """Return the roots with what stands directly under them, so that the page is of use at once."""
    return [(root, queries.children_on(root, on)) for root in roots[:20]] + [(root, []) for root in roots[20:]]
