"""What a partner sends: read and checked by its adapter, taken in once, answered with a code, written down."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from lienthong.exchange import receivers
from lienthong.exchange.models import Arrival
from lienthong.exchange.partners.contract import Adapter, Answer, Record
from lienthong.exchange.receivers import WRONG, Refused
from lienthong.kernel.refusal import Refusal

TAKEN, FAULTY = "00", "01"
Outcome = Arrival.Outcome


def take_in(
    partner: Adapter, body: bytes, headers: Mapping[str, str], *, sender: str = "", at: dt.datetime
) -> dict[str, Any]:
    """Take in what a partner sent and return the answer as it reads it; each record by itself, in its own transaction.

    The same record again is answered as the first time and becomes nothing new. Raises ``ForgedError`` for what the
    partner did not sign and ``UnreadableError`` for what is no message of it.
    """
    records = partner.read(body, headers, at)
    return partner.reply([_one(partner.code, record, sender, at) for record in records])


@transaction.atomic
def _one(partner: str, record: Record, sender: str, at: dt.datetime) -> Answer:
    digest = hashlib.sha256(json.dumps([record.kind, record.raw], sort_keys=True).encode()).hexdigest()
    _one_at_a_time(partner, record.their_id)
    row = Arrival(partner=partner, kind=record.kind, their_id=record.their_id, digest=digest,
                  body=_plain(record.raw), sender=sender[:60], received_at=at)  # fmt: skip
    known = Arrival.objects.taken().filter(partner=partner, digest=digest).first()
    if known is not None:
        row.outcome, row.code, row.sentence = Outcome.REPEATED, known.code, known.sentence
        row.subject_kind, row.subject_id = known.subject_kind, known.subject_id
    elif record.what is None:
        row.outcome, row.code, row.sentence = Outcome.REFUSED, FAULTY, " ".join(record.faults)[:2000]
    else:
        _take(row, record, partner, at)
    row.save(force_insert=True)
    number = row.sentence if row.code == TAKEN else ""
    return Answer(record.their_id, row.code, "" if number else row.sentence, number)


def _take(row: Arrival, record: Record, partner: str, at: dt.datetime) -> None:
    assert record.what is not None  # noqa: S101 - the caller looked
    try:
        with transaction.atomic():
            subject, number = receivers.take(record.what, partner, at)
    except Refusal as refusal:
        row.outcome, row.sentence = Outcome.REFUSED, refusal.message[:2000]
        row.code = refusal.code if isinstance(refusal, Refused) else WRONG
        return
    row.outcome, row.code, row.sentence = Outcome.TAKEN, TAKEN, number
    row.subject_kind, row.subject_id = subject.kind, subject.pk


def _one_at_a_time(partner: str, their_id: str) -> None:
    """Let two calls about the same thing wait for one another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"exchange:{partner}:{their_id}"])


def _plain(raw: Mapping[str, Any]) -> Any:
    """Return what came without what a database cannot hold."""
    return json.loads(json.dumps(raw).replace("\\u0000", ""))
