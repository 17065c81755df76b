"""The register of the use of kept copies as rows, and what is out now.

NĐ 30/2020 Phụ lục IV asks for nine columns; their names here were not held against its text (unverified).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from lienthong.documents.doubles import symbol_key
from lienthong.exports.books import Row
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.outgoing.models import OutgoingDocument
from lienthong.workfiles.models import CopyUse

COLUMNS = (
    "Ngày tháng",
    "Họ và tên người sử dụng",
    "Số, ký hiệu, ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Hồ sơ số",
    "Ký nhận",
    "Ngày trả",
    "Người cho phép sử dụng",
    "Ghi chú",
)
WIDTHS = (11, 22, 22, 46, 12, 14, 11, 22, 18)
BATCH = 500


@dataclass(frozen=True, slots=True)
class Register:
    """The register of one agency."""

    pk: int
    agency: Unit
    name: str = "Bản lưu văn bản đi"


def register_rows(book: Register, *, since: dt.date, until: dt.date, after: str = "") -> Iterator[Row]:
    """Yield the register of a period in the order of the days; one query for each batch."""
    place = after
    while True:
        batch = list(_behind(_used(book, since, until), place)[:BATCH])
        for use in batch:
            yield Row(use.document_id, _cells(use), _place(use))
        if len(batch) < BATCH:
            return
        place = _place(batch[-1])


def register_total(book: Register, *, since: dt.date, until: dt.date) -> int:
    """Return how many lines the register of a period has."""
    return _used(book, since, until).count()


def copies_out(actor: Actor, most: int = 100) -> list[CopyUse]:
    """Return the copies that are in somebody's hands, the longest first (one query)."""
    rows = CopyUse.objects.visible_to(actor).filter(returned_on=None)
    return list(rows.select_related("document__document_type", "allowed_by__officer").order_by("given_on", "pk")[:most])


def document_of(actor: Actor, symbol: str, date: dt.date | None) -> OutgoingDocument:
    """Return the document of the actor's agency with a symbol. Refuses none, and several where no day is said."""
    rows = OutgoingDocument.objects.visible_to(actor).filter(
        agency=actor.post.unit.agency_id, symbol_key=symbol_key(symbol)
    )
    found = list((rows.filter(issue_date=date) if date else rows).order_by("-pk")[:2])
    if not found:
        raise Refusal(f"Cơ quan không có văn bản đi số {symbol.strip()}. Hãy ghi như trên văn bản.", field="symbol")
    if len(found) > 1:
        raise Refusal(f"Có nhiều văn bản số {symbol.strip()}. Hãy ghi thêm ngày văn bản.", field="date")
    return found[0]


def _used(book: Register, since: dt.date, until: dt.date) -> QuerySet[CopyUse]:
    rows = CopyUse.objects.filter(agency=book.pk, given_on__gte=since, given_on__lte=until)
    return rows.select_related("document__document_type", "allowed_by__officer").order_by("given_on", "pk")


def _behind(rows: QuerySet[CopyUse], place: str) -> QuerySet[CopyUse]:
    day, _, key = place.partition("_")
    try:
        last = dt.date.fromisoformat(day)
    except ValueError:
        return rows
    if not (key.isdecimal() and len(key) < 19):
        return rows
    return rows.filter(Q(given_on=last, pk__gt=int(key)) | Q(given_on__gt=last))


def _place(use: CopyUse) -> str:
    return f"{use.given_on.isoformat()}_{use.pk}"


def _cells(use: CopyUse) -> tuple[str, ...]:
    document = use.document
    return (
        f"{use.given_on:%d/%m/%Y}",
        use.user_name,
        f"{document.symbol}, {document.issue_date:%d/%m/%Y}",
        document.title,
        use.file_code,
        "",  # signed by hand on the printed register
        f"{use.returned_on:%d/%m/%Y}" if use.returned_on else "",
        use.allowed_by.officer.full_name,
        use.note,
    )
