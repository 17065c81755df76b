"""With which document an incoming one was answered."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.documents import policies
from lienthong.documents.models import IncomingDocument
from lienthong.documents.operations.readers import locked
from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.kernel.vietnamese import nfc
from lienthong.organisation.actor import Actor


@transaction.atomic
def note_issued_answer(document: IncomingDocument, *, symbol: str, by: Subject, at: dt.datetime) -> None:
    """Note that an issued document (``by``) answers; further answers are added, the same one changes nothing."""
    document = locked(document)
    known = [one for one in document.answer_symbol.split("; ") if one]
    if symbol in known:
        return
    document.answer_symbol = "; ".join([*known, symbol])[:200]
    document.save(update_fields=["answer_symbol"])
    event = {"symbol": symbol, "by": str(by)}
    record(document.subject, "incoming.answered", actor=None, at=at, particulars=event)


@transaction.atomic
def forget_issued_answer(document: IncomingDocument, *, symbol: str, by: Subject, at: dt.datetime) -> None:
    """Note that an answer was recalled (``by``): it no longer stands in the follow-up book; the timeline keeps it."""
    document = locked(document)
    known = [one for one in document.answer_symbol.split("; ") if one]
    if symbol not in known:
        return
    document.answer_symbol = "; ".join(one for one in known if one != symbol)
    document.save(update_fields=["answer_symbol"])
    event = {"symbol": symbol, "by": str(by)}
    record(document.subject, "incoming.answer_recalled", actor=None, at=at, particulars=event)


@transaction.atomic
def note_answer(document: IncomingDocument, *, symbol: str, actor: Actor, at: dt.datetime) -> None:
    """Note the symbol of the document that answers (column 6 of the follow-up book).

    Clerks of the agency and those who lead a task on the document may; refuses an empty or over-long symbol.
    """
    document = locked(document)
    if not policies.can_answer(actor, document):
        raise Forbidden("Chỉ văn thư hoặc người chủ trì giải quyết được ghi văn bản trả lời.")
    symbol = " ".join(nfc(symbol).split())
    if not symbol or len(symbol) > 200:
        raise Refusal("Hãy ghi số, ký hiệu văn bản trả lời (không quá 200 chữ).", field="symbol")
    document.answer_symbol = symbol
    document.save(update_fields=["answer_symbol"])
    record(document.subject, "incoming.answered", actor=actor, at=at, particulars={"symbol": symbol})
