"""Booking a time from home: hall, group, slot, name and telephone; seeing and cancelling by the code."""

from __future__ import annotations

import datetime as dt
import uuid

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lienthong.queueing.forms import BookingForm, LookupForm
from lienthong.queueing.models import Appointment
from lienthong.queueing.operations.appointments import book, cancel
from lienthong.queueing.queries import slots as queries
from lienthong.queueing.views.people import moment_of
from lienthong.ui.answering import told
from lienthong.ui.forms import DayField

MINE = "appointment"


@require_safe
def halls(request: HttpRequest) -> HttpResponse:
    """In which hall."""
    return render(request, "queueing/booking.html", {"halls": queries.halls(moment_of(request))})


@require_safe
def hall(request: HttpRequest, unit_pk: int) -> HttpResponse:
    """For what."""
    groups = queries.groups_with_room(unit_pk, moment_of(request))
    if not groups:
        raise Http404
    return render(request, "queueing/booking_group.html", {"groups": groups, "unit": groups[0].unit})


@require_safe
def times(request: HttpRequest, unit_pk: int, group_pk: int) -> HttpResponse:
    """When: the slots of a week that have room, by day."""
    at = moment_of(request)
    group = next((one for one in queries.groups_with_room(unit_pk, at) if one.pk == group_pk), None)
    week = queries.free_week(group.pk, at, wanted=_wanted(request)) if group else None
    if group is None or week is None:
        raise Http404
    return render(request, "queueing/booking_times.html", {"group": group, "unit": group.unit, "week": week})


def slot(request: HttpRequest, unit_pk: int, group_pk: int, pk: int) -> HttpResponse:
    """Who."""
    at = moment_of(request)
    found = queries.slot_of(pk, group_pk)
    if found is None or found.unit_id != unit_pk:
        raise Http404
    back = reverse("queueing:booking_times", args=[unit_pk, group_pk])
    if request.method != "POST" and not queries.is_free(found, at):
        messages.error(request, "Khung giờ này vừa hết chỗ. Hãy chọn khung khác.")
        return redirect(back)
    form = BookingForm(request.POST or None, initial={"key": uuid.uuid4()})
    made: list[Appointment] = []

    def act() -> None:
        typed = form.cleaned_data
        made.append(book(found, **typed | {"key": f"booking:{typed['key']}"}, at=at))

    if request.method == "POST" and form.is_valid() and told(form, act):
        request.session[MINE] = made[0].pk
        return redirect("queueing:my_appointment")
    page = {"form": form, "slot": found, "back": back}
    return render(request, "queueing/booking_slot.html", page, status=422 if form.errors else 200)


def lookup(request: HttpRequest) -> HttpResponse:
    """Find one's appointment by code and telephone number."""
    form = LookupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = queries.appointment_by(**form.cleaned_data)
        if found is not None:
            request.session[MINE] = found.pk
            return redirect("queueing:my_appointment")
        form.add_error("code", "Không có lịch hẹn nào khớp mã và số điện thoại này. Hãy xem lại cả hai.")
    return render(request, "queueing/lookup.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's appointment, with its code large and as a QR code for the kiosk."""
    found = queries.appointment(request.session.get(MINE))
    if found is None:
        return redirect("queueing:lookup")
    page = {"appointment": found, "qr": segno.make(found.code, error="m").svg_inline(scale=4, border=2, omitsize=True)}
    return render(request, "queueing/my_appointment.html", page)


@require_POST
def mine_end(request: HttpRequest) -> HttpResponse:
    """Cancel it."""
    found = queries.appointment(request.session.get(MINE))
    if found is None:
        return redirect("queueing:lookup")
    cancel(found, at=moment_of(request))
    messages.success(request, "Đã hủy lịch hẹn.")
    return redirect("queueing:my_appointment")


def _wanted(request: HttpRequest) -> dt.date | None:
    try:
        day: dt.date | None = DayField(required=False).clean(request.GET.get("tuan", ""))
    except ValidationError:
        return None
    return day
