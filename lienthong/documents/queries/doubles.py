"""Probable doubles of a document that is about to be registered."""

from __future__ import annotations

from lienthong.documents.doubles import same_issuer, symbol_key
from lienthong.documents.models import IncomingDocument
from lienthong.documents.particulars import Particulars


def doubles_of(agency_id: int, particulars: Particulars) -> list[IncomingDocument]:
    """Return documents of the agency with the same symbol, date and issuer; none without a symbol. One query."""
    key = symbol_key(particulars.symbol)
    if not key:
        return []
    same = IncomingDocument.objects.filter(
        agency_id=agency_id, symbol_key=key, document_date=particulars.document_date
    ).exclude(state=IncomingDocument.State.VOID)
    return [other for other in same.order_by("-id")[:10] if same_issuer(other.issuer, particulars.issuer)]
