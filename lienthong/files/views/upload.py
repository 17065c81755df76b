"""Receiving a file from the browser, in one piece, with progress."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from lienthong.files import uploads
from lienthong.files.models import StoredFile
from lienthong.ui.requests import OfficerRequest, officers_only


@csrf_exempt  # the token is asked for by the inner view: reading it here would take the upload past our handler
@require_POST
def upload(request: HttpRequest) -> HttpResponseBase:
    """Take one file, as the body itself (``X-File-Name``, percent-encoded) or as ``file`` of a form; answer in JSON."""
    return uploads.taken(request, _upload)


@csrf_protect
@officers_only()
def _upload(request: OfficerRequest, sent: uploads.Sent) -> HttpResponseBase:
    return JsonResponse(_answer(request, sent.take(request, actor=request.actor, at=request.at)), status=201)


def _answer(request: OfficerRequest, file: StoredFile) -> dict[str, object]:
    former = file.is_duplicate_of
    known = former and StoredFile.objects.visible_to(request.actor, [former.pk]).exists()
    return {
        "id": file.pk,
        "name": file.name,
        "size": file.size,
        "sha256": file.sha256,
        "kind": file.blob.kind,
        "pages": file.blob.pages,
        "duplicate_of": {"id": former.pk, "name": former.name} if former and known else None,
    }
