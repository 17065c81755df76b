"""What was registered before: the very same request, and probable doubles."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Q

from lienthong.documents.doubles import same_issuer, symbol_key
from lienthong.documents.models import IncomingDocument
from lienthong.documents.particulars import Particulars

MOST = 10


@dataclass(frozen=True, slots=True)
class Before:
    """``done``: what this very request registered already; ``double``: a probable double, the newest."""

    done: IncomingDocument | None
    double: IncomingDocument | None


def before(agency_id: int, particulars: Particulars, *, request_key: uuid.UUID) -> Before:
    """Look for the same request, and for the same symbol, date and issuer in the agency (one query)."""
    key = symbol_key(particulars.symbol)
    wanted = Q(request_key=request_key)
    if key:
        wanted |= Q(agency_id=agency_id, symbol_key=key, document_date=particulars.document_date) & ~Q(
            state=IncomingDocument.State.VOID
        )
    found = list(IncomingDocument.objects.filter(wanted).order_by("-id")[:MOST])
    done = next((one for one in found if one.request_key == request_key), None)
    doubles = (one for one in found if one.symbol_key == key and same_issuer(one.issuer, particulars.issuer))
    return Before(done, next(doubles, None) if key else None)
