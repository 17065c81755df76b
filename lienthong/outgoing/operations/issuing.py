"""Number and date: a signed draft becomes a document."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import connection, transaction
from procrastinate.contrib.django import app as jobs

from lienthong.documents.doubles import symbol_key
from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.numbering import operations as numbering
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.organisation.queries import successors
from lienthong.outgoing import hooks, policies
from lienthong.outgoing.models import (
    Correction,
    Dispatch,
    Draft,
    DraftSource,
    OutgoingDocument,
    OutgoingReader,
    Recipient,
    Replacement,
    Signature,
)
from lienthong.outgoing.operations.books import book_for
from lienthong.outgoing.operations.readers import locked
from lienthong.outgoing.operations.standing import mark
from lienthong.outgoing.pages import head_of
from lienthong.outgoing.signers import refuse_gone_agency
from lienthong.outgoing.symbols import symbol_of
from lienthong.search.operations import index_entry
from lienthong.search.sources import Entry

State = OutgoingDocument.State


@transaction.atomic
def issue(
    draft: Draft,
    *,
    keeper: str = "",
    copies: int = 1,
    note: str = "",
    request_key: uuid.UUID | None = None,
    actor: Actor,
    at: dt.datetime,
) -> OutgoingDocument:
    """Give a signed draft its number and today's date in the agency's book, in one transaction, the number last.

    What follows (the PDF, the deliveries, the task that it closes) is ``publish``, which a job does even when the
    process dies here. The same ``request_key``, or a draft that somebody else has just issued, returns that document.
    Refuses who is no clerk of the agency, a draft that is not signed, an agency without a book for it, and recipients
    that no longer exist.
    """
    request_key = request_key or uuid.uuid4()
    draft = locked(draft)
    done = OutgoingDocument.objects.filter(draft=draft).first() if draft.state == Draft.State.ISSUED else None
    if done and (done.request_key == request_key or policies.can_dispatch(actor, done)):
        return done
    if not policies.can_issue(actor, draft):
        raise Forbidden("Chỉ văn thư của cơ quan cấp số được, khi văn bản đã ký.")
    if not 1 <= copies <= 9999:
        raise Refusal("Số lượng bản từ 1 đến 9999.", field="copies")
    today = local_date(at)
    refuse_gone_agency(draft.agency, on=today)
    signature = draft.signatures.select_related("post__unit").get(withdrawn_at=None)
    recipients = list(draft.recipients.select_related("unit", "post__unit"))
    _refuse_gone(recipients, on=today)
    book = book_for(draft.agency, scope=draft.scope, type_code=draft.document_type.code)
    head = head_of(draft.agency, today, signature.lines)
    document = OutgoingDocument(
        pk=_next_key(),
        draft=draft,
        signature=signature,
        agency=draft.agency,
        unit=draft.unit,
        book=book,
        scope=draft.scope,
        year=today.year,
        issue_date=today,
        superior=head.superior,
        issuer=head.issuer,
        place=head.place,
        document_type=draft.document_type,
        abstract=draft.abstract,
        signer=signature.name,
        signer_title=_title(signature),
        urgency=draft.urgency,
        keeper=keeper.strip()[:200],
        copies=copies,
        note=note.strip()[:500],
        issued_by=actor.post,
        issued_at=at,
        request_key=request_key,
    )
    audiences = _open(document, draft, recipients)
    Dispatch.objects.bulk_create(Dispatch(document_id=document.pk, recipient=recipient) for recipient in recipients)
    draft.state = Draft.State.ISSUED
    draft.save(update_fields=["state"])
    draft.readers.update(state=draft.state)
    jobs.configure_task("lienthong.outgoing.jobs.publish", queue="files").defer(document_id=document.pk)
    document.number = numbering.take(book.series, period=document.year, subject=document.subject, at=at)
    document.symbol = symbol_of(
        document.number,
        type_abbreviation=draft.document_type.abbreviation,
        agency=draft.agency.symbol,
        unit=draft.unit.symbol,
    )
    document.symbol_key = symbol_key(document.symbol)
    document.save(force_insert=True)
    index_entry(entry_of(document, audiences, at=at))
    event = {"symbol": document.symbol, "number": document.number, "book": book.name}
    record(
        document.subject, "outgoing.issued", actor=actor, at=at, particulars=event, thread=draft.subject, is_new=True
    )
    _stand_for(document, draft, actor=actor, at=at)
    return document


@transaction.atomic
def redirect_recipient(recipient: Recipient, to: Unit, *, actor: Actor, at: dt.datetime) -> Recipient:
    """Send to the successor what was meant for a unit that is gone: by the clerk, after the signature.

    Refuses a unit that did not take over from the one on the paper.
    """
    draft = locked(recipient.draft)
    if not policies.can_issue(actor, draft) or recipient.unit is None:
        raise Forbidden("Chỉ văn thư chuyển nơi nhận sang đơn vị kế thừa được, trước khi cấp số.")
    if to.pk not in {unit.pk for unit in successors(recipient.unit, local_date(at))}:
        raise Refusal(f"{to} không kế thừa {recipient.unit}. Hãy chọn đơn vị kế thừa.", field="recipients")
    before = recipient.unit
    recipient.unit = to
    recipient.save(update_fields=["unit"])
    event = {"from": before.name, "to": to.name}
    record(draft.subject, "draft.recipient_redirected", actor=actor, at=at, particulars=event)
    return recipient


def entry_of(document: OutgoingDocument, audiences: list[int], *, at: dt.datetime, body: str = "") -> Entry:
    """Return the search entry of an outgoing document; the text of its pages follows when it is published."""
    return Entry(
        subject=document.subject,
        title=document.title,
        symbol=document.symbol,
        body=body,
        kind="outgoing",
        unit_id=document.agency_id,
        year=document.year,
        state=document.state,
        audiences=audiences,
        at=at,
    )


def _title(signature: Signature) -> str:
    """Return the title as a sentence writes it, of the last line above the name: ``Phó Giám đốc``."""
    title, last = signature.post.title, signature.lines[-1] if signature.lines else ""
    return title if not last or last.casefold() == title.casefold() else last.capitalize()


def _refuse_gone(recipients: list[Recipient], *, on: dt.date) -> None:
    for recipient in recipients:
        unit = recipient.unit
        if unit is None or unit.valid_to is None or unit.valid_to > on:
            continue
        heirs = ", ".join(heir.name for heir in successors(unit, on))
        instead = f"Hãy chuyển sang {heirs}" if heirs else "Hãy rút chữ ký và sửa nơi nhận"
        raise Refusal(
            f"{unit} đã thôi hoạt động từ {unit.valid_to:%d/%m/%Y}. {instead} rồi cấp số.", field="recipients"
        )


def _open(document: OutgoingDocument, draft: Draft, recipients: list[Recipient]) -> list[int]:
    """Open the document to who read the draft, the agency's clerks and leaders, and its recipients inside."""
    inside = [recipient for recipient in recipients if recipient.way == Recipient.Way.INSIDE]
    addressed = {one.post.audience for one in inside if one.post}
    addressed |= {one.unit.audience for one in inside if one.unit and not one.post}
    readers = {draft.agency.audience, *draft.readers.values_list("audience", flat=True)}
    audiences = sorted(addressed | readers)
    OutgoingReader.objects.bulk_create(
        OutgoingReader(
            document_id=document.pk,
            audience=audience,
            issue_date=document.issue_date,
            scope=document.scope,
            state=document.state,
            is_addressee=audience in addressed,
        )
        for audience in audiences
    )
    return audiences


def _stand_for(document: OutgoingDocument, draft: Draft, *, actor: Actor, at: dt.datetime) -> None:
    """Write down what the document replaces or corrects, and mark that; tell whose result it is."""
    sources = list(draft.sources.order_by("pk"))
    changed = (DraftSource.Relation.REPLACES, DraftSource.Relation.CORRECTS)
    for source in [one for one in sources if one.relation in changed]:
        other = OutgoingDocument.objects.select_for_update(of=("self",)).get(pk=source.subject_id)
        if source.relation == DraftSource.Relation.REPLACES:
            if other.state in (State.REPLACED, State.RECALLED):
                raise Refusal(f"{other.symbol} đã được thay thế hoặc thu hồi trước đó.", field="sources")
            Replacement.objects.create(old=other, new=document, reason=document.abstract, post=actor.post, at=at)
            mark(other, State.REPLACED)
            sources += hooks.inherit(other.draft, draft)
            kind = "outgoing.replaced"
        else:
            Correction.objects.create(document=other, letter=document, reason=document.abstract, post=actor.post, at=at)
            if other.state in (State.ISSUED, State.PUBLISHED):
                mark(other, State.CORRECTED)
            kind = "outgoing.corrected"
        event = {"by": document.symbol, "document": document.pk}
        record(other.subject, kind, actor=actor, at=at, particulars=event, thread=Subject("draft", other.draft_id))
    hooks.tell(draft, "issued", sources=sources, document=document, actor=actor, at=at)


def _next_key() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('outgoing_outgoingdocument', 'id'))")
        return int(cursor.fetchone()[0])
