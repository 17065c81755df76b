"""One payment: its record, its receipt on paper, giving it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lienthong.journal.queries import history
from lienthong.kernel import subjects
from lienthong.payments import gateways, policies
from lienthong.payments.forms import ProofForm, RefundForm
from lienthong.payments.models import Payment
from lienthong.payments.models.seen import COLLECT, READ
from lienthong.payments.operations.refunds import confirm_refund, refund
from lienthong.payments.queries import sheets
from lienthong.payments.receipts import receipt_pdf
from lienthong.ui.answering import told
from lienthong.ui.formats import dong
from lienthong.ui.requests import OfficerRequest, officers_only


@require_safe
@officers_only()
def payment(request: OfficerRequest, pk: int) -> HttpResponse:
    """The record of a payment."""
    found = _payment(request, pk)
    refunds = list(found.refunds.select_related("asked_by__officer").order_by("pk"))
    page = {
        "payment": found,
        "gateway": gateways.name_of(found.gateway),
        "items": list(found.items.select_related("charge").order_by("pk")),
        "refunds": refunds,
        "callbacks": list(found.callbacks.order_by("-pk")[:20]),
        "about": subjects.describe([found.subject]).get(found.subject),
        "entries": history(found.own),
        "may_refund": policies.can_refund(request.actor, found) and found.items.filter(refund=None).exists(),
        "may_confirm": policies.can_refund(request.actor, found),
    }
    return render(request, "payments/payment.html", page)


@require_safe
@officers_only()
def receipt(request: OfficerRequest, pk: int) -> HttpResponse:
    """The receipt on paper (A5)."""
    found = _payment(request, pk)
    if not found.has_money:
        raise Http404
    answer = HttpResponse(receipt_pdf(found.receipt), content_type="application/pdf")
    name = found.receipt.symbol.replace("/", "-")
    answer["Content-Disposition"] = f'inline; filename="bien-lai-{name}.pdf"'
    return answer


@officers_only(COLLECT, READ)
def refunding(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give back the money of a payment, or of some of its charges."""
    found = _payment(request, pk)
    items = list(found.items.filter(refund=None).select_related("charge").order_by("pk"))
    form = RefundForm(request.POST or None, items=items)
    back = reverse("payments:payment", args=[pk])
    policies.require_refunder(request.actor, found)

    def act() -> None:
        refund(found, charges=form.chosen, reason=form.cleaned_data["reason"], actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, "Đã hoàn tiền." if found.is_at_desk else "Đã gửi yêu cầu hoàn tiền tới cổng.")
        return redirect(back)
    lead = (
        f"Trả lại tiền cho {found.payer or 'người nộp'} tại quầy."
        if found.is_at_desk
        else f"Lệnh hoàn gửi qua {gateways.name_of(found.gateway)}; tiền về tài khoản đã trả."
    )
    page = {"form": form, "title": "Hoàn tiền", "verb": "Hoàn tiền", "back": back, "lead": lead}
    return render(request, "payments/form.html", page, status=422 if form.errors else 200)


@officers_only(COLLECT, READ)
def refund_proof(request: OfficerRequest, pk: int, refund_pk: int) -> HttpResponse:
    """Say that money was given back outside the system."""
    found = _payment(request, pk)
    made = get_object_or_404(found.refunds.all(), pk=refund_pk)
    form = ProofForm(request.POST or None)
    back = reverse("payments:payment", args=[pk])
    policies.require_refunder(request.actor, found)

    def act() -> None:
        confirm_refund(made, **form.cleaned_data, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, f"Đã ghi hoàn {dong(made.amount)}.")
        return redirect(back)
    page = {
        "form": form,
        "title": "Ghi đã hoàn tiền ngoài cổng",
        "verb": "Ghi đã hoàn",
        "back": back,
        "lead": dong(made.amount),
    }
    return render(request, "payments/form.html", page, status=422 if form.errors else 200)


def _payment(request: OfficerRequest, pk: int) -> Payment:
    found = sheets.payment_of(pk, request.actor)
    if found is None:
        raise Http404
    return found
