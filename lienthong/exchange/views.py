"""The outbox and what came, for administrators; the address to which partners send."""

from __future__ import annotations

import datetime as dt
import json
import logging
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from lienthong.exchange import operations, partners, queries
from lienthong.exchange.models import ADMINISTER, Message
from lienthong.exchange.partners.contract import ForgedError, UnreadableError
from lienthong.kernel.subjects import describe
from lienthong.ui.requests import OfficerRequest, officers_only

logger = logging.getLogger("lienthong.exchange")
LARGEST = 2_000_000
"""Bytes that a partner may send at once: papers come as addresses, not as files."""
UNREADABLE, FORGED = "98", "97"


@officers_only(ADMINISTER)
@require_safe
def listing(request: OfficerRequest) -> HttpResponse:
    """Every partner and what lies in the outbox."""
    state, partner = request.GET.get("state", ""), request.GET.get("partner", "")
    rows, older = queries.messages(request.actor, state=state, partner=partner, before=_before(request))
    counted = queries.counts(request.actor)
    context = {
        "standings": queries.standings(),
        "lacking": queries.lacking(),
        "rows": rows,
        "older": older,
        "state": state,
        "partner": partner,
        "states": [(word, label, counted.get(word, 0)) for word, label in Message.State.choices],
    }
    return render(request, "exchange/list.html", context)


@officers_only(ADMINISTER)
@require_safe
def arrivals(request: OfficerRequest) -> HttpResponse:
    """What partners sent and what they were answered."""
    rows, older = queries.arrivals(request.actor, before=_before(request))
    return render(request, "exchange/arrivals.html", {"rows": rows, "older": older})


@officers_only(ADMINISTER)
@require_safe
def show(request: OfficerRequest, pk: int) -> HttpResponse:
    """One message word for word, and why it was refused."""
    message = get_object_or_404(Message.objects.visible_to(request.actor), pk=pk)
    context = {
        "message": message,
        "partner": partners.name_of(message.partner),
        "about": describe([message.subject]).get(message.subject),
        "body": json.dumps(message.body, ensure_ascii=False, indent=2),
    }
    return render(request, "exchange/show.html", context)


@officers_only(ADMINISTER)
@require_POST
def delivery(request: OfficerRequest, pk: int) -> HttpResponse:
    """Send a refused message again."""
    message = get_object_or_404(Message.objects.visible_to(request.actor), pk=pk)
    operations.send_again(message, actor=request.actor, at=request.at)
    messages.success(request, "Đã đưa lại vào hàng chờ; thông điệp sẽ đi trong vòng một phút.")
    return redirect("exchange:show", pk)


@officers_only(ADMINISTER)
@require_POST
def mending(request: OfficerRequest) -> HttpResponse:
    """Send everything again that lacked something."""
    count = operations.send_missing_again(actor=request.actor, at=request.at)
    messages.success(request, f"Đã đưa lại {count} thông điệp vào hàng chờ. Cái nào còn thiếu sẽ hiện lại ở đây.")
    return redirect("exchange:list")


@officers_only(ADMINISTER)
@require_POST
def dropping(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give a refused message up."""
    message = get_object_or_404(Message.objects.visible_to(request.actor), pk=pk)
    operations.drop(message, reason=request.POST.get("reason", ""), actor=request.actor, at=request.at)
    messages.success(request, "Đã bỏ qua; các thông điệp sau của cùng hồ sơ được gửi tiếp.")
    return redirect("exchange:show", pk)


@officers_only(ADMINISTER)
@require_POST
def attempt(request: OfficerRequest, code: str) -> HttpResponse:
    """Ask a partner again who was away."""
    operations.try_now(code, actor=request.actor, at=request.at)
    messages.success(request, "Sẽ thử kết nối lại trong vòng một phút.")
    return redirect("exchange:list")


@csrf_exempt
@require_POST
def received(request: HttpRequest, code: str) -> HttpResponse:
    """A partner sends something; the signature is its key. Answered in its own manner."""
    partner = partners.named(code)
    if partner is None:
        raise Http404
    body = request.read(LARGEST + 1)
    sender = str(request.META.get("REMOTE_ADDR", ""))
    if len(body) > LARGEST:
        return _no(UNREADABLE, "Thông điệp quá lớn.", status=413)
    at = cast("dt.datetime", request.at)  # type: ignore[attr-defined]  # set by the middleware of the site
    try:
        answer = operations.take_in(partner, body, dict(request.headers), sender=sender, at=at)
    except ForgedError:
        logger.warning("%s: a message from %s was not signed by the partner", code, sender)
        return _no(FORGED, "Chữ ký không đúng hoặc đã quá hạn.", status=403)
    except UnreadableError as error:
        logger.warning("%s: an unreadable message from %s: %s", code, sender, error)
        return _no(UNREADABLE, str(error), status=400)
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _no(code: str, sentence: str, *, status: int) -> HttpResponse:
    answer = {"error_code": code, "message": sentence}
    return JsonResponse(answer, status=status, json_dumps_params={"ensure_ascii": False})


def _before(request: HttpRequest) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
