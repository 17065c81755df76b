"""Work files: the list, opening one, its record, its details, who keeps and reads it, its papers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lienthong.kernel.clock import local_date
from lienthong.organisation.models import Post
from lienthong.ui.answering import told
from lienthong.ui.requests import OfficerRequest, officers_only
from lienthong.workfiles import policies
from lienthong.workfiles.forms import DetailsForm, KeeperForm, OpeningForm, ReaderForm
from lienthong.workfiles.metadata import as_json, as_xml
from lienthong.workfiles.models import FilePlan, WorkFile
from lienthong.workfiles.operations import files as operations
from lienthong.workfiles.queries.checks import filings_of
from lienthong.workfiles.queries.lists import Filters, file_page
from lienthong.workfiles.queries.papers import contents_paper, facts_of
from lienthong.workfiles.queries.plans import planned_open_to
from lienthong.workfiles.queries.record import lines_of, story_of, suggested_subjects
from lienthong.workfiles.views.answering import form_page, paper_answer

RIGHTS = (policies.KEEP, policies.PLAN, policies.APPROVE, policies.ARCHIVE)


@require_safe
@officers_only(*RIGHTS)
def listing(request: OfficerRequest) -> HttpResponse:
    """The files that the officer may read, newest first, page by page."""
    state, year = request.GET.get("state", ""), request.GET.get("year", "")
    filters = Filters(
        state=state if state in WorkFile.State.values else "",
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
        due=request.GET.get("due") == "1",
        mine=request.GET.get("mine") == "1",
    )
    page = file_page(request.actor, filters, after=_key(request, "after"), before=_key(request, "before"))
    years = [(plan, str(plan)) for plan in _years(request)]
    context = {
        "files": page.files,
        "filters": filters,
        "states": WorkFile.State.choices,
        "years": years,
        "today": local_date(request.at),
        "may_open": policies.can_open(request.actor),
        "newer": _page(request, before=page.newer),
        "older": _page(request, after=page.older),
    }
    return render(request, "workfiles/files.html", context)


@officers_only(policies.KEEP)
def planned(request: OfficerRequest, planned_pk: int) -> HttpResponse:
    """Open a file that the list foresees."""
    row = get_object_or_404(planned_open_to(request.actor), pk=planned_pk)
    on = local_date(request.at)
    initial = {"post": row.post_id or request.actor.post.pk, "started_on": on}
    agency = row.heading.plan.agency_id
    form = OpeningForm(request.POST or None, agency_id=agency, on=on, initial=initial)
    made: list[WorkFile] = []

    def act() -> None:
        made.append(operations.open_planned(row, **form.cleaned_data, actor=request.actor, at=request.at))

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, f"Đã mở hồ sơ {made[0].code}.")
        return redirect("workfiles:file", made[0].pk)
    back = reverse("workfiles:plan", args=[row.heading.plan_id])
    lead = f"{row.title} · bảo quản {row.maintenance.lower()}"
    return form_page(request, form, title=f"Mở hồ sơ {row.code}", verb="Mở hồ sơ", back=back, lead=lead)


@require_safe
@officers_only(*RIGHTS)
def record(request: OfficerRequest, pk: int) -> HttpResponse:
    """One file: what lies in it in its order, what it is, what happened to it."""
    file = file_of(request, pk)
    filings = filings_of(file)
    may_keep = policies.can_keep(request.actor, file)
    context = {
        "file": file,
        "lines": lines_of(filings, request.actor),
        "documents": len(filings),
        "pages": sum(one.pages or 0 for one in filings),
        "near": suggested_subjects(filings, request.actor) if may_keep else [],
        "may": {
            "keep": may_keep,
            "reopen": policies.can_reopen(request.actor, file),
            "hand_over": policies.can_hand_over(request.actor, file),
            "pass": policies.keeps(request.actor, file) and file.state != WorkFile.State.HANDED_OVER,
        },
        "today": local_date(request.at),
        "entries": story_of(file, request.actor),
    }
    return render(request, "workfiles/file.html", context)


@officers_only(policies.KEEP)
def details(request: OfficerRequest, pk: int) -> HttpResponse:
    """Change what is said of an open file."""
    file = file_of(request, pk)
    names = ("title", "started_on", "ended_on", "is_construction", "settled_on", "access", "language", "description")
    initial = {name: getattr(file, name) for name in names} | DetailsForm.retention_of(file)
    form = DetailsForm(request.POST or None, on=local_date(request.at), initial=initial)

    def act() -> None:
        operations.amend_file(file, **form.said, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, f"Đã lưu thông tin hồ sơ {file.code}.")
        return redirect("workfiles:file", pk)
    return form_page(request, form, title=f"Sửa thông tin hồ sơ {file.code}", verb="Lưu", back=address(file))


@officers_only(policies.KEEP)
def keeper(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give a file to another keeper."""
    file = file_of(request, pk)
    agency = request.actor.post.unit.agency_id or file.agency_id
    form = KeeperForm(request.POST or None, agency_id=agency, on=local_date(request.at))

    def act() -> None:
        reason = form.cleaned_data["reason"]
        operations.pass_file(file, form.post, reason=reason, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, f"Đã chuyển hồ sơ {file.code} cho {form.post.officer.full_name}.")
        return redirect("workfiles:file", pk)
    return form_page(request, form, title=f"Chuyển người lập hồ sơ {file.code}", verb="Chuyển", back=address(file))


@officers_only(policies.KEEP)
def readers(request: OfficerRequest, pk: int) -> HttpResponse:
    """Let somebody else read a file."""
    file = file_of(request, pk)
    form = ReaderForm(request.POST or None, agency_id=file.agency_id, on=local_date(request.at))

    def act() -> None:
        operations.share_file(file, form.reader, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        who = form.reader.officer.full_name if isinstance(form.reader, Post) else form.reader.name
        messages.success(request, f"Đã cho {who} xem hồ sơ {file.code}.")
        return redirect("workfiles:file", pk)
    lead = "Người được xem hồ sơ chỉ đọc được văn bản mà họ đã có quyền xem; văn bản khác hiện không tên."
    title = f"Cho xem hồ sơ {file.code}"
    return form_page(request, form, title=title, verb="Cho xem", back=address(file), lead=lead)


@require_safe
@officers_only(*RIGHTS)
def metadata(request: OfficerRequest, pk: int, form: str) -> HttpResponse:
    """The metadata of a file as JSON or XML (NĐ 30/2020 Phụ lục VI)."""
    file = file_of(request, pk)
    makers = {"json": (as_json, "application/json"), "xml": (as_xml, "application/xml")}
    if form not in makers:
        raise Http404
    make, kind = makers[form]
    facts = facts_of(file, lines_of(filings_of(file), request.actor))
    answer = HttpResponse(make(facts), content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="ho-so-{file.pk}.{form}"'
    return answer


@require_safe
@officers_only(*RIGHTS)
def contents(request: OfficerRequest, pk: int, form: str) -> HttpResponse:
    """The list of documents in a file, as PDF or XLSX."""
    file = file_of(request, pk)
    return paper_answer(request, contents_paper(file, lines_of(filings_of(file), request.actor)), form)


def file_of(request: OfficerRequest, pk: int) -> WorkFile:
    """Return a file with what its page names; 404 for who may not see it."""
    files = WorkFile.objects.visible_to(request.actor).select_related(
        "agency", "unit", "post__officer", "post__unit", "heading__plan", "planned"
    )
    return get_object_or_404(files, pk=pk)


def address(file: WorkFile) -> str:
    """Return where a file is shown."""
    return reverse("workfiles:file", args=[file.pk])


def _years(request: OfficerRequest) -> list[int]:
    plans = FilePlan.objects.visible_to(request.actor).order_by("-year").values_list("year", flat=True)
    return list(dict.fromkeys(plans))[:10]


def _key(request: OfficerRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 18 else None


def _page(request: OfficerRequest, **place: int | None) -> str:
    ((name, key),) = place.items()
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    query[name] = str(key)
    return f"?{query.urlencode()}" if key else ""
