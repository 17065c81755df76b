"""The rules of reception on screen: what holds, what comes, a new one with what it would change, one withdrawn."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from lienthong.cases import operations
from lienthong.cases.forms_rules import FORMS, ReasonForm, RuleForm, tomorrow
from lienthong.cases.models import Case, ReceptionRule
from lienthong.cases.queries.rules import Said, changes_of, effects_of, today_lines, words_of
from lienthong.kernel.clock import local_date
from lienthong.ui.answering import told
from lienthong.ui.requests import OfficerRequest, officers_only

RIGHT = "cases.regulate"
Kind = ReceptionRule.Kind
MOST = 50


@require_safe
@officers_only(RIGHT)
def rules(request: OfficerRequest) -> HttpResponse:
    """What holds today by every channel, what was entered for later, and everything entered before."""
    today = local_date(request.at)
    rows = ReceptionRule.objects.visible_to(request.actor).select_related("entered_by__officer")
    entered = [(row, _words(row), _channels(row)) for row in rows.order_by("-valid_from", "-pk")[:MOST]]
    context = {
        "lines": today_lines(today),
        "coming": [one for one in reversed(entered) if one[0].may_be_withdrawn(today)],
        "past": [one for one in entered if not one[0].may_be_withdrawn(today)],
        "today": today,
    }
    return render(request, "cases/rules.html", context)


@officers_only(RIGHT)
def new(request: OfficerRequest, kind: str) -> HttpResponse:
    """A new rule: first what it would change, then, confirmed, it is entered."""
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST or None, initial={"valid_from": tomorrow(local_date(request.at))})
    page: dict[str, Any] = {"form": form, "kind": kind, "title": f"Quy tắc mới: {Kind(kind).label.lower()}"}

    def act() -> None:
        operations.enter_rule(kind, **form.said, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid():
        if request.POST.get("confirm") == "1" and told(form, act):
            day = form.cleaned_data["valid_from"]
            messages.success(request, f"Đã đặt quy tắc, áp dụng từ ngày {day:%d/%m/%Y}.")
            return redirect("cases:rules")
        if not form.errors:
            page |= _preview(form, kind)
    return render(request, "cases/rule_new.html", page, status=422 if form.errors else 200)


def _preview(form: RuleForm, kind: str) -> dict[str, Any]:
    said = form.cleaned_data
    new = Said(desks=said.get("desks", ""), hour=said.get("hour"))
    return {
        "changes": changes_of(kind, said["channels"], new, said["valid_from"]),
        "effects": effects_of(said["channels"], new.desks, said["valid_from"]),
        "day": said["valid_from"],
    }


@officers_only(RIGHT)
def withdrawal(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take back a rule that has not begun."""
    row = get_object_or_404(ReceptionRule.objects.visible_to(request.actor), pk=pk)
    form = ReasonForm(request.POST or None)

    def act() -> None:
        operations.withdraw_rule(row, reason=form.cleaned_data["reason"], actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, "Đã rút quy tắc.")
        return redirect("cases:rules")
    page = {"form": form, "rule": row, "words": _words(row), "channels": _channels(row)}
    return render(request, "cases/rule_withdrawal.html", page, status=422 if form.errors else 200)


def _words(row: ReceptionRule) -> str:
    return words_of(row.kind, Said(desks=row.desks, hour=row.hour))


def _channels(row: ReceptionRule) -> str:
    labels = dict(Case.Channel.choices)
    return ", ".join(str(labels[one]) for one in row.channels)
