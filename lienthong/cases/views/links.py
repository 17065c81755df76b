"""Linked cases that wait for the desk: what is still to be said is filled in, or the link is dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lienthong.cases import operations
from lienthong.cases.forms import NoteForm
from lienthong.cases.lookups import Known
from lienthong.cases.models import Case, LinkedCase
from lienthong.cases.operations import Incomplete
from lienthong.cases.queries.links import carried
from lienthong.cases.views.actions import form_page, posted
from lienthong.cases.views.record import case_of
from lienthong.fields import posting
from lienthong.fields.drawing import drawn
from lienthong.fields.kind import Context
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.procedures.models import ProcedureVersion
from lienthong.procedures.queries import published
from lienthong.ui.requests import OfficerRequest, officers_only

REDRAWS = ("draw", "add", "remove")


@officers_only("cases.receive")
def opening(request: OfficerRequest, pk: int, number: int) -> HttpResponse:
    """Open a linked case: its form, filled with what the first says."""
    case = case_of(request, pk)
    row = _waiting(case, number)
    version = published(row.procedure_code, local_date(request.at))
    if version is None:
        messages.error(request, f"Thủ tục “{row.name}” không áp dụng hôm nay nên chưa mở được.")
        return redirect("cases:show", case.pk)
    form = version.definition.form
    raw = posting.values_from(form, request.POST) if request.method == "POST" else carried(case, version.definition)
    problems: Mapping[str, str] = {}
    if request.method == "POST" and not any(name in request.POST for name in REDRAWS):
        problems, linked = _open(request, row, raw)
        if linked is not None:
            messages.success(request, f"Đã mở hồ sơ liên thông {linked.code}.")
            return redirect("cases:show", linked.pk)
    context = _context(request, case, row, version, raw, problems)
    return render(request, "cases/link.html", context, status=422 if problems else 200)


def _open(request: OfficerRequest, row: LinkedCase, raw: Mapping[str, Any]) -> tuple[Mapping[str, str], Case | None]:
    try:
        return {}, operations.open_linked(row, values=raw, actor=request.actor, at=request.at)
    except Forbidden:
        raise
    except Incomplete as found:
        messages.error(request, found.message)
        return found.problems, None
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return {"": refusal.message}, None


def _context(
    request: OfficerRequest,
    case: Case,
    row: LinkedCase,
    version: ProcedureVersion,
    raw: Mapping[str, Any],
    problems: Mapping[str, str],
) -> dict[str, Any]:
    facts = {"channel": case.channel, "subject": case.applicant.kind, "case_kind": ""}
    context = Context(local_date(request.at), facts, Known(actor=request.actor))
    form = version.definition.form
    values = form.check(raw, context=context, whole=False).values
    return {
        "case": case,
        "row": row,
        "fields": drawn(form, values, problems=dict(problems), context=context),
        "communes": reverse("administration:communes"),
        "missing": row.opens == "after" and case.finished_at is None,
    }


@officers_only("cases.receive")
def dropping(request: OfficerRequest, pk: int, number: int) -> HttpResponse:
    """Say that a linked case is not wanted."""
    case = case_of(request, pk)
    row = _waiting(case, number)
    form = NoteForm(posted(request))
    form.fields["note"].label, form.fields["note"].required = "Lý do", True

    def act() -> None:
        operations.drop_link(row, reason=form.cleaned_data["note"], actor=request.actor, at=request.at)

    return form_page(request, case, form, act, title=f"Bỏ hồ sơ liên thông: {row.name}", verb="Bỏ",
                     word="Đã bỏ hồ sơ liên thông.")  # fmt: skip


def _waiting(case: Case, number: int) -> LinkedCase:
    row = case.links.select_related("case").filter(pk=number, state=LinkedCase.State.WAITING).first()
    if row is None:
        raise Http404
    return row
