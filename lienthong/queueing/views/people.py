"""What people in the hall and at home see: the kiosk, the screen, the number in hand. A secret address is the key."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import cast

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.queueing.models import Device, Ticket
from lienthong.queueing.operations.appointments import arrive
from lienthong.queueing.operations.tickets import leave, take_ticket
from lienthong.queueing.queries import queue as queries
from lienthong.queueing.queries import slots
from lienthong.ui.requests import is_fragment


def kiosk(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Big buttons, one for each group: a touch is a number."""
    device = _device(token, Device.Kind.KIOSK)
    at = moment_of(request)
    groups = queries.waiting_by_group(device.unit_id, local_date(at))
    chosen = next((one for one in groups if str(one.pk) == request.POST.get("group")), None)
    refused = ""
    if request.method == "POST" and chosen is not None:
        key = f"{request.POST.get('key', '')[:36] or uuid.uuid4()}:{chosen.pk}"
        try:
            return _printed(device, take_ticket(chosen, key=f"kiosk:{key}", at=at))
        except Refusal as refusal:
            refused = refusal.message
    return _kiosk(request, device, at, refused)


@require_POST
def kiosk_arrival(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Whoever booked types the code and gets their number."""
    device = _device(token, Device.Kind.KIOSK)
    at = moment_of(request)
    found = slots.arriving(request.POST.get("code", ""), device.unit_id, at)
    refused = "Không có lịch hẹn nào mang mã này ở đây. Hãy xem lại mã, hoặc lấy số thường."
    if found is not None:
        try:
            return _printed(device, arrive(found, unit_pk=device.unit_id, at=at))
        except Refusal as refusal:
            refused = refusal.message
    return _kiosk(request, device, at, refused)


@require_safe
def kiosk_ticket(request: HttpRequest, token: uuid.UUID, ticket_token: uuid.UUID) -> HttpResponse:
    """The small paper: it prints itself and gives the kiosk back."""
    device = _device(token, Device.Kind.KIOSK)
    ticket = _ticket(ticket_token)
    if ticket.unit_id != device.unit_id:
        raise Http404
    address = settings.BASE_URL.rstrip("/") + reverse("queueing:ticket", args=[ticket.token])
    page = {
        "device": device,
        "ticket": ticket,
        "place": queries.place_of(ticket),
        "qr": segno.make(address, error="m").svg_inline(scale=3, border=2, omitsize=True),
    }
    return render(request, "queueing/kiosk_ticket.html", page)


@require_safe
def screen(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """The screen on the wall: which number to which counter, in large digits; it says nothing aloud."""
    device = _device(token, Device.Kind.SCREEN)
    at = moment_of(request)
    page = {
        "device": device,
        "unit": device.unit,
        "called": queries.called(device.unit_id, at),
        "groups": queries.waiting_by_group(device.unit_id, local_date(at)),
        "at": at,
    }
    return render(request, "queueing/screen.html#calls" if is_fragment(request) else "queueing/screen.html", page)


@require_safe
def ticket(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """The number in hand, on one's own telephone: how many before me, where to go."""
    found = _ticket(token)
    page = {"ticket": found, "place": queries.place_of(found), "is_today": found.day == local_date(moment_of(request))}
    return render(request, "queueing/ticket.html#state" if is_fragment(request) else "queueing/ticket.html", page)


@require_POST
def ticket_end(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Give the number up."""
    leave(_ticket(token), actor=None, at=moment_of(request))
    return redirect("queueing:ticket", token)


def moment_of(request: HttpRequest) -> dt.datetime:
    """Return the moment of a request of somebody who is no officer."""
    return cast("dt.datetime", request.at)  # type: ignore[attr-defined]  # set by the middleware of the site


def _kiosk(request: HttpRequest, device: Device, at: dt.datetime, refused: str) -> HttpResponse:
    groups = queries.waiting_by_group(device.unit_id, local_date(at))
    page = {"device": device, "unit": device.unit, "groups": groups, "key": uuid.uuid4(), "refused": refused}
    return render(request, "queueing/kiosk.html", page, status=422 if refused else 200)


def _printed(device: Device, ticket: Ticket) -> HttpResponse:
    return redirect("queueing:kiosk_ticket", device.token, ticket.token)


def _device(token: uuid.UUID, kind: str) -> Device:
    device = queries.device_by(token, kind)
    if device is None:
        raise Http404
    return device


def _ticket(token: uuid.UUID) -> Ticket:
    found = queries.by_token(token)
    if found is None:
        raise Http404
    return found
