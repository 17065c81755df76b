"""Drafts and outgoing documents for tests, made by calling operations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from lienthong.catalogue.models import DocumentType
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import SigningAuthority
from lienthong.organisation.queries.signing import authorities_on
from lienthong.outgoing.models import Draft, OutgoingDocument
from lienthong.outgoing.operations.books import open_outgoing_book
from lienthong.outgoing.operations.drafting import Source, begin
from lienthong.outgoing.operations.issuing import issue
from lienthong.outgoing.operations.publishing import publish
from lienthong.outgoing.operations.recipients import Line, set_recipients
from lienthong.outgoing.operations.reviewing import Station, put_up
from lienthong.outgoing.operations.signing import sign
from lienthong.outgoing.wording import Wording
from tests.cast import AT, MONDAY, Cast

BODY = """Căn cứ Quyết định số 12/QĐ-UBND ngày 03 tháng 01 năm 2014 của Ủy ban nhân dân tỉnh;
Sở Thông tin và Truyền thông báo cáo kết quả rà soát các đại lý Internet như sau:
1. Toàn tỉnh có 214 điểm đang hoạt động.
2. Đề nghị Ủy ban nhân dân tỉnh xem xét, chỉ đạo./."""
WORDING = Wording(abstract="Kết quả rà soát đại lý Internet", addressees=("Ủy ban nhân dân tỉnh",), body=BODY)


def document_type(code: str = "bao-cao") -> DocumentType:
    """A type of the catalogue."""
    return DocumentType.objects.get(code=code)


def make_draft(
    actor: Actor,
    *,
    code: str = "bao-cao",
    wording: Wording = WORDING,
    sources: Sequence[Source] = (),
    scope: str = "outgoing",
) -> Draft:
    """A draft that somebody has begun."""
    return begin(document_type(code), wording, sources=sources, scope=scope, actor=actor, at=AT)


def address(cast: Cast, draft: Draft, actor: Actor) -> Draft:
    """Give a draft the province as recipient on the system, a company by post and the file."""
    lines = [
        Line(line="Ủy ban nhân dân tỉnh", way="system", unit=cast.ubnd),
        Line(line="Công ty cổ phần Mẫu", way="post", address="12 Trần Hưng Đạo, Phan Thiết"),
        Line(line="Lưu: VT, CNTT", way="file"),
    ]
    set_recipients(draft, lines, actor=actor, at=AT)
    return draft


def authority_of(actor: Actor, cast: Cast, on: dt.date = MONDAY) -> SigningAuthority:
    """The authority by which somebody of the cast signs for their agency."""
    agency = actor.post.unit.agency or cast.stttt
    return next(one for one in authorities_on(agency, on) if one.post_id == actor.post.pk)


def put_before(cast: Cast, draft: Draft, signer: Actor, *way: Station, actor: Actor) -> Draft:
    """Put a draft up along a way to a signer."""
    return put_up(draft, way, authority=authority_of(signer, cast), actor=actor, at=AT)


def signed_draft(
    cast: Cast, *, code: str = "bao-cao", sources: Sequence[Source] = (), wording: Wording = WORDING
) -> Draft:
    """A draft of the specialist, signed by the director without reviewers."""
    draft = address(cast, make_draft(cast.specialist, code=code, sources=sources, wording=wording), cast.specialist)
    put_before(cast, draft, cast.leader, actor=cast.specialist)
    sign(draft, version=1, actor=cast.leader, at=AT)
    draft.refresh_from_db()
    return draft


def open_books(cast: Cast) -> None:
    """A book for everything in the department and for the province, and one for what stays in the department."""
    for agency in (cast.stttt, cast.ubnd):
        open_outgoing_book(agency, name="Sổ văn bản đi", actor=None, at=AT)
    open_outgoing_book(cast.stttt, name="Sổ văn bản nội bộ", scope="internal", actor=None, at=AT)


def issued_document(cast: Cast, **how: Any) -> OutgoingDocument:
    """A document of the specialist, signed by the director, issued and published by the clerk."""
    return publish(issue(signed_draft(cast, **how), actor=cast.clerk, at=AT), at=AT)
