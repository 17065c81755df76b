"""Choosing the work file for one record, from its page, or for several of one kind, from a list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject, describe
from lienthong.ui.requests import OfficerRequest, officers_only
from lienthong.workfiles import fileable, policies
from lienthong.workfiles.models import WorkFile
from lienthong.workfiles.operations.filing import file_subject
from lienthong.workfiles.queries.lists import open_files
from lienthong.workfiles.queries.record import files_holding, suggested_files, visible
from lienthong.workfiles.views.files import address
from lienthong.workfiles.views.filing import subject_of

MOST = 50


@officers_only(policies.KEEP)
def choosing(request: OfficerRequest) -> HttpResponse:
    """Put records into a file, from their own page (``?subject=incoming:12``) or marked in a list (several)."""
    subjects = subjects_of(request)
    if not subjects:
        return _nothing_marked(request)
    files = [file for file in open_files(request.actor) if policies.can_keep(request.actor, file)]
    back = back_of(request, subjects)
    if request.method == "POST":
        key = request.POST.get("file", "")
        chosen = next((file for file in files if str(file.pk) == key), None)
        if chosen is not None:
            put(request, chosen, subjects)
            return redirect(back or address(chosen))
        messages.error(request, "Hãy chọn một hồ sơ đang lập.")
    return render(request, "workfiles/choosing.html", _context(subjects, files, back))


def _nothing_marked(request: OfficerRequest) -> HttpResponse:
    """Send whoever marked nothing back to the list; what is named but not seen is not there."""
    back = _local(request.GET.get("back", ""))
    if not back or request.GET.getlist("subject") or request.method == "POST":
        raise Http404
    messages.error(request, "Hãy đánh dấu ít nhất một mục rồi lưu.")
    return redirect(back)


def _context(subjects: list[Subject], files: list[WorkFile], back: str) -> dict[str, Any]:
    kind = fileable.find(subjects[0].kind)
    near = suggested_files(subjects[0], files)
    holding = files_holding(subjects[0]) if len(subjects) == 1 else []
    shown = [one for one in holding if any(one.pk == file.pk for file in files)]
    lying = {one.pk for one in shown}
    rows = [(file, file.pk in near, file.pk in lying) for file in files]
    rows.sort(key=lambda row: not row[1])
    told_of = describe(subjects)
    return {
        "subjects": subjects,
        "titles": [told_of[one].title for one in subjects if one in told_of],
        "kind": kind,
        "rows": rows,
        "holding": shown,
        "back": back,
        "new": f"{reverse('workfiles:file_new')}?{_query(subjects, back)}",
    }


def _query(subjects: list[Subject], back: str) -> str:
    query = QueryDict(mutable=True)
    query.setlist("subject", [str(one) for one in subjects])
    if back:
        query["back"] = back
    return query.urlencode()


def put(request: OfficerRequest, file: WorkFile, subjects: list[Subject]) -> None:
    """Put each into a file and say how many went in; what is refused is told by its own sentence."""
    count = 0
    for subject in subjects:
        try:
            file_subject(file, subject, actor=request.actor, at=request.at)
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            count += 1
    if count:
        what = "" if len(subjects) == 1 else f" {count} mục"
        messages.success(request, f"Đã đưa{what} vào hồ sơ {file.code}: {file.title}.")


def subjects_of(request: OfficerRequest) -> list[Subject]:
    """Return the records that an address or a form names: of one kind, seen by the actor, no more than fit."""
    texts = request.POST.getlist("subject") or request.GET.getlist("subject")
    named = list(dict.fromkeys(one for text in texts[:MOST] if (one := subject_of(text))))
    if len({one.kind for one in named}) > 1:
        return []
    seen = visible(request.actor, named)
    return [one for one in named if one in seen]


def back_of(request: OfficerRequest, subjects: list[Subject]) -> str:
    """Return the page from which somebody came: the record, or the list that the address names."""
    if said := _local(request.POST.get("back") or request.GET.get("back", "")):
        return said
    told_of = describe(subjects[:1]).get(subjects[0])
    return told_of.url if told_of else ""


def _local(address: str) -> str:
    """Return an address of this house; nothing for any other."""
    return address if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""
