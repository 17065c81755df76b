"""The page on which a draft version is edited: its texts, its fields, its Word file, with the paper beside them."""

from __future__ import annotations

import base64
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from lienthong.files.operations import receive
from lienthong.formatting import setting
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.stationery import checking, operations, queries, word_files, words
from lienthong.stationery.forms import BaseFieldFormSet, FileForm, VersionForm, field_form_set
from lienthong.stationery.models import DocumentTemplate, TemplateVersion
from lienthong.stationery.placeholders import Fault
from lienthong.stationery.policies import KEEP, require_keeper
from lienthong.stationery.views.templates import found
from lienthong.ui.answering import done, told
from lienthong.ui.requests import OfficerRequest, officers_only

PREVIEWED = 4


@officers_only(KEEP)
def draft(request: OfficerRequest, pk: int) -> HttpResponse:
    """Edit the draft; a POST saves it, and ``begin`` opens one where there is none."""
    row = found(request, pk)
    require_keeper(request.actor, row.owner)
    if request.POST.get("begin"):
        asked = request.POST.get("like", "")[:9]
        like = (
            get_object_or_404(row.versions, number=int(asked), published_at__isnull=False)
            if asked.isdecimal()
            else None
        )
        operations.begin_draft(row, like=like, actor=request.actor, at=request.at)
        if like is not None:
            messages.success(request, f"Đã lấy nội dung phiên bản {like.number} vào bản nháp. Xem lại rồi ban hành.")
        return redirect("stationery:draft", pk)
    version = queries.draft_of(row)
    if version is None:
        return redirect("stationery:template", pk)
    form = VersionForm(request.POST or None, initial=VersionForm.initial_of(version))
    fields = _fields(request, version)
    if request.method == "POST" and form.is_valid() and fields.is_valid() and _saved(request, version, form, fields):
        messages.success(request, "Đã lưu bản nháp.")
        return redirect("stationery:draft", pk)
    return _page(request, row, version, form, fields, FileForm())


@officers_only(KEEP)
@require_POST
def preview(request: OfficerRequest, pk: int) -> HttpResponse:
    """The paper as the form says it now, unsaved: a fragment."""
    row = found(request, pk)
    form, fields = VersionForm(request.POST), field_form_set(request.POST)
    if not (form.is_valid() and fields.is_valid()):
        fault = Fault("Biểu mẫu", 1, "có ô chưa nhập đúng. Hãy bấm Lưu bản nháp để xem chỗ sai.")
        return render(request, "stationery/draft.html#paper", {"faults": (fault,)})
    return render(
        request, "stationery/draft.html#paper", _paper(request, row, form.texts | {"fields": fields.declared})
    )


@officers_only(KEEP)
@require_POST
def draft_file(request: OfficerRequest, pk: int) -> HttpResponse:
    """Put a Word file on the draft, or take it off (``off``)."""
    row = found(request, pk)
    require_keeper(request.actor, row.owner)
    version, back = queries.draft_of(row), reverse("stationery:draft", args=[pk])
    if version is None:
        return redirect("stationery:template", pk)
    if request.POST.get("off"):
        return done(
            request,
            lambda: operations.take_file_off(version, actor=request.actor, at=request.at),
            back=back,
            word="Đã gỡ tệp Word. Bản Word lại được tạo từ nội dung của mẫu.",
        )
    form = FileForm(request.POST, request.FILES)
    faults: list[Fault] = []

    def act() -> None:
        sent = form.cleaned_data["file"]
        faults.extend(word_files.faults_in(sent.read(word_files.LARGEST_FILE + 1), version.declared.values()))
        if faults:
            raise Refusal(f"Tệp Word còn {len(faults)} chỗ sai, liệt kê bên dưới. Hãy sửa trong Word rồi tải lên lại.")
        sent.seek(0)
        stored = receive(sent, name=sent.name, actor=request.actor, at=request.at)
        operations.put_file(version, stored, actor=request.actor, at=request.at)

    if form.is_valid() and told(form, act):
        messages.success(request, "Đã gắn tệp Word vào bản nháp.")
        return redirect(back)
    texts = VersionForm(initial=VersionForm.initial_of(version))
    return _page(request, row, version, texts, _fields(None, version), form, file_faults=faults)


@officers_only(KEEP)
@require_POST
def publication(request: OfficerRequest, pk: int) -> HttpResponse:
    """Put the draft in use."""
    row = found(request, pk)
    version = queries.draft_of(row)
    if version is None:
        return redirect("stationery:template", pk)
    try:
        operations.publish(version, actor=request.actor, at=request.at)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("stationery:draft", pk)
    messages.success(request, f"Đã ban hành phiên bản {version.number}. Cán bộ dùng được ngay khi soạn thảo.")
    return redirect("stationery:template", pk)


@officers_only(KEEP)
@require_POST
def removal(request: OfficerRequest, pk: int) -> HttpResponse:
    """Throw the draft away."""
    row = found(request, pk)
    version = queries.draft_of(row)
    back = reverse("stationery:template", args=[pk])
    if version is None:
        return redirect(back)
    return done(
        request,
        lambda: operations.discard_draft(version, actor=request.actor, at=request.at),
        back=back,
        word="Đã bỏ bản nháp. Phiên bản đang dùng không đổi.",
    )


def _saved(request: OfficerRequest, version: TemplateVersion, form: VersionForm, fields: BaseFieldFormSet) -> bool:
    content = form.texts | {"fields": fields.declared}
    seen = form.cleaned_data["seen"]
    return told(
        form, lambda: operations.edit_draft(version, content=content, seen=seen, actor=request.actor, at=request.at)
    )


def _fields(request: OfficerRequest | None, version: TemplateVersion) -> BaseFieldFormSet:
    typed = request.POST if request is not None and request.method == "POST" else None
    return field_form_set(typed, version.fields)


def _paper(request: OfficerRequest, row: DocumentTemplate, content: dict[str, Any]) -> dict[str, Any]:
    """Return the pages as pictures, or what is wrong."""
    faults = checking.faults_of(content)
    if faults:
        return {"faults": faults}
    paper = queries.sample_official(row, content, actor=request.actor, on=local_date(request.at))
    pdf = setting.set_pages(paper, created=request.at)
    pages = setting.page_count(pdf)
    pictures = [
        f"data:image/png;base64,{base64.b64encode(setting.page_png(pdf, place, 1.4)).decode()}"
        for place in range(1, min(pages, PREVIEWED) + 1)
    ]
    return {"faults": (), "pictures": pictures, "pages": pages}


def _page(
    request: OfficerRequest,
    row: DocumentTemplate,
    version: TemplateVersion,
    form: VersionForm,
    fields: BaseFieldFormSet,
    file_form: forms.Form,
    *,
    file_faults: list[Fault] | None = None,
) -> HttpResponse:
    is_wrong = bool(form.errors or fields.total_error_count() or file_form.errors)
    page = {
        "template": row,
        "version": version,
        "form": form,
        "fields": fields,
        "file_form": file_form,
        "file_faults": file_faults or [],
        "groups": {name: group for name, group in words.groups().items() if name != words.WORD_FILE_GROUP},
        "word_group": words.groups()[words.WORD_FILE_GROUP],
    } | _paper(request, row, version.content)
    return render(request, "stationery/draft.html", page, status=422 if is_wrong else 200)
