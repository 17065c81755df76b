"""What was registered before: the very same request, probable doubles, and the same file."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from lienthong.documents.doubles import same_issuer, symbol_key
from lienthong.documents.models import IncomingDocument, Intake
from lienthong.documents.particulars import Particulars
from lienthong.files.models import Attachment, StoredFile

MOST = 10


@dataclass(frozen=True, slots=True)
class Before:
    """``done``: what this very request registered already; ``double``: a probable double, the newest."""

    done: IncomingDocument | None
    double: IncomingDocument | None


def same_bytes(agency_id: int, files: Sequence[StoredFile]) -> IncomingDocument | None:
    """Return the newest document of the agency on which one of these files hangs already, by content (one query)."""
    if not files:
        return None
    blobs = [file.blob_id for file in files]
    hanging = Attachment.objects.standing().filter(subject_kind="incoming", file__blob__in=blobs)
    documents = IncomingDocument.objects.filter(agency_id=agency_id, pk__in=hanging.values("subject_id"))
    return documents.exclude(state=IncomingDocument.State.VOID).order_by("-id").first()


def lying_beside(intake: Intake) -> tuple[IncomingDocument | None, Intake | None]:
    """Return the document that has this file already, and the first other intake with the same content."""
    if intake.file is None:
        return None, None
    waiting = Intake.objects.filter(agency_id=intake.agency_id).waiting().select_related("file").order_by("id")
    twin = waiting.filter(file__blob_id=intake.file.blob_id).exclude(pk=intake.pk).first()
    return same_bytes(intake.agency_id, [intake.file]), twin


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
