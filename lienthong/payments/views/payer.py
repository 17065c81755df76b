"""The payer's page: what to pay, where to pay it, and whether it has come. No account: the address is the key."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import cast

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from lienthong.kernel.refusal import Refusal
from lienthong.payments import gateways
from lienthong.payments.models import CallbackReceived, Payment
from lienthong.payments.operations.asking import ask_now
from lienthong.payments.operations.callbacks import callback
from lienthong.payments.operations.online import begin_again
from lienthong.payments.queries import sheets
from lienthong.payments.receipts import receipt_pdf
from lienthong.payments.way_back import come_back_to, way_back
from lienthong.ui.requests import is_fragment

LARGEST_CALLBACK = 64_000
REFUSED = {CallbackReceived.Outcome.FORGED: 403, CallbackReceived.Outcome.UNREADABLE: 400}


@require_safe
def pay(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """What to pay, with the QR code of this page; it looks again by itself while the money is on its way."""
    payment = _payment(token)
    address = settings.BASE_URL.rstrip("/") + reverse("payments:pay", args=[token])
    page = {
        "payment": payment,
        "items": list(payment.items.select_related("charge").order_by("pk")),
        "gateway": gateways.name_of(payment.gateway),
        "is_open": gateways.named(payment.gateway) is not None,
        "is_over": _is_over(payment, _at(request)),
        "qr": segno.make(address, error="m").svg_inline(scale=4, border=2, omitsize=True),
        "key": uuid.uuid4(),
        "back": way_back(request, token),
    }
    return render(request, "payments/pay.html#state" if is_fragment(request) else "payments/pay.html", page)


@require_safe
def to_gateway(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Go on to the gateway."""
    payment = _payment(token)
    gateway = gateways.named(payment.gateway)
    if gateway is None or payment.state != Payment.State.STARTED or _is_over(payment, _at(request)):
        return redirect("payments:pay", token)
    base = settings.BASE_URL.rstrip("/")
    back = base + reverse("payments:returned", args=[token])
    notify = base + reverse("payments:callback", args=[gateway.code])
    return HttpResponseRedirect(gateway.address(payment, back=back, notify=notify))


@require_safe
def returned(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """The payer comes back. Nothing in the address is believed: the gateway is asked."""
    ask_now(_payment(token), at=_at(request))
    return redirect("payments:pay", token)


@require_POST
def again(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Begin anew what failed or expired."""
    payment = _payment(token)
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        raise Refusal("Trang này đã cũ. Hãy tải lại trang rồi bấm lại.") from None
    anew = begin_again(payment, key=f"again:{key}", at=_at(request))
    if back := way_back(request, token):
        come_back_to(request, anew, back)
    return redirect("payments:pay", anew.token)


@require_safe
def own_receipt(request: HttpRequest, token: uuid.UUID) -> HttpResponse:  # noqa: ARG001 - the address is the key
    """The receipt, for who paid."""
    payment = _payment(token)
    if not payment.has_money:
        raise Http404
    answer = HttpResponse(receipt_pdf(payment.receipt), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="bien-lai.pdf"'
    return answer


@csrf_exempt
@require_POST
def called_back(request: HttpRequest, code: str) -> HttpResponse:
    """A gateway tells us something; it tells again until it reads OK."""
    body = request.read(LARGEST_CALLBACK + 1)
    if len(body) > LARGEST_CALLBACK:
        return HttpResponse("TOO LARGE", content_type="text/plain", status=413)
    sender = str(request.META.get("REMOTE_ADDR", ""))
    outcome = callback(code, body, headers=dict(request.headers), sender=sender, at=_at(request))
    if outcome is None:
        raise Http404
    status = REFUSED.get(outcome, 200)
    return HttpResponse("OK" if status == 200 else "REFUSED", content_type="text/plain", status=status)


def _payment(token: uuid.UUID) -> Payment:
    payment = sheets.by_token(token)
    if payment is None or payment.is_at_desk:
        raise Http404
    return payment


def _is_over(payment: Payment, at: dt.datetime) -> bool:
    return payment.expires_at is not None and payment.expires_at <= at


def _at(request: HttpRequest) -> dt.datetime:
    return cast("dt.datetime", request.at)  # type: ignore[attr-defined]  # set by the middleware of the site
