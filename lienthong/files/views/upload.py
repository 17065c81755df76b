"""Receiving a file from the browser, in one piece, with progress."""

from __future__ import annotations

from urllib.parse import unquote

from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from lienthong.files import uploads
from lienthong.files.models import StoredFile
from lienthong.files.operations import receive
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.ui.requests import OfficerRequest, officers_only

FORM = "multipart/form-data"


@csrf_exempt  # the token is asked for by the inner view: reading it here would take the upload past our handler
@require_POST
def upload(request: HttpRequest) -> HttpResponseBase:
    """Take one file, as the body itself (``X-File-Name``, percent-encoded) or as ``file`` of a form; answer in JSON."""
    if not request.user.is_authenticated:
        return _no(401, "Phiên làm việc đã hết: hãy đăng nhập lại rồi tải tệp lên.")
    try:
        length = uploads.check_beforehand(request.headers.get("Content-Length"))
    except Refusal as refusal:
        return _no(413, refusal.message)
    handler = uploads.SpoolUploadHandler(request)
    handlers: list[FileUploadHandler] = [handler]
    request.upload_handlers = handlers
    counted = uploads.CountedBody(request)
    try:
        return _upload(request, handler, counted, length)
    except Refusal as refusal:
        return _no(403 if isinstance(refusal, Forbidden) else 422, refusal.message)
    finally:
        handler.discard()


@csrf_protect
@officers_only()
def _upload(
    request: OfficerRequest,
    handler: uploads.SpoolUploadHandler,
    counted: uploads.CountedBody,
    length: int | None,
) -> HttpResponseBase:
    if request.content_type == FORM:
        sent = request.FILES.get("file")
        if handler.refusal is not None:
            raise handler.refusal
        if length is not None and counted.count < length:
            raise uploads.cut_short()
        if sent is None:
            raise Refusal("Chưa có tệp nào được chọn: hãy chọn tệp rồi tải lên.", field="file")
        file = receive(sent, name=sent.name or "", actor=request.actor, at=request.at)
    else:
        name = unquote(request.headers.get("X-File-Name", ""))
        file = receive(uploads.from_body(request, length), name=name, actor=request.actor, at=request.at)
    return JsonResponse(_answer(request, file), status=201)


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


def _no(status: int, message: str) -> JsonResponse:
    return JsonResponse({"error": message}, status=status)
