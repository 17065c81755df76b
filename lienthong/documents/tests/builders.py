"""Documents for tests, made by calling operations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from lienthong.documents.models import Book, IncomingDocument
from lienthong.documents.operations.registration import open_book, register
from lienthong.documents.particulars import Particulars
from lienthong.kernel.clock import at_local
from lienthong.organisation.actor import Actor
from tests.cast import Cast

AT = at_local(dt.date(2014, 3, 10), dt.time(10, 0))
BASIC: dict[str, Any] = {
    "symbol": "139/QĐ-UBND",
    "issuer": "Ủy ban nhân dân tỉnh Bình Thuận",
    "document_date": dt.date(2014, 1, 10),
    "abstract": "Phê duyệt nhiệm vụ chủ yếu của các sở, ngành, địa phương năm 2014",
}


def make_book(cast: Cast, name: str = "Sổ văn bản đến") -> Book:
    """Open the book of Sở TT&TT."""
    return open_book(cast.stttt, name=name, is_default=True, actor=None, at=AT)


def make_document(
    book: Book, actor: Actor, *, at: dt.datetime = AT, options: dict[str, Any] | None = None, **changes: Any
) -> IncomingDocument:
    """Register a document with the basic particulars, changed as told."""
    return register(book, Particulars(**{**BASIC, **changes}), actor=actor, at=at, **(options or {}))
