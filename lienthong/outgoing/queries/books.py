"""The statutory books as rows: outgoing (ten columns) and sent by post (six columns), NĐ 30/2020 Phụ lục IV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Prefetch, Q, QuerySet

from lienthong.exports.books import Row
from lienthong.kernel.clock import local_date
from lienthong.outgoing.models import Dispatch, OutgoingBook, OutgoingDocument, Recipient

OUTGOING_COLUMNS = (
    "Số, ký hiệu văn bản",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Người ký",
    "Nơi nhận văn bản",
    "Đơn vị, người nhận bản lưu",
    "Số lượng bản",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
)
POST_COLUMNS = (
    "Ngày chuyển",
    "Số, ký hiệu văn bản",
    "Nơi nhận văn bản",
    "Số lượng bì",
    "Ký nhận và dấu bưu điện",
    "Ghi chú",
)
BATCH = 500
MARKED = {
    OutgoingDocument.State.RECALLED: "Đã thu hồi",
    OutgoingDocument.State.REPLACED: "Đã được thay thế",
    OutgoingDocument.State.CORRECTED: "Đã đính chính",
}


def every_book() -> list[OutgoingBook]:
    """Return the books of every agency, for who opens them: names only, nothing that stands in them (one query)."""
    rows = OutgoingBook.objects.select_related("agency")
    return list(rows.order_by("agency__order", "agency__name", "scope", "name"))


def outgoing_rows(book: OutgoingBook, *, since: dt.date, until: dt.date, after: str = "") -> Iterator[Row]:
    """Yield the outgoing book of a period in the order of the numbers; three queries for each batch."""
    sendings = Dispatch.objects.select_related("recipient").order_by("recipient__order")
    documents = _behind(_issued(book, since, until), after).select_related("document_type")
    place = ""
    while True:
        batch = list(_behind(documents, place).prefetch_related(Prefetch("dispatches", sendings))[:BATCH])
        for document in batch:
            yield Row(document.pk, _outgoing_cells(document), _place(document))
        if len(batch) < BATCH:
            return
        place = _place(batch[-1])


def outgoing_total(book: OutgoingBook, *, since: dt.date, until: dt.date) -> int:
    """Return how many lines the outgoing book of a period has."""
    return _issued(book, since, until).count()


def post_rows(book: OutgoingBook, *, since: dt.date, until: dt.date, after: str = "") -> Iterator[Row]:
    """Yield what went by post, in the order of sending."""
    key = int(after) if after.isdecimal() and len(after) < 19 else 0
    while True:
        batch = list(_posted(book, since, until).filter(pk__gt=key).order_by("pk")[:BATCH])
        for dispatch in batch:
            yield Row(dispatch.document_id, _post_cells(dispatch), str(dispatch.pk))
        if len(batch) < BATCH:
            return
        key = batch[-1].pk


def post_total(book: OutgoingBook, *, since: dt.date, until: dt.date) -> int:
    """Return how many letters went by post in a period."""
    return _posted(book, since, until).count()


def _issued(book: OutgoingBook, since: dt.date, until: dt.date) -> QuerySet[OutgoingDocument]:
    return book.documents.filter(issue_date__gte=since, issue_date__lte=until)


def _behind(documents: QuerySet[OutgoingDocument], place: str) -> QuerySet[OutgoingDocument]:
    ordered = documents.order_by("year", "number")
    year, _, number = place.partition("-")
    if not (year.isdecimal() and number.isdecimal() and len(place) < 20):
        return ordered
    return ordered.filter(Q(year=int(year), number__gt=int(number)) | Q(year__gt=int(year)))


def _place(document: OutgoingDocument) -> str:
    return f"{document.year}-{document.number}"


def _posted(book: OutgoingBook, since: dt.date, until: dt.date) -> QuerySet[Dispatch]:
    sent = Dispatch.objects.filter(document__book=book, recipient__way=Recipient.Way.POST, sent_at__isnull=False)
    return sent.filter(document__issue_date__gte=since, document__issue_date__lte=until).select_related(
        "document", "recipient"
    )


def _outgoing_cells(document: OutgoingDocument) -> tuple[str, ...]:
    sendings = list(document.dispatches.all())
    gone = [one for one in sendings if one.sent_at and one.recipient.way != Recipient.Way.FILE]
    taken = [f"{one.recipient.line}: số đến {one.arrival_number}" for one in gone if one.arrival_number]
    return (
        document.symbol,
        f"{document.issue_date:%d/%m/%Y}",
        document.title,
        document.signer,
        "; ".join(one.recipient.line for one in sendings if one.recipient.way != Recipient.Way.FILE),
        document.keeper or "; ".join(one.recipient.line for one in sendings if one.recipient.way == Recipient.Way.FILE),
        str(document.copies),
        f"{min(local_date(one.sent_at) for one in gone if one.sent_at):%d/%m/%Y}" if gone else "",
        "; ".join(taken),
        "; ".join(filter(None, [MARKED.get(OutgoingDocument.State(document.state), ""), document.note])),
    )


def _post_cells(dispatch: Dispatch) -> tuple[str, ...]:
    recipient = dispatch.recipient
    return (
        f"{local_date(dispatch.sent_at):%d/%m/%Y}" if dispatch.sent_at else "",
        dispatch.document.symbol,
        f"{recipient.line}, {recipient.address}",
        str(recipient.copies),
        dispatch.tracking,
        f"Bị trả lại: {dispatch.reason}" if dispatch.state == Dispatch.State.RETURNED else "",
    )
