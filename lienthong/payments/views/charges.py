"""The charges of one subject: seen, taken at the desk, sent to a gateway, forgiven."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lienthong.kernel import subjects
from lienthong.kernel.subjects import Subject
from lienthong.payments import gateways
from lienthong.payments.forms import DeskForm, OnlineForm, ReasonForm
from lienthong.payments.models import Charge, Receipt
from lienthong.payments.models.seen import COLLECT
from lienthong.payments.operations.charges import waive
from lienthong.payments.operations.desk import pay_at_desk
from lienthong.payments.operations.online import begin_online
from lienthong.payments.queries import sheets
from lienthong.ui.answering import done, told
from lienthong.ui.formats import dong
from lienthong.ui.requests import OfficerRequest, officers_only


@require_safe
@officers_only()
def subject(request: OfficerRequest, kind: str, pk: int) -> HttpResponse:
    """What is to be paid for a subject, on a page of its own."""
    about = Subject(kind, pk)
    found = sheets.sheet(about, request.actor)
    if found is None or not found.charges:
        raise Http404
    return render(request, "payments/subject.html", {"sheet": found, "about": _described(about)})


@officers_only(COLLECT)
def desk(request: OfficerRequest, kind: str, pk: int) -> HttpResponse:
    """Take the money at the desk; the receipt comes up next."""
    about, due = _due(request, kind, pk)
    initial = {"key": uuid.uuid4(), "payer": due[0].payer if due else ""}
    form = DeskForm(request.POST or None, due=due, initial=initial)
    receipts: list[Receipt] = []

    def act() -> None:
        typed = form.cleaned_data
        receipts.append(
            pay_at_desk(
                form.chosen,
                payer=typed["payer"],
                method=typed["method"],
                key=f"desk:{typed['key']}",
                actor=request.actor,
                at=request.at,
            )
        )

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, f"Đã thu {dong(receipts[0].amount)}. Biên lai số {receipts[0].symbol}.")
        return redirect("payments:payment", receipts[0].payment_id)
    page: dict[str, Any] = {
        "form": form,
        "about": _described(about),
        "back": reverse("payments:subject", args=[kind, pk]),
        "gateways": gateways.in_use(),
        "key": initial["key"],
        "kind": kind,
        "pk": pk,
        "total": sum(one.amount for one in due),
        "none_due": not due,
        "waiting": bool(due) and sheets.is_waiting(about, request.at),
    }
    return render(request, "payments/desk.html", page, status=422 if form.errors else 200)


@require_POST
@officers_only(COLLECT)
def online(request: OfficerRequest, kind: str, pk: int) -> HttpResponse:
    """Begin a payment through a gateway for everything that is due, and show its page with the QR code."""
    _, due = _due(request, kind, pk)
    form = OnlineForm(request.POST)
    back = reverse("payments:subject", args=[kind, pk])
    if not form.is_valid():
        messages.error(request, "Hãy chọn cổng thanh toán.")
        return redirect(back)
    begun: list[str] = []

    def act() -> None:
        payment = begin_online(
            due,
            gateway=form.cleaned_data["gateway"],
            key=f"online:{form.cleaned_data['key']}",
            actor=request.actor,
            at=request.at,
        )
        begun.append(reverse("payments:pay", args=[payment.token]))

    answer = done(request, act, back=back)
    return redirect(begun[0]) if begun else answer


@officers_only(COLLECT)
def waiver(request: OfficerRequest, pk: int) -> HttpResponse:
    """Forgive a charge, with the reason."""
    charge = _charge(request, pk)
    form = ReasonForm(request.POST or None)
    back = reverse("payments:subject", args=[charge.subject_kind, charge.subject_id])

    def act() -> None:
        waive(charge, **form.cleaned_data, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, f"Đã miễn “{charge.name}”.")
        return redirect(back)
    page = {
        "form": form,
        "title": "Miễn khoản thu",
        "verb": "Miễn",
        "back": back,
        "lead": f"{charge.name}: {dong(charge.amount)}",
    }
    return render(request, "payments/form.html", page, status=422 if form.errors else 200)


def _charge(request: OfficerRequest, pk: int) -> Charge:
    charge = sheets.charge_of(pk, request.actor)
    if charge is None:
        raise Http404
    return charge


def _due(request: OfficerRequest, kind: str, pk: int) -> tuple[Subject, list[Charge]]:
    about = Subject(kind, pk)
    due = sheets.payable(about, request.actor)
    if due is None:
        raise Http404
    return about, list(due)


def _described(about: Subject) -> subjects.Described:
    return subjects.describe([about]).get(about) or subjects.Described("Hồ sơ", "")
