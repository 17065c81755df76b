"""Handing over: the list, choosing files, one hand-over, the archive's answer, its papers."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lienthong.journal.queries import timeline
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.ui.answering import told
from lienthong.ui.requests import OfficerRequest, officers_only
from lienthong.workfiles import policies
from lienthong.workfiles.forms import ReasonForm
from lienthong.workfiles.models import HandOver, WorkFile
from lienthong.workfiles.operations import handing_over as operations
from lienthong.workfiles.queries.hand_overs import hand_overs_of, ready_files
from lienthong.workfiles.queries.papers import files_paper, items_of, minutes_paper
from lienthong.workfiles.views.answering import form_page, paper_answer

RIGHTS = (policies.KEEP, policies.PLAN, policies.APPROVE, policies.ARCHIVE)
PAPERS = {"files": files_paper, "minutes": minutes_paper}


@require_safe
@officers_only(*RIGHTS)
def listing(request: OfficerRequest) -> HttpResponse:
    """The hand-overs that the officer sees, newest first."""
    state = request.GET.get("state", "")
    state = state if state in HandOver.State.values else ""
    context = {
        "hand_overs": hand_overs_of(request.actor, state),
        "state": state,
        "states": HandOver.State.choices,
        "may_keep": policies.can_open(request.actor),
    }
    return render(request, "workfiles/hand_overs.html", context)


@officers_only(policies.KEEP)
def new(request: OfficerRequest) -> HttpResponse:
    """Choose closed files and give them to the archive."""
    ready = [file for file in ready_files(request.actor) if policies.can_hand_over(request.actor, file)]
    chosen = set(request.POST.getlist("files") or request.GET.getlist("files"))
    refused = ""
    if request.method == "POST":
        files = [file for file in ready if str(file.pk) in chosen]
        try:
            note = request.POST.get("note", "")
            made = operations.hand_over(files, note=note, actor=request.actor, at=request.at)
        except Forbidden:
            raise
        except Refusal as refusal:
            refused = refusal.message
        else:
            messages.success(request, f"Đã giao nộp {len(files)} hồ sơ, chờ lưu trữ nhận.")
            return redirect("workfiles:hand_over", made.pk)
    rows = [(file, str(file.pk) in chosen) for file in ready]
    context = {"rows": rows, "refused": refused, "today": local_date(request.at), "note": request.POST.get("note", "")}
    return render(request, "workfiles/hand_over_new.html", context, status=422 if refused else 200)


@require_safe
@officers_only(*RIGHTS)
def show(request: OfficerRequest, pk: int) -> HttpResponse:
    """One hand-over: its files, its papers, what the archive said."""
    return _page(request, _found(request, pk))


def _page(request: OfficerRequest, made: HandOver, refused: str = "", faulty: Collection[int] = ()) -> HttpResponse:
    seen = WorkFile.objects.visible_to(request.actor).filter(hand_overs__hand_over=made)
    context = {
        "hand_over": made,
        "items": items_of(made),
        "seen": set(seen.values_list("pk", flat=True)),
        "may_decide": policies.can_decide(request.actor, made),
        "may_withdraw": policies.can_withdraw(request.actor, made),
        "entries": timeline(made.subject, limit=30),
        "refused": refused,
        "faulty": faulty,
        "typed": {key.removeprefix("reason-"): request.POST[key] for key in request.POST if key.startswith("reason-")},
        "marked": {int(key) for key in request.POST.getlist("returned") if key.isdecimal() and len(key) < 18},
    }
    return render(request, "workfiles/hand_over.html", context, status=422 if refused else 200)


@require_POST
@officers_only(policies.ARCHIVE)
def decision(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take the files into the archive; those marked go back, each with its reason."""
    made = _found(request, pk)
    marked = [key for key in request.POST.getlist("returned") if key.isdecimal() and len(key) < 18]
    returned = {int(key): request.POST.get(f"reason-{key}", "") for key in marked}
    unmarked = [item for item in items_of(made) if item.file_id not in returned and _reason(request, item.file_id)]
    if unmarked:  # a reason that was typed must not be lost on the way into the archive
        codes = ", ".join(item.file.code for item in unmarked)
        refused = f"Đã ghi lý do cho hồ sơ {codes} nhưng chưa đánh dấu “Trả lại”. Hãy đánh dấu, hoặc xóa lý do."
        return _page(request, made, refused, {item.file_id for item in unmarked})
    try:
        made = operations.decide(made, returned=returned, actor=request.actor, at=request.at)
    except Forbidden:
        raise
    except Refusal as refusal:
        key = (refusal.field or "").removeprefix("reason-")
        return _page(request, made, refusal.message, {int(key)} if key.isdecimal() else set())
    accepted, back = made.items.count() - len(returned), f"trả lại {len(returned)} hồ sơ"
    word = f"Đã nhận {accepted} hồ sơ vào lưu trữ" + (f", {back}." if returned else ".")
    messages.success(request, word if accepted else f"Đã {back}.")
    return redirect("workfiles:hand_over", pk)


@officers_only(policies.KEEP)
def withdrawal(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take back what the archive has not decided."""
    made = _found(request, pk)
    form = ReasonForm(request.POST or None)

    def act() -> None:
        operations.withdraw(made, **form.cleaned_data, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, "Đã rút lại lần giao nộp. Hồ sơ trở về tình trạng đã kết thúc.")
        return redirect("workfiles:hand_over", pk)
    back = reverse("workfiles:hand_over", args=[pk])
    return form_page(request, form, title="Rút lại lần giao nộp", verb="Rút lại", back=back, section="hand_overs")


@require_safe
@officers_only(*RIGHTS)
def paper(request: OfficerRequest, pk: int, which: str, form: str) -> HttpResponse:
    """One of the papers: the list of files, the minutes."""
    if which not in PAPERS or (which == "minutes" and form != "pdf"):
        raise Http404
    return paper_answer(request, PAPERS[which](_found(request, pk)), form)


def _reason(request: OfficerRequest, file_pk: int) -> str:
    return str(request.POST.get(f"reason-{file_pk}", "")).strip()


def _found(request: OfficerRequest, pk: int) -> HandOver:
    rows = HandOver.objects.visible_to(request.actor).select_related(
        "agency", "unit", "giver__officer", "receiver__officer"
    )
    return get_object_or_404(rows, pk=pk)
