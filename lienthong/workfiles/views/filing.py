"""What lies in a work file: putting in, by search or from a record, ordering, describing, taking out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lienthong.files.models import StoredFile
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.search.queries import find
from lienthong.ui.answering import done, told
from lienthong.ui.requests import OfficerRequest, officers_only
from lienthong.workfiles import fileable, policies
from lienthong.workfiles.forms import ParticularsForm, ReasonForm
from lienthong.workfiles.models import Filing, WorkFile
from lienthong.workfiles.operations import filing as operations
from lienthong.workfiles.operations.ordering import move, order_by_date
from lienthong.workfiles.queries.lists import unfiled_documents
from lienthong.workfiles.views.answering import form_page
from lienthong.workfiles.views.files import address, file_of

FOUND = 20


@officers_only(policies.KEEP)
def adding(request: OfficerRequest, pk: int) -> HttpResponse:
    """Search what is to be put into a file, and put it in; or upload it."""
    file = file_of(request, pk)
    if not policies.can_keep(request.actor, file):
        messages.error(request, f"Hồ sơ {file.code} đã kết thúc hoặc không do bạn lập nên không thêm được.")
        return redirect(address(file))
    if request.method == "POST":
        return _add(request, file)
    words = request.GET.get("q", "").strip()[:300]
    hits = find(request.actor, words, kinds=fileable.chosen(), limit=FOUND).hits if words else []
    lying = set(file.filings.filter(removed_at=None).values_list("subject_kind", "subject_id"))
    found = [(hit, (hit.subject.kind, hit.subject.pk) in lying) for hit in hits]
    return render(request, "workfiles/adding.html", {"file": file, "words": words, "found": found})


def _add(request: OfficerRequest, file: WorkFile) -> HttpResponse:
    actor, at = request.actor, request.at
    subjects = [one for text in request.POST.getlist("subject") if (one := subject_of(text))]
    keys = [int(key) for key in request.POST.getlist("files") if key.isdecimal() and len(key) < 18]
    uploads = list(StoredFile.objects.visible_to(actor, keys))
    if not subjects and not uploads:
        messages.error(request, "Hãy chọn văn bản hoặc tệp để đưa vào hồ sơ.")
        return redirect("workfiles:adding", file.pk)
    count = 0
    chosen: list[Subject | StoredFile] = [*subjects, *uploads]
    for thing in chosen:
        try:
            if isinstance(thing, Subject):
                operations.file_subject(file, thing, actor=actor, at=at)
            else:
                operations.file_upload(file, thing, actor=actor, at=at)
            count += 1
        except Refusal as refusal:
            messages.error(request, refusal.message)
    if count:
        messages.success(request, f"Đã đưa {count} tài liệu vào hồ sơ {file.code}.")
    back = request.POST.get("back", "")
    return redirect("workfiles:adding", file.pk) if back == "adding" else redirect(address(file))


@require_safe
@officers_only(policies.KEEP)
def unfiled(request: OfficerRequest) -> HttpResponse:
    """Settled documents that lie in no file yet: each is put away by two clicks."""
    return render(request, "workfiles/unfiled.html", {"documents": unfiled_documents(request.actor)})


@officers_only(policies.KEEP)
def describing(request: OfficerRequest, pk: int, filing_pk: int) -> HttpResponse:
    """Say what a filed document is called."""
    file, filing = _found(request, pk, filing_pk)
    initial = {name: getattr(filing, name) for name in ParticularsForm.base_fields}
    form = ParticularsForm(request.POST or None, initial=initial)

    def act() -> None:
        operations.describe_filing(filing, **form.cleaned_data, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        return redirect("workfiles:closing" if request.GET.get("next") == "closing" else "workfiles:file", pk)
    title = "Thông tin tài liệu trong hồ sơ"
    return form_page(request, form, title=title, verb="Lưu", back=address(file), lead=f"Hồ sơ {file}")


@officers_only(policies.KEEP)
def removing(request: OfficerRequest, pk: int, filing_pk: int) -> HttpResponse:
    """Take something out of a file."""
    file, filing = _found(request, pk, filing_pk)
    form = ReasonForm(request.POST or None)

    def act() -> None:
        operations.take_out(filing, **form.cleaned_data, actor=request.actor, at=request.at)

    if request.method == "POST" and form.is_valid() and told(form, act):
        messages.success(request, "Đã đưa tài liệu ra khỏi hồ sơ.", extra_tags=restoration(filing))
        return redirect(address(file))
    lead = f"{filing.symbol} {filing.title}".strip()
    return form_page(request, form, title="Đưa ra khỏi hồ sơ", verb="Đưa ra", back=address(file), lead=lead)


@require_POST
@officers_only(policies.KEEP)
def restoring(request: OfficerRequest, pk: int, filing_pk: int) -> HttpResponse:
    """Put back what was just taken out."""
    file = _kept(request, pk)
    filing = get_object_or_404(file.filings.select_related("file"), pk=filing_pk)
    act = operations.put_back
    word = "Đã đưa tài liệu trở lại hồ sơ."
    return done(request, lambda: act(filing, actor=request.actor, at=request.at), back=address(file), word=word)


def restoration(filing: Filing) -> str:
    """Return where a filing that was taken out is put back."""
    return reverse("workfiles:restoring", args=[filing.file_id, filing.pk])


@require_POST
@officers_only(policies.KEEP)
def moving(request: OfficerRequest, pk: int, filing_pk: int) -> HttpResponse:
    """Move a document one place up or down."""
    file, filing = _found(request, pk, filing_pk)
    up = request.POST.get("to") == "up"
    back = f"{address(file)}#filing-{filing.pk}"
    return done(request, lambda: move(filing, up=up, actor=request.actor, at=request.at), back=back)


@require_POST
@officers_only(policies.KEEP)
def ordering(request: OfficerRequest, pk: int) -> HttpResponse:
    """Put what lies in a file into the order of its dates."""
    file = file_of(request, pk)
    act = order_by_date
    return done(
        request, lambda: act(file, actor=request.actor, at=request.at), back=address(file), word="Đã xếp theo ngày."
    )


def subject_of(text: str) -> Subject | None:
    """Read ``incoming:12``; None for what is no subject."""
    kind, _, key = text.partition(":")
    return Subject(kind, int(key)) if kind in fileable.chosen() and key.isdecimal() and len(key) < 18 else None


def _found(request: OfficerRequest, pk: int, filing_pk: int) -> tuple[WorkFile, Filing]:
    file = _kept(request, pk)
    return file, get_object_or_404(file.filings.filter(removed_at=None).select_related("file"), pk=filing_pk)


def _kept(request: OfficerRequest, pk: int) -> WorkFile:
    file = file_of(request, pk)
    if not policies.keeps(request.actor, file):
        raise Http404
    return file
