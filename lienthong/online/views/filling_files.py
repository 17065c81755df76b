"""The papers of a draft: photographed or chosen, seen, put in order, taken off, used again."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from lienthong.files import uploads
from lienthong.files.downloads import send
from lienthong.files.models import StoredFile
from lienthong.files.operations import previewing
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.online.gate import CitizenRequest, citizens_only
from lienthong.online.models import Filling
from lienthong.online.operations import filling_files as operations
from lienthong.online.queries.fillings import file_of, offered
from lienthong.online.standing import Standing
from lienthong.online.views.filling import away_from, draft_of, steps_of

MOST_AT_ONCE = 20


@never_cache
@citizens_only
def papers(request: CitizenRequest, key: uuid.UUID) -> HttpResponse:
    """The papers asked for, each with its files. Works as plain forms; each act comes back to this page."""
    row = draft_of(request, key)
    away = away_from(request, row)
    if away is not None:
        return away
    if request.method == "POST":
        said = _acted(request, row)
        if said:
            messages.error(request, said)
        elif request.POST.get("do") == "next" and not _said_missing(request, row):
            return redirect("online:filling_contact", key)
        return redirect("online:filling_papers", key)
    standing = Standing(row, request.at)
    asked = standing.papers
    again = offered(request.citizen, [paper.reuse for paper in asked])
    for paper in asked:
        sent = {one.file_id for one in paper.files}
        paper.offered = [one for one in again.get(paper.reuse, []) if one.file_id not in sent]
    context = {
        "filling": row,
        "standing": standing,
        "papers": asked,
        "homeless": standing.homeless,
        "steps": steps_of("papers"),
    }
    return render(request, "online/filling_papers.html", context)


def _acted(request: CitizenRequest, row: Filling) -> str:
    """Do what a button asks for; returns why not."""
    post = request.POST
    try:
        for paper in request.FILES:
            sent = request.FILES.getlist(paper)[:MOST_AT_ONCE]
            operations.add_files(row, paper.removeprefix("paper."), sent, at=request.at)
        if (number := post.get("remove", "")).isdecimal():
            operations.take_off(row, int(number[:18]), at=request.at)
        if (number := post.get("up", "")).isdecimal():
            operations.move_up(row, int(number[:18]))
        if "again" in post:
            paper, _, number = post["again"].rpartition(":")
            operations.use_again(row, paper, int(number[:18]) if number.isdecimal() else 0, at=request.at)
    except Forbidden:
        raise
    except Refusal as refusal:
        return refusal.message
    return ""


def _said_missing(request: CitizenRequest, row: Filling) -> bool:
    missing = Standing(row, request.at).missing
    if missing:
        messages.error(request, f"Còn thiếu {len(missing)} giấy tờ: {'; '.join(missing)}. Hãy chụp hoặc tải lên.")
    return bool(missing)


@csrf_exempt  # the token is asked for by the inner view, as for files of officers
@require_POST
def uploading(request: HttpRequest, key: uuid.UUID, paper: str) -> HttpResponseBase:
    """Take one file for a paper, while others are on their way; answers in JSON."""

    @csrf_protect
    @citizens_only
    def inner(inside: CitizenRequest, sent: uploads.Sent) -> HttpResponseBase:
        row = draft_of(inside, key)
        file = sent.take(inside, actor=None, account=inside.user, at=inside.at)
        operations.add_file(row, paper, file, at=inside.at)
        return JsonResponse({"id": file.pk, "name": file.name, "size": file.size}, status=201)

    return uploads.taken(request, inner)


@require_safe
@citizens_only
def file(request: CitizenRequest, key: uuid.UUID, pk: int) -> HttpResponseBase:
    """A file of the draft, as it was sent."""
    return send(request, _file(request, key, pk), inline=True)


@require_safe
@citizens_only
def picture(request: CitizenRequest, key: uuid.UUID, pk: int) -> HttpResponse:
    """A small picture of the first page of a file, light for slow links."""
    found = _file(request, key, pk)
    if not found.shows_pages:
        raise Http404
    try:
        drawn = previewing.page_picture(found.blob, 1, previewing.WIDTHS[0])
    except Refusal as refusal:
        return HttpResponse(refusal.message, status=409, content_type="text/plain; charset=utf-8")
    headers = {"Cache-Control": "private, max-age=86400", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return HttpResponse(drawn, content_type="image/webp", headers=headers)


def _file(request: CitizenRequest, key: uuid.UUID, pk: int) -> StoredFile:
    found = file_of(draft_of(request, key), pk)
    if found is None:
        raise Http404
    return found
