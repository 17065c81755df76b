"""Instruction templates and standing rules of the agency."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from lienthong.documents.forms import LimitForm, RuleForm, TemplateForm
from lienthong.documents.models import InstructionTemplate, StandingRule
from lienthong.documents.operations.settings import drop_template, keep_rule, keep_template
from lienthong.documents.operations.waiting import set_agency_limit
from lienthong.documents.queries.waiting import limits_of
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.ui.answering import place_refusal
from lienthong.ui.requests import OfficerRequest, officers_only


@officers_only("incoming.instruct")
def overview(request: OfficerRequest) -> HttpResponse:
    """The templates and rules of the agency."""
    related = ("authority__officer", "leader__officer", "lead_unit", "document_type")
    context = {
        "templates": InstructionTemplate.objects.visible_to(request.actor)
        .select_related("lead_unit")
        .order_by("order", "name"),
        "rules": StandingRule.objects.visible_to(request.actor).select_related(*related).order_by("order", "pk"),
        "limits": limits_of(request.actor, local_date(request.at)),
        "today": local_date(request.at),
    }
    return render(request, "documents/routing/overview.html", context)


@officers_only("incoming.instruct")
def limit(request: OfficerRequest, step: str, urgency: str) -> HttpResponse:
    """Set the own limit of the agency for one step and urgency, or go back to the common one."""
    lines = {(one.step, one.urgency): one for one in limits_of(request.actor, local_date(request.at))}
    line = lines.get((step, urgency))
    if line is None:
        raise Http404
    initial = {"limit": line.limit, "source": line.source} if line.is_own else {}
    form = LimitForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = set_agency_limit(
                step=step,
                urgency=urgency,
                limit=form.cleaned_data["limit"],
                source=form.cleaned_data["source"],
                actor=request.actor,
                at=request.at,
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            place_refusal(form, refusal)
        else:
            said = f"Đã đặt thời hạn: {kept.limit}." if kept else "Đã trở về mức chung."
            messages.success(request, said)
            return redirect("documents:settings")
    status = 422 if form.errors else 200
    return render(request, "documents/routing/limit.html", {"form": form, "line": line}, status=status)


@officers_only("incoming.instruct")
def template(request: OfficerRequest, pk: int | None = None) -> HttpResponse:
    """Write or remove one template."""
    mine = InstructionTemplate.objects.visible_to(request.actor)
    found = get_object_or_404(mine, pk=pk) if pk else None
    if request.method == "POST" and found and "drop" in request.POST:
        drop_template(found, actor=request.actor, at=request.at)
        messages.success(request, f"Đã bỏ mẫu “{found.name}”.")
        return redirect("documents:settings")
    form = TemplateForm(request.POST or None, instance=found, actor=request.actor, on=local_date(request.at))
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_template(
                form.instance, co_units=form.cleaned_data["co_units"], actor=request.actor, at=request.at
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            place_refusal(form, refusal)
        else:
            messages.success(request, f"Đã lưu mẫu “{kept.name}”.")
            return redirect("documents:settings")
    status = 422 if form.errors else 200
    return render(request, "documents/routing/template.html", {"form": form, "template": found}, status=status)


@officers_only("incoming.instruct")
def rule(request: OfficerRequest, pk: int | None = None) -> HttpResponse:
    """Write one standing rule."""
    found = get_object_or_404(StandingRule.objects.visible_to(request.actor), pk=pk) if pk else None
    form = RuleForm(request.POST or None, instance=found, actor=request.actor, on=local_date(request.at))
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_rule(form.instance, actor=request.actor, at=request.at)
        except Forbidden:
            raise
        except Refusal as refusal:
            place_refusal(form, refusal)
        else:
            messages.success(request, f"Đã lưu quy tắc “{kept.name}”.")
            return redirect("documents:settings")
    status = 422 if form.errors else 200
    return render(request, "documents/routing/rule.html", {"form": form, "rule": found}, status=status)
