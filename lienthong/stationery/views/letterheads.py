"""Pages of letterheads: every agency with its head, one unit with its timeline."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from lienthong.formatting import setting
from lienthong.kernel.clock import local_date
from lienthong.organisation.models import Unit
from lienthong.organisation.rules import clean
from lienthong.stationery import operations, papers, queries
from lienthong.stationery.filling import Filled
from lienthong.stationery.forms import EndForm, LetterheadForm
from lienthong.stationery.heads import COLLECTIVES, HeadLines
from lienthong.stationery.models import Letterhead
from lienthong.stationery.policies import KEEP, can_administer, can_keep
from lienthong.ui.answering import told
from lienthong.ui.requests import OfficerRequest, officers_only

PERSON = "person"


@officers_only(KEEP)
def letterheads(request: OfficerRequest) -> HttpResponse:
    """Every agency that the officer keeps, with the head that it prints today."""
    on, words = local_date(request.at), clean(request.GET.get("q", ""))
    keys = None if can_administer(request.actor) else {unit.pk for unit in queries.units_kept(request.actor, on)}
    page = {"agencies": queries.agencies_with_heads(on, words, keys), "words": words, "on": on}
    return render(request, "stationery/letterheads.html", page)


@officers_only(KEEP)
def letterhead(request: OfficerRequest, pk: int) -> HttpResponse:
    """The heads of a unit over time, and the form that sets a new one from a day."""
    unit, on = _unit(request, pk), local_date(request.at)
    in_person = request.GET.get("as") == PERSON and unit.kind in COLLECTIVES
    now = queries.letterhead_on(unit, on, in_person=in_person)
    initial = {
        "valid_from": on,
        "superior": now.superior,
        "issuer": now.issuer,
        "place": now.place,
        "contact": now.contact,
    }
    form = LetterheadForm(request.POST or None, initial=initial)

    def act() -> None:
        operations.set_letterhead(unit, **form.cleaned_data, in_person=in_person, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, f"Đã đặt phần đầu từ {form.cleaned_data['valid_from']:%d/%m/%Y}.")
        return redirect(request.get_full_path())
    row = queries.letterhead_row(unit, on, in_person=in_person)
    page = {
        "unit": unit,
        "now": now,
        "row": row if row is not None and row.valid_to is None else None,
        "periods": queries.head_periods(unit, on, in_person=in_person),
        "form": form,
        "in_person": in_person,
        "is_collective": unit.kind in COLLECTIVES,
        "may_change": can_keep(request.actor, unit) and unit.is_agency,
        "end_form": EndForm(initial={"valid_to": on}, prefix="end"),
    }
    return render(request, "stationery/letterhead.html", page, status=422 if form.errors else 200)


@officers_only(KEEP)
@require_POST
def letterhead_end(request: OfficerRequest, pk: int) -> HttpResponse:
    """End a head on a day."""
    row = get_object_or_404(Letterhead.objects.visible_to(request.actor).select_related("unit__agency"), pk=pk)
    form = EndForm(request.POST, prefix="end")
    if form.is_valid() and told(
        form, lambda: operations.end_letterhead(row, **form.cleaned_data, actor=request.actor, at=request.at)
    ):
        messages.success(request, "Đã ghi ngày thôi dùng. Từ ngày đó phần đầu lấy theo cây đơn vị.")
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    back = redirect("stationery:letterhead", row.unit_id)
    if row.capacity == Letterhead.Capacity.PERSON:
        back["Location"] += f"?as={PERSON}"
    return back


@officers_only(KEEP)
def letterhead_picture(request: OfficerRequest, pk: int) -> HttpResponse:
    """The head as it is printed, today or as the form says it (``issuer`` given): a picture."""
    unit = _unit(request, pk)
    told_lines = {name: request.GET.get(name, "")[:300] for name in ("superior", "issuer", "place", "contact")}
    if told_lines["issuer"]:
        head = HeadLines(**told_lines)
    else:
        in_person = request.GET.get("as") == PERSON
        head = queries.letterhead_on(unit, local_date(request.at), in_person=in_person)
    paper = papers.official(
        Filled(abstract="trích yếu của văn bản", addressees=(), body="Nội dung văn bản.", recipients=()),
        heading="",
        head=head,
        told={},
        symbol=papers.DRAFT_SYMBOL + (unit.symbol or "…"),
    )
    return HttpResponse(setting.preview_png(paper, 1, 1.6, created=request.at), content_type="image/png")


def _unit(request: OfficerRequest, pk: int) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.actor).select_related("agency"), pk=pk)
