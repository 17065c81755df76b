"""The page of the demo's gateway. Outside the demo it does not exist."""

from __future__ import annotations

import csv
import datetime as dt
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lienthong.kernel.clock import local
from lienthong.payments.operations import sandbox as operations
from lienthong.payments.queries.sheets import taken_in_sandbox

STATEMENT = ("Mã thanh toán", "Mã giao dịch", "Số tiền", "Thời gian")
BUTTONS = {"pay", "pay_silently", "fail"}


def sandbox(request: HttpRequest) -> HttpResponse:
    """Press a button as the payer would at a bank: pay, fail, or pay while the bank forgets to say so."""
    if not settings.DEMO:
        raise Http404
    at = cast("dt.datetime", request.at)  # type: ignore[attr-defined]  # set by the middleware of the site
    order = operations.open_order(request.META.get("QUERY_STRING", "").encode(), at=at)
    if request.method == "POST" and request.POST.get("button") in BUTTONS:
        operations.press(order, request.POST["button"], at=at)
        return redirect("/" + urlsplit(order.back).path.lstrip("/"))  # our own page, under whatever name it was opened
    return render(request, "payments/sandbox.html", {"order": order})


@require_safe
def statement(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same list for everybody
    """What the sandbox took, as a gateway would list it: to be compared on the page of reconciliation."""
    if not settings.DEMO:
        raise Http404
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="bang-ke-cong-thu.csv"'
    writer = csv.writer(answer)
    writer.writerow(STATEMENT)
    for order in taken_in_sandbox():
        writer.writerow((order.reference, order.transaction, order.amount, f"{local(order.at):%d/%m/%Y %H:%M:%S}"))
    return answer
