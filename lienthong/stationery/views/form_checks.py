"""The form of a file that was sent in: what is not right, what one click mends, a mended copy to take away."""

from __future__ import annotations

from pathlib import PurePath

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from lienthong.files.models import StoredFile
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.stationery.uploaded import check_of, mended_copy
from lienthong.stationery.word_files import MEDIA_TYPE
from lienthong.ui.requests import OfficerRequest, is_fragment, officers_only

AT_ONCE = 512 << 10
PAGES_AT_ONCE = 30
"""A larger file is checked after its page stands there, which says so meanwhile."""


@require_safe
@officers_only()
def form(request: OfficerRequest, pk: int) -> HttpResponse:
    """What is not as the rules of form ask in a DOCX or PDF; the file itself is never changed.

    ``to``: the page of this house that takes the points which are picked here, to give as a reason.
    """
    file = _file(request, pk)
    waits = file.size > AT_ONCE or file.blob.pages > PAGES_AT_ONCE
    to = request.GET.get("to", "")
    to = to if to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None) else ""
    context = {"file": file, "to": to, "waits": waits and "now" not in request.GET and not is_fragment(request)}
    if not context["waits"]:
        try:
            context["check"] = check_of(file, on=local_date(request.at))
        except Refusal as refusal:
            context["refused"] = refusal.message
    return render(request, f"stationery/form_check.html{'#found' if is_fragment(request) else ''}", context)


@require_safe
@officers_only()
def mended_file(request: OfficerRequest, pk: int) -> HttpResponse:
    """A copy of a DOCX with every certain mend made."""
    file = _file(request, pk)
    response = HttpResponse(mended_copy(file, on=local_date(request.at)), content_type=MEDIA_TYPE)
    name = f"{PurePath(file.name).stem} (đã sửa thể thức).docx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response


def _file(request: OfficerRequest, pk: int) -> StoredFile:
    return get_object_or_404(StoredFile.objects.visible_to(request.actor, [pk]).select_related("blob"))
