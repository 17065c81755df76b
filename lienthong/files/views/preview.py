"""Showing a file in place: pictures of its pages, its words, its tables."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lienthong.files.models import StoredFile
from lienthong.files.operations import previewing, read_text
from lienthong.files.text import reading_of
from lienthong.kernel.refusal import Refusal
from lienthong.ui.requests import OfficerRequest, officers_only


def _file(request: OfficerRequest, pk: int) -> StoredFile:
    files = StoredFile.objects.visible_to(request.actor, [pk])
    return get_object_or_404(files.select_related("blob", "uploader"))


@require_safe
@officers_only()
def preview(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """Show a file on a page of its own."""
    return render(request, "files/preview.html", {"file": _file(request, pk)})


@require_safe
@officers_only()
def page(request: OfficerRequest, pk: int, number: int, width: int) -> HttpResponseBase:
    """Send the picture of one page."""
    file = _file(request, pk)
    if width not in previewing.WIDTHS or number not in file.page_numbers:
        raise Http404
    try:
        picture = previewing.page_picture(file.blob, number, width)
    except Refusal as refusal:
        return HttpResponse(refusal.message, status=409, content_type="text/plain; charset=utf-8")
    response = HttpResponse(picture, content_type="image/webp")
    response["Cache-Control"] = "private, max-age=86400"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
@officers_only()
def words(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """Show the words of a file, or the first rows of its tables, as a fragment; asks again while it is being read."""
    file = _file(request, pk)
    sheets, error = None, ""
    text = read_text(file, at=request.at)
    if file.blob.kind == "xlsx":
        try:
            sheets = previewing.tables(file.blob)
        except Refusal as refusal:
            error = refusal.message
    context = {
        "file": file,
        "text": text[: previewing.LONGEST_TEXT],
        "is_cut": len(text) > previewing.LONGEST_TEXT,
        "sheets": sheets,
        "rows": previewing.ROWS,
        "reading": reading_of(file),
        "error": error,
    }
    return render(request, "files/words.html", context)
