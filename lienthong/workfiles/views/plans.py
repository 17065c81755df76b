"""Lists of files: by year, one as a tree, its changes, its approval, its table, its paper."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lienthong.journal.queries import timeline
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.queries import name_on
from lienthong.ui.answering import done, place_refusal, told
from lienthong.ui.requests import OfficerRequest, officers_only
from lienthong.workfiles import policies, sheets
from lienthong.workfiles.forms import HeadingForm, PlanForm, PlannedForm, ReasonForm, TableForm
from lienthong.workfiles.models import FilePlan
from lienthong.workfiles.operations import plans as operations
from lienthong.workfiles.operations.importing import Report, import_plan
from lienthong.workfiles.queries.papers import plan_paper
from lienthong.workfiles.queries.plans import branches, planned_in
from lienthong.workfiles.views.answering import form_page, paper_answer

RIGHTS = (policies.KEEP, policies.PLAN, policies.APPROVE, policies.ARCHIVE)


@require_safe
@officers_only(*RIGHTS)
def listing(request: OfficerRequest) -> HttpResponse:
    """The lists of the agency, the newest year first."""
    plans = FilePlan.objects.visible_to(request.actor).select_related("agency", "approved_by__officer")
    context = {"plans": plans.order_by("-year", "agency")[:100], "may_plan": policies.can_plan(request.actor)}
    return render(request, "workfiles/plans.html", context)


@officers_only(policies.PLAN)
def new(request: OfficerRequest) -> HttpResponse:
    """Begin a list, empty or copied."""
    plans = FilePlan.objects.visible_to(request.actor).order_by("-year")
    form = PlanForm(request.POST or None, plans=plans, initial=_begun_from(request, plans))
    made: list[FilePlan] = []

    def act() -> None:
        made.append(operations.begin_plan(**form.cleaned_data, actor=request.actor, at=request.at))

    if request.method == "POST" and form.is_valid() and told(form, act):
        return redirect("workfiles:plan", made[0].pk)
    back = reverse("workfiles:plans")
    return form_page(request, form, title="Lập danh mục hồ sơ", verb="Lập danh mục", back=back, section="file_plans")


@require_safe
@officers_only(*RIGHTS)
def show(request: OfficerRequest, pk: int) -> HttpResponse:
    """One list: its headings, what is foreseen under each, what was opened, what happened."""
    plan = _found(request, pk)
    tree = branches(plan, request.actor)
    context = {
        "plan": plan,
        "agency_name": name_on(plan.agency, local_date(plan.approved_at or request.at)),
        "branches": tree,
        "count": sum(len(branch.lines) for branch in tree),
        "opened": sum(branch.opened for branch in tree),
        "next_year": plan.year + 1,
        "may": {
            "copy": policies.can_plan(request.actor) and request.actor.keeps_for(plan.agency_id),
            "draft": policies.can_draft(request.actor, plan),
            "submit": policies.can_submit(request.actor, plan),
            "approve": policies.can_approve(request.actor, plan),
            "open": plan.is_approved and policies.can_open(request.actor) and request.actor.keeps_for(plan.agency_id),
        },
        "entries": timeline(plan.subject, limit=30),
    }
    return render(request, "workfiles/plan.html", context)


@officers_only(policies.PLAN)
def heading(request: OfficerRequest, pk: int, heading_pk: int | None = None) -> HttpResponse:
    """Add a heading, or rename and move one."""
    plan = _found(request, pk)
    row = get_object_or_404(plan.headings, pk=heading_pk) if heading_pk else None
    form = HeadingForm(request.POST or None, plan=plan, heading=row)

    def act() -> None:
        typed = form.cleaned_data
        if row:
            operations.amend_heading(row, **typed, actor=request.actor, at=request.at)
        else:
            operations.add_heading(plan, **typed, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        return redirect("workfiles:plan", pk)
    title, verb = (f"Sửa đề mục {row.abbreviation}", "Lưu") if row else ("Thêm đề mục", "Thêm")
    return form_page(request, form, title=title, verb=verb, back=_address(plan), section="file_plans")


@officers_only(policies.PLAN)
def heading_dropping(request: OfficerRequest, pk: int, heading_pk: int) -> HttpResponse:
    """Take an empty heading out of a list."""
    plan = _found(request, pk)
    row = get_object_or_404(plan.headings, pk=heading_pk)
    form = ReasonForm(request.POST or None)

    def act() -> None:
        operations.drop_heading(row, reason=form.cleaned_data["reason"], actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        return redirect("workfiles:plan", pk)
    title, back = f"Bỏ đề mục {row.abbreviation} khỏi danh mục", _address(plan)
    return form_page(request, form, title=title, verb="Bỏ đề mục", back=back, lead=row.title, section="file_plans")


@officers_only(policies.PLAN)
def planned(request: OfficerRequest, pk: int, planned_pk: int | None = None) -> HttpResponse:
    """Add a file to a list, or change what the list says of one."""
    plan, on = _found(request, pk), local_date(request.at)
    row = get_object_or_404(planned_in(plan), pk=planned_pk) if planned_pk else None
    initial = {"heading": request.GET.get("heading", "")}
    if row:
        keeper = f"post:{row.post_id}" if row.post_id else f"unit:{row.unit_id}" if row.unit_id else ""
        initial = {"title": row.title, "note": row.note, "keeper": keeper, **PlannedForm.retention_of(row)}
    form = PlannedForm(request.POST or None, plan=plan, on=on, initial=initial)
    if row:
        del form.fields["heading"]

    def act() -> None:
        if row:
            operations.amend_planned(row, **form.said, actor=request.actor, at=request.at)
        else:
            under = form.cleaned_data["heading"]
            operations.plan_file(under, **form.said, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        return redirect("workfiles:plan", pk)
    title = f"Sửa hồ sơ {row.code}" if row else "Thêm hồ sơ vào danh mục"
    return form_page(request, form, title=title, verb="Lưu", back=_address(plan), section="file_plans")


@officers_only(policies.PLAN)
def dropping(request: OfficerRequest, pk: int, planned_pk: int) -> HttpResponse:
    """Take a file out of a list."""
    plan = _found(request, pk)
    row = get_object_or_404(planned_in(plan), pk=planned_pk)
    form = ReasonForm(request.POST or None)

    def act() -> None:
        operations.drop_planned(row, reason=form.cleaned_data["reason"], actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        return redirect("workfiles:plan", pk)
    title = f"Bỏ hồ sơ {row.code} khỏi danh mục"
    return form_page(
        request, form, title=title, verb="Bỏ khỏi danh mục", back=_address(plan), lead=row.title, section="file_plans"
    )


@officers_only(policies.PLAN)
def table(request: OfficerRequest, pk: int) -> HttpResponse:
    """Fill a list from a table: every row is tried first."""
    plan = _found(request, pk)
    form = TableForm(request.POST or None, request.FILES or None)
    report: Report | None = None
    pasted = ""
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            lines = sheets.read_xlsx(typed["file"]) if typed["file"] else sheets.read_pasted(typed["pasted"])
            pasted = "\n".join("\t".join(line) for line in lines)
            report = import_plan(
                plan,
                sheets.rows_of(lines),
                keep="confirm" in request.POST,
                reason=typed["reason"],
                actor=request.actor,
                at=request.at,
            )
        except Refusal as refusal:
            place_refusal(form, refusal)
        else:
            if report.is_kept:
                messages.success(request, f"Đã thêm {report.files} hồ sơ vào danh mục.")
                return redirect("workfiles:plan", pk)
    context = {"plan": plan, "form": form, "report": report, "pasted": pasted}
    return render(request, "workfiles/plan_import.html", context, status=422 if form.errors else 200)


@require_POST
@officers_only(policies.PLAN)
def submission(request: OfficerRequest, pk: int) -> HttpResponse:
    """Put a list up for approval."""
    plan = _found(request, pk)
    act = operations.submit_plan
    return done(
        request,
        lambda: act(plan, actor=request.actor, at=request.at),
        back=_address(plan),
        word="Đã trình danh mục để phê duyệt.",
    )


@require_POST
@officers_only(policies.APPROVE)
def approval(request: OfficerRequest, pk: int) -> HttpResponse:
    """Approve a list."""
    plan = _found(request, pk)
    act = operations.approve_plan
    return done(
        request,
        lambda: act(plan, actor=request.actor, at=request.at),
        back=_address(plan),
        word="Đã phê duyệt danh mục hồ sơ.",
    )


@officers_only(policies.APPROVE)
def giving_back(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give a list back to who drafted it."""
    plan = _found(request, pk)
    form = ReasonForm(request.POST or None)

    def act() -> None:
        operations.give_back_plan(plan, **form.cleaned_data, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        return redirect("workfiles:plan", pk)
    return form_page(request, form, title=f"Trả lại {plan}", verb="Trả lại", back=_address(plan))


@require_safe
@officers_only(*RIGHTS)
def paper(request: OfficerRequest, pk: int, form: str) -> HttpResponse:
    """The list as PDF or XLSX."""
    return paper_answer(request, plan_paper(_found(request, pk)), form)


def _begun_from(request: OfficerRequest, plans: QuerySet[FilePlan]) -> dict[str, object]:
    """Propose this year, or the year after the list that is to be copied."""
    key = request.GET.get("copy_from", "")
    old = plans.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    return {"year": old.year + 1 if old else local_date(request.at).year, "copy_from": old}


def _found(request: OfficerRequest, pk: int) -> FilePlan:
    plans = FilePlan.objects.visible_to(request.actor).select_related(
        "agency", "author__officer", "approved_by__officer", "copied_from"
    )
    return get_object_or_404(plans, pk=pk)


def _address(plan: FilePlan) -> str:
    return reverse("workfiles:plan", args=[plan.pk])
