"""Bytes on their way out: whole or in part (Range), with headers that keep a browser from running them."""

from __future__ import annotations

import re
from typing import IO, Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from lienthong.files import storage
from lienthong.files.models import StoredFile
from lienthong.kernel.refusal import Refusal

_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
"""Browsers refuse to show a PDF in a sandboxed document: their own reader is the sandbox."""


class Streamed(FileResponse):
    """A response in pieces of a size that is worth a system call."""

    block_size = 1 << 18


def send(request: HttpRequest, file: StoredFile, *, inline: bool = False) -> HttpResponseBase:
    """Answer with a file's bytes: resumable, under its own name, shown in place only where its kind is harmless."""
    kind = file.blob.kind_of_file
    inline = inline and kind.inline
    etag = f'"{file.blob.sha256}"'
    if request.headers.get("If-None-Match") == etag:
        return _guarded(HttpResponse(status=304), file, etag, inline=inline)
    part = _part(request, file.blob.size, etag)
    if part is None:
        return _guarded(
            HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.blob.size}"}), file, etag, inline=inline
        )
    first, last = part
    response: Any = Streamed(Section(_opened(file), first, last))
    if last - first + 1 < file.blob.size:
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{last}/{file.blob.size}"
    response["Content-Length"] = str(last - first + 1)
    return _guarded(response, file, etag, inline=inline)


def _opened(file: StoredFile) -> Any:
    try:
        return storage.storage().open(file.blob.path)
    except FileNotFoundError:
        raise Refusal(
            f"Nội dung tệp “{file.name}” không còn trong kho: hãy báo quản trị viên chạy “files check”."
        ) from None


def _guarded(response: Any, file: StoredFile, etag: str, *, inline: bool) -> HttpResponseBase:
    kind = file.blob.kind_of_file
    media_type = kind.media_type if kind.inline or kind.image else "application/octet-stream"
    response["Content-Type"] = "text/plain; charset=utf-8" if kind.text and inline else media_type
    disposition = content_disposition_header(as_attachment=not inline, filename=file.name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_POLICY if kind.code == "pdf" else SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-cache"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    return response  # type: ignore[no-any-return]


def _part(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """Return the first and last byte that are asked for; None when there are no such bytes."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    condition = request.headers.get("If-Range")
    if asked is None or not any(asked.groups()) or (condition and condition != etag):
        return 0, size - 1
    if not asked[1]:
        first, last = max(0, size - int(asked[2])), size - 1
    else:
        first, last = int(asked[1]), min(int(asked[2]) if asked[2] else size - 1, size - 1)
    return (first, last) if first <= last else None


class Section:
    """The bytes ``first`` to ``last`` of an open file, to be read and closed like a file."""

    def __init__(self, source: IO[bytes], first: int, last: int) -> None:
        self._source = source
        self._left = last - first + 1
        self.close = source.close
        if first:
            source.seek(first)

    def read(self, size: int = -1) -> bytes:
        """Read on, up to the last byte of the section."""
        piece = self._source.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(piece)
        return piece
