"""Appointments as the hall sees them: the day, opening slots, who has come."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lienthong.kernel.clock import local_date
from lienthong.queueing.forms import SlotForm, SlotsForm
from lienthong.queueing.models import Appointment, ServiceGroup, Slot
from lienthong.queueing.models.hall import ARRANGE, SERVE
from lienthong.queueing.operations import appointments as operations
from lienthong.queueing.queries import slots as queries
from lienthong.ui.answering import done, told
from lienthong.ui.formats import moment
from lienthong.ui.forms import DayField
from lienthong.ui.requests import OfficerRequest, officers_only


@require_safe
@officers_only(SERVE)
def appointments(request: OfficerRequest) -> HttpResponse:
    """Who comes on a day, by slot."""
    today = local_date(request.at)
    on = _day(request, today)
    page = {
        "slots": queries.day_of(request.actor.post.unit_id, on),
        "on": on,
        "is_today": on == today,
        "before": on - dt.timedelta(days=1),
        "after": on + dt.timedelta(days=1),
        "unit": request.actor.post.unit,
        "may_arrange": request.actor.can(ARRANGE),
    }
    return render(request, "queueing/appointments.html", page)


@officers_only(ARRANGE)
def slots_new(request: OfficerRequest) -> HttpResponse:
    """Open slots on the working days of a stretch."""
    groups = ServiceGroup.objects.visible_to(request.actor).in_use().select_related("unit").order_by("order")
    today = local_date(request.at)
    initial = {"since": today + dt.timedelta(days=1), "until": today + dt.timedelta(days=14)}
    form = SlotsForm(request.POST or None, groups=groups, initial=initial)
    opened: list[Slot] = []

    def act() -> None:
        typed = {name: value for name, value in form.cleaned_data.items() if name != "group"}
        opened.extend(operations.open_slots(form.chosen, **typed, actor=request.actor, at=request.at))

    back = reverse("queueing:appointments")
    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, f"Đã mở {len(opened)} khung giờ hẹn.")
        return redirect(f"{back}?day={local_date(opened[0].starts_at):%d/%m/%Y}")
    page = {"form": form, "title": "Mở khung giờ hẹn", "verb": "Mở khung giờ", "back": back, "section": "appointments"}
    return render(request, "queueing/form.html", page, status=422 if form.errors else 200)


@officers_only(ARRANGE)
def slot(request: OfficerRequest, pk: int) -> HttpResponse:
    """Change the room of a slot, or shut it."""
    row = get_object_or_404(Slot.objects.visible_to(request.actor).select_related("unit", "group"), pk=pk)
    form = SlotForm(request.POST or None, initial={"capacity": row.capacity, "is_open": row.is_open})

    def act() -> None:
        operations.amend_slot(row, **form.cleaned_data, actor=request.actor, at=request.at)

    back = f"{reverse('queueing:appointments')}?day={local_date(row.starts_at):%d/%m/%Y}"
    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, "Đã sửa khung giờ.")
        return redirect(back)
    title = f"Khung {moment(row.starts_at)}"
    page = {
        "form": form,
        "title": title,
        "lead": str(row.group),
        "verb": "Lưu",
        "back": back,
        "section": "appointments",
    }
    return render(request, "queueing/form.html", page, status=422 if form.errors else 200)


@require_POST
@officers_only(SERVE)
def arrival(request: OfficerRequest, pk: int) -> HttpResponse:
    """The person is at the counter: give them their number."""
    row = get_object_or_404(Appointment.objects.visible_to(request.actor).select_related("slot"), pk=pk)
    unit = request.actor.post.unit_id

    def act() -> None:
        ticket = operations.arrive(row, unit_pk=unit, actor=request.actor, at=request.at)
        messages.success(request, f"{row.name}: số {ticket.code}.")

    return done(request, act, back=reverse("queueing:appointments"))


@require_POST
@officers_only(SERVE)
def cancellation(request: OfficerRequest, pk: int) -> HttpResponse:
    """Cancel for somebody who rang up."""
    row = get_object_or_404(Appointment.objects.visible_to(request.actor).select_related("slot"), pk=pk)
    back = f"{reverse('queueing:appointments')}?day={local_date(row.slot.starts_at):%d/%m/%Y}"

    def act() -> None:
        operations.cancel(row, actor=request.actor, at=request.at)

    return done(request, act, back=back, word=f"Đã hủy lịch hẹn của {row.name}.")


def _day(request: OfficerRequest, today: dt.date) -> dt.date:
    try:
        asked: dt.date | None = DayField(required=False).clean(request.GET.get("day", ""))
    except ValidationError:
        return today
    far = asked is not None and abs(asked - today) > dt.timedelta(days=3650)
    return today if asked is None or far else asked
