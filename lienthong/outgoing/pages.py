"""What the pages of a draft or of an issued document show, as the value that ``formatting`` sets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from lienthong.formatting.official import Official
from lienthong.organisation.models import Unit
from lienthong.outgoing.models import Draft, DraftVersion, OutgoingDocument
from lienthong.outgoing.symbols import symbol_of
from lienthong.outgoing.wording import appendices_of
from lienthong.stationery.heads import HeadLines, signs_in_person
from lienthong.stationery.queries import letterhead_on


def pages_of_draft(draft: Draft, version: DraftVersion | None = None, *, on: dt.date) -> Official:
    """Return the pages of a version of a draft (the newest) as it would be issued on a day, without number and date."""
    version = version or draft.versions.get(number=draft.version)
    authority = draft.authority
    block = tuple(authority.block) if authority else ()
    head = head_of(draft.agency, on, block)
    return Official(
        superior=head.superior,
        issuer=head.issuer,
        symbol=symbol_of(
            None,
            type_abbreviation=draft.document_type.abbreviation,
            agency=draft.agency.symbol,
            unit=draft.unit.symbol,
        ),
        place=head.place,
        date=None,
        type_name=type_name(draft),
        abstract=version.abstract,
        addressees=tuple(version.addressees),
        body=version.body,
        signing=block,
        signer=authority.post.officer.full_name if authority else "",
        recipients=_recipients(draft),
        urgency=draft.urgency,
        circulation=draft.circulation,
        contact=head.contact,
        appendices=appendices_of(version.appendices),
        is_draft=True,
    )


def pages_of_document(document: OutgoingDocument) -> Official:
    """Return the pages of an issued document: the signed version under its number, date and letterhead of that day."""
    draft, signature = document.draft, document.signature
    version = signature.version
    return Official(
        superior=document.superior,
        issuer=document.issuer,
        symbol=document.symbol,
        place=document.place,
        date=document.issue_date,
        type_name=type_name(draft),
        abstract=version.abstract,
        addressees=tuple(version.addressees),
        body=version.body,
        signing=tuple(signature.lines),
        signer=signature.name,
        recipients=_recipients(draft),
        urgency=document.urgency,
        circulation=draft.circulation,
        contact=head_of(document.agency, document.issue_date, signature.lines).contact,
        appendices=appendices_of(version.appendices),
    )


def head_of(agency: Unit, on: dt.date, block: Sequence[str]) -> HeadLines:
    """Return the head of a paper: the agency's, or its chairman's where nobody signs for the committee (no "TM.")."""
    return letterhead_on(agency, on, in_person=signs_in_person(agency.kind, block))


def type_name(draft: Draft) -> str:
    """Return the name that is printed above the abstract; nothing for a công văn."""
    return "" if draft.document_type.code == "cong-van" else draft.document_type.name


def _recipients(draft: Draft) -> tuple[str, ...]:
    return tuple(draft.recipients.order_by("order").values_list("line", flat=True))
