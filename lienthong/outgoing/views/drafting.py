"""Writing: a draft is begun, worded, given recipients; its pages are looked at while it is written."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from lienthong.files.models import StoredFile
from lienthong.files.operations import receive
from lienthong.formatting.differences import compare
from lienthong.formatting.setting import as_docx, page_png
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.outgoing import policies
from lienthong.outgoing.beginnings import Beginning, beginning_of, with_file, with_template
from lienthong.outgoing.forms import (
    AskedForm,
    BeginForm,
    MarksForm,
    WordingForm,
    appendices_in,
    recipient_forms,
    recipient_rows,
    wording_forms,
)
from lienthong.outgoing.models import Draft, DraftVersion, Recipient
from lienthong.outgoing.operations.checking import ask_for_check
from lienthong.outgoing.operations.drafting import begin, is_reviewer, restore, save
from lienthong.outgoing.operations.marking import set_marks
from lienthong.outgoing.operations.recipients import set_recipients
from lienthong.outgoing.pages import pages_of_draft
from lienthong.outgoing.queries.checks import Checked, pages_of, set_pdf
from lienthong.outgoing.queries.record import issuer_answered, recipients_before
from lienthong.outgoing.views.finding import draft_of
from lienthong.outgoing.wording import Wording
from lienthong.stationery.models import DocumentTemplate
from lienthong.stationery.queries import office_values, templates_for
from lienthong.stationery.uploaded import read_word
from lienthong.ui.answering import place_refusal
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE_SCALE = 1.6


@officers_only("drafts.write")
def new(request: OfficerRequest) -> HttpResponse:
    """Begin a draft: of which type, from a template, a Word file or nothing, perhaps as an answer.

    As a fragment: what the chosen template asks.
    """
    on = local_date(request.at)
    templates = templates_for(request.actor, "", on)
    if is_fragment(request) and request.method == "GET":
        return render(request, "outgoing/new.html#asked", {"asked": _asked(request.GET.get("template", ""), templates)})
    asked = request.POST if request.method == "POST" else request.GET
    started = beginning_of(request.actor, asked)
    if request.method == "POST":
        form = BeginForm(request.POST, request.FILES, templates=templates, on=on)
        asking = _asked(request.POST.get("template", ""), templates, request.POST)
        if form.is_valid() and (asking is None or asking.is_valid()):
            try:
                draft = _begin(request, form, started, asking)
            except Forbidden:
                raise
            except Refusal as refusal:
                place_refusal(form, refusal)
            else:
                messages.success(request, "Đã tạo dự thảo. Hãy soạn nội dung và ghi nơi nhận.")
                return redirect("outgoing:edit", draft.pk)
    else:
        scope = "internal" if request.GET.get("scope") == "internal" else "outgoing"
        initial = {"request_key": uuid.uuid4(), "scope": scope, "urgency": "normal", **started.initial}
        form = BeginForm(initial=initial, templates=templates, on=on)
        asking = None
    context = {"form": form, "asked": asking, "about": started.about}
    failed = bool(form.errors) or bool(asking and asking.errors)
    return render(request, "outgoing/new.html", context, status=422 if failed else 200)


def _asked(key: str, templates: Sequence[DocumentTemplate], data: Any = None) -> AskedForm | None:
    """Return the form of what a chosen template asks; None where it asks nothing."""
    chosen = next((one for one in templates if str(one.pk) == key), None)
    return AskedForm(chosen.current, data) if chosen and chosen.current and chosen.current.fields else None


def _begin(request: OfficerRequest, form: BeginForm, started: Beginning, asking: AskedForm | None) -> Draft:
    given = form.cleaned_data
    wording = Wording(abstract=given["abstract"], addressees=started.addressees, body=started.body)
    losses: list[str] = []
    file: StoredFile | None = None
    if given["template"]:
        agency = request.actor.post.unit.agency or request.actor.post.unit
        values = office_values(request.actor, unit=agency, on=local_date(request.at)) | dict(started.values)
        values |= asking.values if asking else {}
        wording = with_template(wording, given["template"].current, values)
    if given["file"]:
        file = receive(given["file"], name=given["file"].name, actor=request.actor, at=request.at)
        read = read_word(file)
        wording = with_file(wording, read)
        losses = [loss.message for loss in read.losses]
    return begin(
        given["document_type"],
        wording,
        scope=given["scope"],
        urgency=given["urgency"],
        circulation=given["circulation"],
        sources=started.sources,
        file=file,
        losses=losses,
        request_key=given["request_key"],
        actor=request.actor,
        at=request.at,
    )


@officers_only()
def edit(request: OfficerRequest, pk: int) -> HttpResponse:
    """The editor: one column of fields, the pages beside it; saves by itself, and by the button."""
    draft = _writable(request, pk)
    version = draft.versions.select_related("post__officer").get(number=draft.version)
    form, appendices = wording_forms(request.POST if request.method == "POST" else None, version)
    if request.method == "POST" and "more" not in request.POST and form.is_valid() and appendices.is_valid():
        wording = form.wording(appendices_in(appendices))
        given = form.cleaned_data
        try:
            saved = save(
                draft,
                wording,
                number=given["number"],
                revision=given["revision"],
                actor=request.actor,
                at=request.at,
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            is_stale = (given["number"], given["revision"]) != (version.number, version.revision)
            if is_fragment(request):
                return JsonResponse({"message": refusal.message}, status=409 if is_stale else 422)
            if is_stale:
                return _stale(request, draft, version, form, wording, refusal)
            place_refusal(form, refusal)
        else:
            if is_fragment(request):
                return JsonResponse({"number": saved.number, "revision": saved.revision})
            messages.success(request, "Đã lưu.")
            return redirect("outgoing:edit", pk)
    context = {
        "draft": draft,
        "version": version,
        "form": form,
        "appendices": appendices,
        "checked": _pages(request, draft, version),
        "is_reviewing": draft.state == Draft.State.REVIEW,
    }
    has_errors = bool(form.errors) or (appendices.is_bound and not appendices.is_valid())
    return render(request, "outgoing/edit.html", context, status=422 if has_errors else 200)


def _stale(
    request: OfficerRequest, draft: Draft, version: DraftVersion, form: WordingForm, mine: Wording, refusal: Refusal
) -> HttpResponse:
    """Show what stands there and what was typed beside each other; the officer chooses."""
    context = {
        "draft": draft,
        "version": version,
        "form": form,
        "mine": mine,
        "appendices": mine.appendices_json(),
        "addressees": "\n".join(mine.addressees),
        "changes": compare(version.body, mine.body),
        "said": refusal.message,
    }
    return render(request, "outgoing/stale.html", context, status=409)


@officers_only()
def recipients(request: OfficerRequest, pk: int) -> HttpResponse:
    """Nơi nhận: one row for each line at the foot of the document."""
    draft = draft_of(request.actor, pk)
    if not policies.can_put_up(request.actor, draft):
        raise Forbidden("Chỉ người soạn thảo sửa được nơi nhận, khi dự thảo chưa trình.")
    on = local_date(request.at)
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and "more" in data:
        total = data.get("recipient-TOTAL_FORMS", "")[:4]
        data["recipient-TOTAL_FORMS"] = str(min(int(total) if total.isdecimal() else 0, 290) + 5)
    rows = recipient_forms(data, draft, on=on, prefilled=_proposed_recipients(draft))
    error = ""
    if data is not None and "more" not in data and rows.is_valid():
        lines = [line for row in rows if row.cleaned_data and (line := row.recipient())]
        lines.sort(key=lambda one: one.way == Recipient.Way.FILE)  # "Lưu" stands last on the paper
        try:
            set_recipients(draft, lines, actor=request.actor, at=request.at)
        except Forbidden:
            raise
        except Refusal as refusal:
            error = refusal.message
        else:
            messages.success(request, f"Đã ghi {sum(one.way != Recipient.Way.FILE for one in lines)} nơi nhận.")
            return redirect("outgoing:putting_up" if "onward" in data else "outgoing:recipients", pk)
    failed = bool(error) or (data is not None and "more" not in data and not rows.is_valid())
    context = {"draft": draft, "rows": rows, "error": error}
    return render(request, "outgoing/recipients.html", context, status=422 if failed else 200)


@officers_only()
def marks(request: OfficerRequest, pk: int) -> HttpResponse:
    """How urgent the paper is and how far it may go."""
    draft = _writable(request, pk)
    given = request.POST if request.method == "POST" else None
    form = MarksForm(given, initial={"urgency": draft.urgency, "circulation": draft.circulation})
    if form.is_valid():
        set_marks(draft, **form.cleaned_data, actor=request.actor, at=request.at)
        messages.success(request, "Đã ghi độ khẩn và chỉ dẫn lưu hành.")
        return redirect("outgoing:draft", pk)
    context = {"draft": draft, "form": form, "is_reviewing": draft.state == Draft.State.REVIEW}
    return render(request, "outgoing/marks.html", context, status=422 if form.errors else 200)


@officers_only()
def upload(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take a Word file as the next version of a draft; what could not be read is told."""
    draft = _writable(request, pk)
    file = request.FILES.get("file")
    if request.method != "POST" or file is None:
        if request.method == "POST":
            messages.warning(request, "Hãy chọn tệp Word (.docx).")
        return redirect("outgoing:edit", pk)
    try:
        stored = receive(file, name=file.name or "du-thao.docx", actor=request.actor, at=request.at)
        read = read_word(stored)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("outgoing:edit", pk)
    last = draft.versions.get(number=draft.version)
    wording = with_file(Wording(abstract=last.abstract, addressees=tuple(last.addressees)), read)
    saved = save(
        draft,
        wording,
        number=last.number,
        revision=last.revision,
        file=stored,
        losses=[loss.message for loss in read.losses],
        note=f"Từ tệp {stored.name}"[:300],
        actor=request.actor,
        at=request.at,
    )
    messages.success(request, f"Đã lấy nội dung từ tệp thành phiên bản {saved.number}.")
    return redirect("outgoing:edit", pk)


@officers_only()
def restoring(request: OfficerRequest, pk: int, number: int) -> HttpResponse:
    """Make an earlier wording the newest again."""
    draft = draft_of(request.actor, pk)
    old = draft.versions.filter(number=number).first()
    if old is None:
        raise Http404
    if request.method == "POST":
        made = restore(draft, old, actor=request.actor, at=request.at)
        messages.success(request, f"Đã lấy lại phiên bản {number} thành phiên bản {made.number}.")
    return redirect("outgoing:draft", pk)


@officers_only()
def page(request: OfficerRequest, pk: int, number: int) -> HttpResponse:
    """The picture of one page of a draft as it would be issued."""
    draft = draft_of(request.actor, pk)
    version = _version(request, draft)
    on = local_date(request.at)
    pdf = set_pdf(draft, version, pages_of_draft(draft, version, on=on), on=on)
    response = HttpResponse(page_png(pdf, number, PAGE_SCALE), content_type="image/png")
    response["Cache-Control"] = "private, max-age=300"
    return response


@officers_only()
def pages(request: OfficerRequest, pk: int) -> HttpResponse:
    """The pictures of all pages, as a fragment that the editor asks for after each save."""
    draft = draft_of(request.actor, pk)
    version = _version(request, draft)
    context = {"draft": draft, "version": version, "checked": _pages(request, draft, version)}
    return render(request, "outgoing/pages.html", context)


@officers_only()
def word(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """The draft as a Word file."""
    draft = draft_of(request.actor, pk)
    content = as_docx(pages_of_draft(draft, _version(request, draft), on=local_date(request.at)), created=request.at)
    response = HttpResponse(content, content_type=DOCX)
    name = f"Dự thảo {draft.document_type.name} {draft.abstract[:60]}.docx".replace("/", "-")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response


def _writable(request: OfficerRequest, pk: int) -> Draft:
    draft = draft_of(request.actor, pk)
    if not policies.can_write(request.actor, draft, reviews=is_reviewer(draft, request.actor)):
        raise Forbidden("Dự thảo không ở lượt bạn sửa. Hãy mở trang dự thảo để xem đang ở tay ai.")
    return draft


def _version(request: OfficerRequest, draft: Draft) -> DraftVersion:
    asked = request.GET.get("version", "")[:9]
    number = int(asked) if asked.isdecimal() else draft.version
    version = draft.versions.filter(number=number).first()
    if version is None:
        raise Http404
    return version


@officers_only()
def checking(request: OfficerRequest, pk: int) -> HttpResponse:
    """Have a long draft set and checked; as a fragment: how far that is, and at last its pages.

    ``whole``: the page around shows what was found too, and comes anew when all is done.
    """
    draft = draft_of(request.actor, pk)
    if request.method == "POST":
        ask_for_check(draft, at=request.at)
    if not is_fragment(request):
        return redirect("outgoing:draft", pk)
    version = _version(request, draft)
    whole, found = "whole" in request.GET, _pages(request, draft, version)
    context = {"draft": draft, "version": version, "checked": found, "whole": whole}
    response = render(request, "outgoing/pages.html", context)
    if whole and not found.waits:
        response["HX-Refresh"] = "true"
    return response


def _pages(request: OfficerRequest, draft: Draft, version: DraftVersion) -> Checked:
    on = local_date(request.at)
    return pages_of(draft, version, pages_of_draft(draft, version, on=on), on=on)


def _proposed_recipients(draft: Draft) -> list[dict[str, Any]]:
    """Propose whom what is corrected or replaced went to, else the issuer of what is answered, and the file line."""
    before = recipients_before(draft)
    if before:
        return recipient_rows(before)
    proposed: list[dict[str, Any]] = []
    unit = issuer_answered(draft)
    if unit is not None:
        proposed.append({"to": f"system:{unit.pk}", "line": unit.name, "copies": 1})
    symbol = f", {draft.unit.symbol}" if draft.unit.symbol and draft.unit_id != draft.agency_id else ""
    return [*proposed, {"to": "file", "line": f"Lưu: VT{symbol}", "copies": 1}]
