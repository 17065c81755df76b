"""Uploads straight into a spool: Django's parser hands each piece on, nothing is held whole in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponseBase, JsonResponse

from lienthong.files import storage
from lienthong.files.incoming import PIECE, Spool, check_size, spooled
from lienthong.files.models import StoredFile
from lienthong.files.operations import receive
from lienthong.identity.models import User
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor

FORM = "multipart/form-data"

RESERVE = 64 << 20
"""Bytes that uploads leave free on the disk for the database."""


class SpooledUpload(UploadedFile):  # type: ignore[type-arg]  # takes no parameter at run time
    """A file of a form whose bytes already lie in a spool; ``operations.receive`` takes it without copying."""

    def __init__(self, spool: Spool, name: str, content_type: str) -> None:
        super().__init__(spool.path.open("rb"), name, content_type, spool.size)
        self.spool = spool


class SpoolUploadHandler(FileUploadHandler):
    """Writes the file of a form (of several, the last) into a spool while it is hashed; a refusal ends the reading."""

    chunk_size = PIECE

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.refusal: Refusal | None = None
        self.spool: Spool | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.discard()
        self.spool = Spool()

    def _spool(self) -> Spool:
        if self.spool is None:
            raise RuntimeError("Django announces a file before it sends pieces of it")
        return self.spool

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's signature
        try:
            self._spool().write(raw_data)
        except Refusal as refusal:
            self.refusal = refusal
            self.discard()
            raise StopUpload(connection_reset=True) from refusal

    def file_complete(self, file_size: int) -> SpooledUpload | None:  # noqa: ARG002 - Django's signature
        spool = self._spool()
        try:
            spool.finish()
        except Refusal as refusal:
            self.refusal = refusal
            self.discard()
            return None
        return SpooledUpload(spool, self.file_name or "", self.content_type or "")

    def upload_interrupted(self) -> None:
        self.discard()

    def discard(self) -> None:
        """Leave nothing behind."""
        if self.spool is not None:
            self.spool.discard()


def check_beforehand(announced: str | None) -> int | None:
    """Return the announced length of a request's body; refuses at once what is too large or does not fit the disk."""
    if not announced or not announced.isdigit():
        return None
    length = int(announced)
    check_size(length - 4096)  # a form adds its own lines
    if length + RESERVE > storage.free_bytes():
        raise Refusal(
            "Ổ đĩa của máy chủ sắp đầy nên tệp chưa được nhận: hãy báo quản trị viên, rồi tải lên lại.", field="file"
        )
    return length


def from_body(request: HttpRequest, length: int | None) -> Spool:
    """Spool the raw body of a request; refuses one that ends before its announced length."""

    def pieces() -> Any:
        while piece := request.read(PIECE):
            yield piece

    spool = spooled(pieces())
    if length is not None and spool.size != length:
        spool.discard()
        raise cut_short()
    return spool


def cut_short() -> Refusal:
    """Return the refusal of an upload whose connection was lost."""
    return Refusal("Đường truyền bị đứt khi đang tải lên: tệp chưa được lưu, hãy tải lên lại.", field="file")


class CountedBody:
    """Counts what is read from a request, to know whether a form came whole."""

    def __init__(self, request: HttpRequest) -> None:
        self.count = 0
        self._read = request.read
        request.read = self.read  # type: ignore[method-assign]  # the parser reads through this door only

    def read(self, *args: Any, **kwargs: Any) -> bytes:
        """Read on, counting."""
        piece = self._read(*args, **kwargs)
        self.count += len(piece)
        return piece


@dataclass(frozen=True, slots=True)
class Sent:
    """One file on its way in with a request: as the body itself, or as ``file`` of a form."""

    handler: SpoolUploadHandler
    counted: CountedBody
    length: int | None

    def take(
        self, request: HttpRequest, *, actor: Actor | None, at: dt.datetime, account: User | None = None
    ) -> StoredFile:
        """Receive it. Refuses what ``receive`` refuses, an empty form, and what was cut off on the way."""
        if request.content_type != FORM:
            name = unquote(request.headers.get("X-File-Name", ""))
            return receive(from_body(request, self.length), name=name, actor=actor, at=at, account=account)
        sent = request.FILES.get("file")
        if self.handler.refusal is not None:
            raise self.handler.refusal
        if self.length is not None and self.counted.count < self.length:
            raise cut_short()
        if sent is None:
            raise Refusal("Chưa có tệp nào được chọn: hãy chọn tệp rồi tải lên.", field="file")
        return receive(sent, name=sent.name or "", actor=actor, at=at, account=account)


def taken(request: HttpRequest, answer: Callable[[HttpRequest, Sent], HttpResponseBase]) -> HttpResponseBase:
    """Let a view take the one file of a request through a spool; refusals are answered in JSON.

    The view that calls this is exempt from the check of the token, ``answer`` makes it: reading the token earlier would
    take the upload past our handler.
    """
    if not request.user.is_authenticated:
        return no(401, "Phiên làm việc đã hết: hãy đăng nhập lại rồi tải tệp lên.")
    try:
        length = check_beforehand(request.headers.get("Content-Length"))
    except Refusal as refusal:
        return no(413, refusal.message)
    handler = SpoolUploadHandler(request)
    handlers: list[FileUploadHandler] = [handler]
    request.upload_handlers = handlers
    try:
        return answer(request, Sent(handler, CountedBody(request), length))
    except Refusal as refusal:
        return no(403 if isinstance(refusal, Forbidden) else 422, refusal.message)
    finally:
        handler.discard()


def no(status: int, message: str) -> JsonResponse:
    """Say no to an upload."""
    return JsonResponse({"error": message}, status=status)
