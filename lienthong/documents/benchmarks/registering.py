"""``bench register``: eight writers in one book, beside the same rows written by bare SQL."""

from __future__ import annotations

import multiprocessing
import statistics
import time
import uuid
from typing import Any, LiteralString

import psycopg
from django.db import connection

from lienthong.calendars.models import WorkCalendar
from lienthong.documents.benchmarks.data import clerk_of
from lienthong.documents.models import Book
from lienthong.documents.operations.registration import register
from lienthong.documents.particulars import Particulars
from lienthong.journal.models import Event
from lienthong.kernel.clock import local_date, now
from lienthong.kernel.timing import bare_connection, compared, milliseconds, queries_of
from lienthong.organisation.actor import Actor

WRITERS = 8
EACH = 40
TURNS = 3
PATIENCE = 60
"""Seconds after which a writer that never came is a failure."""

_DOCUMENT = """
INSERT INTO documents_incomingdocument (
    agency_id, book_id, year, arrival_date, symbol, symbol_key, issuer, issuer_superior, document_date, abstract,
    signer, signer_title, urgency, channel, copies, note, answer_symbol, state, registered_by_id, registered_at,
    request_key)
VALUES (%(agency)s, %(book)s, %(year)s, %(day)s, %(symbol)s::text, %(symbol)s::text, 'UBND tỉnh', '', %(day)s,
        'V/v báo cáo', '', '', 'normal', 'paper', 1, '', '', 'registered', %(clerk)s, %(at)s, %(key)s) RETURNING id
"""
_READER = """INSERT INTO documents_incomingreader (document_id, audience, arrival_date, state, is_urgent)
VALUES (%(id)s, %(agency)s, %(day)s, 'registered', false)"""
_ENTRY = """INSERT INTO search_searchentry
(subject_kind, subject_id, kind, title, symbol, body, unit_id, year, state, at, tsv)
VALUES ('incoming', %(id)s, 'incoming', 'V/v báo cáo', %(symbol)s::text, 'UBND tỉnh', %(agency)s, %(year)s,
        'registered', %(at)s, to_tsvector('simple', 'v/v báo cáo ubnd tỉnh ' || %(symbol)s::text))"""
_COUNTER = """INSERT INTO numbering_counter (series_id, period, highest) VALUES (%(series)s, %(year)s, 1)
ON CONFLICT (series_id, period) DO UPDATE SET highest = numbering_counter.highest + 1 RETURNING highest"""
_NUMBER = """INSERT INTO numbering_number
(series_id, period, number, suffix, state, subject_kind, subject_id, reason, at)
VALUES (%(series)s, %(year)s, %(number)s, '', 'issued', 'incoming', %(id)s, '', %(at)s)"""
_WAIT = """INSERT INTO documents_wait (document_id, step, post_id, started_at, due_at, source, verified, told)
VALUES (%(id)s, 'forward', %(clerk)s, %(at)s, %(at)s, '', true, 0) RETURNING id"""
_DEADLINE = """INSERT INTO calendars_deadline
(subject_kind, subject_id, calendar_id, version_id, "limit", events, original_due_at, due_at)
VALUES ('wait', %(wait)s, %(calendar)s, %(version)s, '8 working hours', '[]', %(at)s, %(at)s)"""
_NUMBERED = "UPDATE documents_incomingdocument SET arrival_number = %(number)s WHERE id = %(id)s"
_EVENT = """INSERT INTO journal_event
(subject_kind, subject_id, sequence, thread_kind, thread_id, kind, at, officer_id, post_id, particulars, hash)
VALUES ('incoming', %(id)s, 1, 'incoming', %(id)s, 'incoming.registered', %(at)s, %(officer)s, %(clerk)s, '{}',
        '\\x00')"""


def measure(size: int) -> dict[str, object]:  # noqa: ARG001 - the contract of benchmarks
    """Measure registrations a second by eight processes, in turn with the bare rows; and one alone."""
    book = Book.objects.select_related("agency", "series").get(name="Sổ đo")
    clerk = clerk_of(book)
    _one(book, clerk)
    queries = queries_of(lambda: _one(book, clerk))
    alone = [milliseconds(lambda: _one(book, clerk)) for _ in range(30)]
    facts = _facts(book)
    with bare_connection() as bare:
        floor_alone = [milliseconds(lambda: _bare_one(bare, facts)) for _ in range(30)]
        bare.execute("DELETE FROM search_searchentry WHERE title = 'V/v báo cáo' AND body = 'UBND tỉnh'")
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL has one
    rates, floors = [], []
    for _ in range(TURNS):
        floors.append(_rate(_write_bare))
        rates.append(_rate(_write))
    rate, floor = statistics.median(rates), statistics.median(floors)
    return {
        **compared(alone, floor_alone),
        "queries": queries,
        "writers": WRITERS,
        "per_second": round(rate, 1),
        "floor_per_second": round(floor, 1),
        "share_of_floor": round(rate / floor, 2),
        "events": Event.objects.count(),
    }


def _rate(writer: Any) -> float:
    """Return how many a second the writers do together, once all are ready."""
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(WRITERS + 1)
    writers = [context.Process(target=writer, args=(gate,)) for _ in range(WRITERS)]
    for one in writers:
        one.start()
    gate.wait(PATIENCE)
    started = time.perf_counter()
    for one in writers:
        one.join(PATIENCE)
    if any(one.exitcode for one in writers):
        raise RuntimeError("a writer failed")
    return WRITERS * EACH / (time.perf_counter() - started)


def _write(gate: Any) -> None:
    book = Book.objects.select_related("agency", "series").get(name="Sổ đo")
    clerk = clerk_of(book)
    _one(book, clerk)
    gate.wait(PATIENCE)
    for _ in range(EACH):
        _one(book, clerk)


def _write_bare(gate: Any) -> None:
    facts = _facts(Book.objects.get(name="Sổ đo"))
    with bare_connection() as bare:
        _bare_one(bare, facts)
        gate.wait(PATIENCE)
        for _ in range(EACH):
            _bare_one(bare, facts)


def _one(book: Book, clerk: Actor) -> None:
    at = now()
    particulars = Particulars(
        symbol=f"{uuid.uuid4().hex[:8]}/ĐO", issuer="UBND tỉnh", document_date=local_date(at), abstract="V/v báo cáo"
    )
    register(book, particulars, actor=clerk, at=at)


def _facts(book: Book) -> dict[str, Any]:
    clerk, at = clerk_of(book), now()
    calendar = WorkCalendar.objects.filter(current__isnull=False).order_by("pk")[0]
    return {
        "calendar": calendar.pk, "version": calendar.current_id,
        "agency": book.agency_id, "book": book.pk, "series": book.series_id, "clerk": clerk.post.pk,
        "officer": clerk.officer.pk, "year": local_date(at).year, "day": local_date(at), "at": at,
    }  # fmt: skip


def _bare_one(bare: psycopg.Connection[Any], facts: dict[str, Any]) -> None:
    key = uuid.uuid4()
    row = {**facts, "symbol": f"{key.hex[:8]}/ĐO", "key": key, "at": now()}
    with bare.transaction():
        row["id"] = _first(bare, _DOCUMENT, row)
        bare.execute(_READER, row)
        bare.execute(_ENTRY, row)
        row["wait"] = _first(bare, _WAIT, row)
        bare.execute(_DEADLINE, row)
        row["number"] = _first(bare, _COUNTER, row)
        bare.execute(_NUMBER, row)
        bare.execute(_NUMBERED, row)
        bare.execute(_EVENT, row)


def _first(bare: psycopg.Connection[Any], statement: LiteralString, row: dict[str, Any]) -> int:
    found = bare.execute(statement, row).fetchone()
    if found is None:
        raise RuntimeError("a statement that returns a key returned none")
    return int(found[0])
