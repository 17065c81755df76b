"""Comparing with a gateway's list, and settling what does not agree."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lienthong.kernel.clock import local_date
from lienthong.payments import gateways, statements
from lienthong.payments.advice import advice
from lienthong.payments.forms import ResolveForm, StatementForm
from lienthong.payments.models import Discrepancy, Reconciliation
from lienthong.payments.models.seen import RECONCILE
from lienthong.payments.operations.reconciling import reconcile, resolve
from lienthong.ui.answering import told
from lienthong.ui.requests import OfficerRequest, officers_only

SHOWN = 200


@officers_only(RECONCILE)
def reconciliation(request: OfficerRequest) -> HttpResponse:
    """What waits to be settled; a gateway's list is compared here."""
    form = StatementForm(request.POST or None, request.FILES or None, on=local_date(request.at))
    made: list[Reconciliation] = []

    def act() -> None:
        file = form.cleaned_data["file"]
        lines = statements.read(file.read(statements.LARGEST + 1))
        period = {key: form.cleaned_data[key] for key in ("since", "until")}
        code = form.cleaned_data["gateway"]
        made.append(reconcile(code, lines, **period, file_name=file.name, actor=request.actor, at=request.at))

    if request.method == "POST" and form.is_valid() and told(form, act):
        return redirect("payments:reconciled", made[0].pk)
    waiting = Discrepancy.objects.visible_to(request.actor).open().order_by("-pk")
    past = Reconciliation.objects.visible_to(request.actor).select_related("made_by__officer").order_by("-pk")
    page = {
        "form": form,
        "held": [(one, gateways.name_of(one.gateway)) for one in waiting[:SHOWN]],
        "count": waiting.count(),
        "past": [(one, gateways.name_of(one.gateway)) for one in past[:20]],
        "has_gateway": bool(gateways.in_use()),
    }
    return render(request, "payments/reconciliation.html", page, status=422 if form.errors else 200)


@require_safe
@officers_only(RECONCILE)
def reconciled(request: OfficerRequest, pk: int) -> HttpResponse:
    """What one comparison found, each difference with what to do."""
    made = get_object_or_404(Reconciliation.objects.visible_to(request.actor), pk=pk)
    found = Discrepancy.objects.visible_to(request.actor).filter(reconciliation=made).order_by("kind", "pk")
    rows = [(one, advice(one.kind)) for one in found[:SHOWN]]
    page = {"made": made, "gateway": gateways.name_of(made.gateway), "rows": rows, "count": found.count()}
    return render(request, "payments/reconciled.html", page)


@officers_only(RECONCILE)
def discrepancy(request: OfficerRequest, pk: int) -> HttpResponse:
    """One difference: what each side says, what to do, and how it was settled."""
    rows = Discrepancy.objects.visible_to(request.actor).select_related("payment", "resolved_by__officer")
    held = get_object_or_404(rows, pk=pk)
    form = ResolveForm(request.POST or None)

    def act() -> None:
        resolve(held, **form.cleaned_data, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, "Đã ghi cách xử lý.")
        return redirect(reverse("payments:reconciliation"))
    page = {"held": held, "form": form, "advice": advice(held.kind), "gateway": gateways.name_of(held.gateway)}
    return render(request, "payments/discrepancy.html", page, status=422 if form.errors else 200)
