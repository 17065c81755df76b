"""What a clerk confirms about a document, cleaned and checked before it is written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import Any

from lienthong.catalogue.models import DocumentType
from lienthong.documents.models import IncomingDocument
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.vietnamese import nfc

EARLIEST = dt.date(1945, 9, 2)
LENGTHS = {"symbol": 60, "issuer": 200, "issuer_superior": 200, "abstract": 1000, "signer": 100, "signer_title": 200}


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What the clerk confirms about a document: text NFC and trimmed, dates of Viet Nam's calendar."""

    symbol: str = ""
    issuer: str
    issuer_superior: str = ""
    document_date: dt.date | None = None
    named_due: dt.date | None = None
    document_type: DocumentType | None = None
    abstract: str
    signer: str = ""
    signer_title: str = ""
    urgency: str = IncomingDocument.Urgency.NORMAL
    channel: str = IncomingDocument.Channel.PAPER
    pages: int | None = None
    copies: int = 1
    note: str = ""


def checked(given: Particulars, *, arrival_date: dt.date, today: dt.date) -> Particulars:
    """Return the particulars cleaned: NFC, single spaces. Refuses the first that is missing or impossible."""
    texts = {name: " ".join(nfc(getattr(given, name)).split()) for name in LENGTHS}
    for name, longest in LENGTHS.items():
        if len(texts[name]) > longest:
            raise Refusal(f"Dài quá {longest} chữ. Hãy rút gọn.", field=name)
    if not texts["issuer"]:
        raise Refusal("Hãy ghi cơ quan ban hành.", field="issuer")
    if not texts["abstract"]:
        raise Refusal("Hãy ghi trích yếu nội dung.", field="abstract")
    if arrival_date > today:
        raise Refusal("Ngày đến không thể ở sau hôm nay.", field="arrival_date")
    if given.document_date and given.document_date > arrival_date:
        raise Refusal("Ngày văn bản ở sau ngày đến. Hãy xem lại.", field="document_date")
    if given.document_date and given.document_date < EARLIEST:
        raise Refusal("Ngày văn bản quá xa. Hãy xem lại năm.", field="document_date")
    if given.named_due and given.document_date and given.named_due < given.document_date:
        raise Refusal("Hạn nêu trong văn bản ở trước ngày văn bản. Hãy xem lại.", field="named_due")
    if given.copies < 1 or (given.pages is not None and given.pages < 1):
        raise Refusal("Số bản và số trang phải từ 1 trở lên.", field="copies")
    return replace(
        given,
        symbol=texts["symbol"],
        issuer=texts["issuer"],
        issuer_superior=texts["issuer_superior"],
        abstract=texts["abstract"],
        signer=texts["signer"],
        signer_title=texts["signer_title"],
        note=nfc(given.note).strip()[:500],
    )


def columns(particulars: Particulars) -> dict[str, Any]:
    """Return the particulars as columns of ``IncomingDocument``."""
    return {field.name: getattr(particulars, field.name) for field in fields(particulars)}
