"""Proposed metadata as it is kept with an intake and shown beside the fields of the form."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from lienthong.catalogue.models import DocumentType
from lienthong.documents.extraction import Extraction, Proposal
from lienthong.documents.models import IncomingDocument
from lienthong.documents.particulars import LENGTHS

CONTEXT = 60
FORM_FIELDS = {
    "so_ky_hieu": "symbol",
    "co_quan_ban_hanh": "issuer",
    "co_quan_chu_quan": "issuer_superior",
    "ngay_ban_hanh": "document_date",
    "loai_van_ban": "document_type",
    "trich_yeu": "abstract",
    "nguoi_ky": "signer",
    "chuc_vu": "signer_title",
    "do_khan": "urgency",
}


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A deadline that the text names: its wording, its day (None: counted from an unknown day), whom it concerns."""

    phrase: str
    due: dt.date | None
    units: str


def as_stored(extraction: Extraction) -> dict[str, Any]:
    """Return the proposals as plain JSON: by form field the value, how sure, and the found place with text around it.

    ``deadlines`` lists the deadlines that the text names, each with its wording and the units that it concerns.
    """
    found = {form: getattr(extraction, name) for name, form in FORM_FIELDS.items()}
    fields = {form: _stored(proposal, extraction.text) for form, proposal in found.items() if proposal}
    deadlines = [
        {
            "due": deadline.due.isoformat() if deadline.due else None,
            "phrase": deadline.phrase,
            "units": deadline.unit_text,
        }
        for deadline in extraction.deadlines
    ]
    main = extraction.han_xu_ly
    return {"fields": fields, "deadlines": deadlines, "due": main.value if main else None}


def initial_values(stored: dict[str, Any], *, on: dt.date) -> dict[str, Any]:
    """Return the proposals of an intake as a form begins with them: the type as its row, the urgency as its code."""
    values = {name: field["value"] for name, field in stored.get("fields", {}).items()}
    values |= {name: values[name][:longest] for name, longest in LENGTHS.items() if name in values}
    if "document_date" in values:
        values["document_date"] = dt.date.fromisoformat(values["document_date"])
    if stored.get("due"):
        values["named_due"] = dt.date.fromisoformat(stored["due"])
    if "document_type" in values:
        values["document_type"] = DocumentType.objects.in_force(on).filter(name__iexact=values["document_type"]).first()
    if "urgency" in values:
        codes = {label: code for code, label in IncomingDocument.Urgency.choices}
        values["urgency"] = codes.get(values["urgency"], IncomingDocument.Urgency.NORMAL)
    return values


def named_deadlines(stored: dict[str, Any]) -> list[NamedLine]:
    """Return the deadlines that the text of an intake names, as the form lists them."""
    return [
        NamedLine(one["phrase"], dt.date.fromisoformat(one["due"]) if one["due"] else None, one["units"])
        for one in stored.get("deadlines", [])
    ]


def _stored(proposal: Proposal, text: str) -> dict[str, Any]:
    start, end = proposal.start, proposal.end
    return {
        "value": proposal.value,
        "confidence": round(proposal.confidence, 2),
        "how": proposal.how,
        "before": text[max(0, start - CONTEXT) : start],
        "quote": proposal.quote,
        "after": text[end : end + CONTEXT],
    }
