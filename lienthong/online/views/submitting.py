"""How to be reached, a last look, handing in, and what comes then."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lienthong.cases.letters import counting_of
from lienthong.cases.models import Case
from lienthong.cases.operations import Incomplete
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.online.filling_forms import ContactForm
from lienthong.online.gate import CitizenRequest, citizens_only
from lienthong.online.models import Filling
from lienthong.online.operations.filling import Changed, save_contact
from lienthong.online.operations.submitting import Unready, submit_filling
from lienthong.online.standing import Standing
from lienthong.online.views.filling import away_from, draft_of, steps_of
from lienthong.online.views.own import case_of
from lienthong.payments import gateways
from lienthong.payments.queries.sheets import sheet
from lienthong.ui.answering import told

PLACES = {"papers": "online:filling_papers", "return_address": "online:filling_contact"}


@never_cache
@citizens_only
def contact(request: CitizenRequest, key: uuid.UUID) -> HttpResponse:
    """How the applicant is reached and gets the result."""
    row = draft_of(request, key)
    away = away_from(request, row)
    if away is not None:
        return away
    form = _contact_form(request, row)
    if (
        request.method == "POST"
        and form.is_valid()
        and told(form, lambda: save_contact(row, at=request.at, **form.cleaned_data))
    ):
        return redirect("online:filling_check", key)
    context = {"filling": row, "form": form, "steps": steps_of("contact")}
    return render(request, "online/filling_contact.html", context, status=422 if form.errors else 200)


@never_cache
@citizens_only
def check(request: CitizenRequest, key: uuid.UUID) -> HttpResponse:
    """Everything at one look, then hand it in. Twice sent is one case."""
    row = draft_of(request, key)
    if request.method == "POST":
        return _submitted(request, row)
    away = away_from(request, row)
    if away is not None:
        return away
    standing = Standing(row, request.at)
    context = {
        "filling": row,
        "standing": standing,
        "problems": standing.problems(whole=True),
        "steps": steps_of("check"),
    }
    return render(request, "online/filling_check.html", context)


def _contact_form(request: CitizenRequest, row: Filling) -> ContactForm:
    """Return the form with the desks among which one may choose; without them while none is found."""
    names = ("phone", "email", "return_way", "return_address")
    initial: dict[str, object] = {name: getattr(row, name) for name in names}
    try:
        desks = Standing(row, request.at).choice()
    except Refusal:
        return ContactForm(request.POST or None, initial=initial)
    initial["desk"] = desks.chosen(row.desk_id).pk
    return ContactForm(request.POST or None, desks=desks, initial=initial)


def _submitted(request: CitizenRequest, row: Filling) -> HttpResponse:
    """Hand in, and go on to the page of the case; or go to the step where something is wrong, with the words."""
    if "sure" not in request.POST and row.case_id is None:
        messages.error(request, "Hãy đánh dấu cam đoan trước khi nộp.")
        return redirect("online:filling_check", row.key)
    try:
        case = submit_filling(row, at=request.at)
    except Forbidden:
        raise
    except Changed:
        return redirect("online:filling_changed", row.key)
    except (Incomplete, Unready) as refusal:
        messages.error(request, refusal.message)
        return redirect("online:filling", row.key)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(PLACES.get(refusal.field or "", "online:filling_check"), row.key)
    return redirect("online:submitted", case.pk)


@never_cache
@require_safe
@citizens_only
def submitted(request: CitizenRequest, pk: int) -> HttpResponse:
    """It is handed in: its code, what comes next, and what there is to pay."""
    case = case_of(request, pk)
    owed = sheet(case.subject, None)
    context = {
        "case": case,
        "sheet": owed,
        "is_new": case.status == Case.Status.NEW,
        "counting": counting_of(case),
        "gateways": gateways.in_use() if owed and owed.owed else [],
        "key": uuid.uuid4(),
    }
    return render(request, "online/submitted.html", context)
