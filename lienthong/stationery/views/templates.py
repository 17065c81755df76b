"""Pages of templates: the list, one template, its versions, what may be done with it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from lienthong.formatting import setting
from lienthong.kernel.clock import local_date
from lienthong.organisation.rules import clean
from lienthong.stationery import operations, queries
from lienthong.stationery.forms import NameForm, NewTemplateForm, OwnerForm
from lienthong.stationery.models import DocumentTemplate, TemplateVersion
from lienthong.stationery.policies import KEEP, can_administer, can_change
from lienthong.stationery.word_files import MEDIA_TYPE
from lienthong.ui.answering import done, told
from lienthong.ui.requests import OfficerRequest, officers_only

MOST_PAGES = 6
LIST = "stationery:templates"


@officers_only(KEEP)
def templates(request: OfficerRequest) -> HttpResponse:
    """Every template that the officer may use or keep, by type."""
    words, owner = clean(request.GET.get("q", "")), request.GET.get("owner", "")
    retired = request.GET.get("retired") == "1"
    groups = queries.page_of_templates(request.actor, words=words, owner=owner, retired=retired)
    page = {
        "groups": groups,
        "count": sum(len(group.templates) for group in groups),
        "words": words,
        "retired": retired,
        "is_filtered": bool(words or owner or retired),
    }
    return render(request, "stationery/templates.html", page)


@officers_only(KEEP)
def new_template(request: OfficerRequest) -> HttpResponse:
    """Begin a template: its type, its name, for whom; what everybody's template of the type says stands in it."""
    on = local_date(request.at)
    form = NewTemplateForm(
        request.POST or None,
        on=on,
        units=queries.units_kept(request.actor, on),
        for_everybody=can_administer(request.actor),
    )
    made: list[DocumentTemplate] = []

    def act() -> None:
        made.append(operations.begin_template(**form.cleaned_data, actor=request.actor, at=request.at))

    if request.method == "POST" and form.is_valid() and told(form, act):
        return redirect("stationery:draft", made[0].pk)
    lead = "Nội dung bắt đầu từ mẫu sẵn có của loại, sau đó sửa theo ý mình."
    return _form(request, form, title="Lập mẫu văn bản", lead=lead, verb="Lập mẫu", back=reverse(LIST))


@officers_only(KEEP)
def template(request: OfficerRequest, pk: int) -> HttpResponse:
    """One template: what it looks like, what is filled in, its versions, what happened to it."""
    row = found(request, pk)
    number = request.GET.get("version", "")
    page = queries.template_page(row, int(number) if number.isdecimal() and len(number) < 6 else None)
    pages = 0
    if not page.faults:
        paper = queries.sample_official(row, page.version.content, actor=request.actor, on=local_date(request.at))
        pages = setting.page_count(setting.set_pages(paper, created=request.at))
    pictures = [
        reverse("stationery:page", args=[pk, page.version.number, place]) for place in range(1, pages + 1)[:MOST_PAGES]
    ]
    return render(
        request,
        "stationery/template.html",
        {
            "template": row,
            "page": page,
            "pages": pages,
            "pictures": pictures,
            "may_change": can_change(request.actor, row),
        },
    )


@officers_only()
def page(request: OfficerRequest, pk: int, number: int, place: int) -> HttpResponse:
    """One page of a version as a picture, filled with examples: for keepers, and for officers who choose a template."""
    row = found(request, pk)
    version = _version(row, number)
    if queries.faults_of(version):
        raise Http404
    paper = queries.sample_official(row, version.content, actor=request.actor, on=local_date(request.at))
    picture = setting.preview_png(paper, place, 1.6, created=request.at)
    return HttpResponse(picture, content_type="image/png")


@officers_only(KEEP)
def word_file(request: OfficerRequest, pk: int, number: int) -> HttpResponse:
    """The Word form of a version, with its fields in braces."""
    row = found(request, pk)
    version = _version(row, number)
    name = version.file.name if version.file else f"{row.document_type.code}-mau-{number}.docx"
    return HttpResponse(
        operations.template_docx(version),
        content_type=MEDIA_TYPE,
        headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment"},
    )


@officers_only(KEEP)
def copy(request: OfficerRequest, pk: int) -> HttpResponse:
    """Copy a template for another owner."""
    row, on = found(request, pk), local_date(request.at)
    units = queries.units_kept(request.actor, on)
    own = next((str(unit.pk) for unit in units), "")
    form = OwnerForm(
        request.POST or None,
        units=units,
        for_everybody=can_administer(request.actor),
        initial={"name": row.name, "owner": own},
    )
    made: list[DocumentTemplate] = []

    def act() -> None:
        made.append(operations.copy_template(row, **form.cleaned_data, actor=request.actor, at=request.at))

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, "Đã sao chép. Hãy sửa bản nháp rồi ban hành.")
        return redirect("stationery:draft", made[0].pk)
    return _form(request, form, title=f"Sao chép mẫu “{row.name}”", verb="Sao chép", back=_address(row))


@officers_only(KEEP)
def name(request: OfficerRequest, pk: int) -> HttpResponse:
    """Give a template another name."""
    row = found(request, pk)
    form = NameForm(request.POST or None, initial={"name": row.name})

    def act() -> None:
        operations.rename_template(row, **form.cleaned_data, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, "Đã đổi tên mẫu.")
        return redirect(_address(row))
    return _form(request, form, title=f"Đổi tên mẫu “{row.name}”", verb="Đổi tên", back=_address(row))


@officers_only(KEEP)
@require_POST
def retirement(request: OfficerRequest, pk: int) -> HttpResponse:
    """Offer a template no longer, or again."""
    row = found(request, pk)
    if request.POST.get("again"):
        act, word = operations.restore, f"Mẫu “{row.name}” dùng lại được."
    else:
        act, word = operations.retire, f"Mẫu “{row.name}” thôi dùng. Dự thảo đã lập từ mẫu này không đổi."
    return done(request, lambda: act(row, actor=request.actor, at=request.at), back=_address(row), word=word)


def found(request: OfficerRequest, pk: int) -> DocumentTemplate:
    """Return a template that the officer may see, or answer 404."""
    rows = DocumentTemplate.objects.visible_to(request.actor).select_related(
        "owner__agency", "document_type", "current"
    )
    return get_object_or_404(rows, pk=pk)


def _version(row: DocumentTemplate, number: int) -> TemplateVersion:
    version = queries.version_of(row, number)
    if version is None:
        raise Http404
    return version


def _address(row: DocumentTemplate) -> str:
    return reverse("stationery:template", args=[row.pk])


def _form(
    request: OfficerRequest, form: forms.Form, *, title: str, verb: str, back: str, lead: str = ""
) -> HttpResponse:
    page = {"form": form, "title": title, "verb": verb, "back": back, "lead": lead}
    return render(request, "stationery/form.html", page, status=422 if form.errors else 200)
