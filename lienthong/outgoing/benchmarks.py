"""``bench issue``: eight writers in one book, beside the same rows written by bare SQL."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import statistics
import time
import uuid
from typing import Any, LiteralString

import psycopg
from django.core.management import call_command
from django.db import connection, transaction

from lienthong.catalogue.models import DocumentType
from lienthong.kernel.clock import local_date, now
from lienthong.kernel.timing import bare_connection, compared, milliseconds, queries_of
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.organisation.operations import add_officer, appoint, found_unit, grant_signing_authority
from lienthong.organisation.queries import actor_for
from lienthong.outgoing.models import Draft, OutgoingBook
from lienthong.outgoing.operations.books import open_outgoing_book
from lienthong.outgoing.operations.drafting import begin
from lienthong.outgoing.operations.issuing import issue
from lienthong.outgoing.operations.recipients import Line, set_recipients
from lienthong.outgoing.operations.reviewing import put_up
from lienthong.outgoing.operations.signing import sign
from lienthong.outgoing.wording import Wording

WRITERS = 8
EACH = 20
TURNS = 3
ALONE = 20
PATIENCE = 120
"""Seconds after which a writer that never came is a failure."""
FOUNDED = dt.date(2010, 1, 1)
BOOK = "Sổ đo văn bản đi"
PEOPLE = (
    ("Người ký đo", "Giám đốc", "leader"),
    ("Văn thư đo", "Văn thư", "clerk"),
    ("Soạn đo", "Chuyên viên", "specialist"),
)

_COPY_DRAFT = """
INSERT INTO outgoing_draft (agency_id, unit_id, author_id, holder_id, scope, document_type_id, abstract, urgency,
    circulation, authority_id, state, version, round, due_at, begun_at, request_key)
SELECT agency_id, unit_id, author_id, NULL, scope, document_type_id, abstract, urgency, circulation, authority_id,
       'signed', version, round, due_at, begun_at, gen_random_uuid()
  FROM outgoing_draft, generate_series(1, %(many)s) WHERE outgoing_draft.id = %(model)s
RETURNING id
"""
_COPY_PARTS: tuple[LiteralString, ...] = (
    """INSERT INTO outgoing_draftversion (draft_id, number, post_id, abstract, addressees, body, appendices, note,
           revision, begun_at, saved_at, closed_at)
       SELECT copy, number, post_id, abstract, addressees, body, appendices, note, revision, begun_at, saved_at,
              closed_at FROM outgoing_draftversion, unnest(%(copies)s::bigint[]) AS copy WHERE draft_id = %(model)s""",
    """INSERT INTO outgoing_draftreader (draft_id, audience, state)
       SELECT copy, audience, 'signed' FROM outgoing_draftreader, unnest(%(copies)s::bigint[]) AS copy
        WHERE draft_id = %(model)s""",
    """INSERT INTO outgoing_recipient (draft_id, "order", line, way, unit_id, post_id, address, email, copies)
       SELECT copy, "order", line, way, unit_id, post_id, address, email, copies
         FROM outgoing_recipient, unnest(%(copies)s::bigint[]) AS copy WHERE draft_id = %(model)s""",
    """INSERT INTO outgoing_signature (draft_id, version_id, authority_id, post_id, name, lines, method, digest,
           evidence, signed_at, withdrawn_reason)
       SELECT version.draft_id, version.id, authority_id, s.post_id, name, lines, method, digest, evidence, signed_at,
              '' FROM outgoing_signature s JOIN outgoing_draftversion version ON version.draft_id = ANY(%(copies)s)
        WHERE s.draft_id = %(model)s""",
)
_BARE: tuple[LiteralString, ...] = (
    """UPDATE outgoing_draft SET state = 'issued' WHERE id = %(draft)s""",
    """UPDATE outgoing_draftreader SET state = 'issued' WHERE draft_id = %(draft)s""",
    """INSERT INTO outgoing_outgoingreader (document_id, audience, issue_date, scope, state, is_addressee)
       SELECT %(id)s, audience, %(day)s, 'outgoing', 'issued', false FROM outgoing_draftreader
        WHERE draft_id = %(draft)s""",
    """INSERT INTO outgoing_dispatch (document_id, recipient_id, state, reason, tracking)
       SELECT %(id)s, id, 'waiting', '', '' FROM outgoing_recipient WHERE draft_id = %(draft)s""",
    """INSERT INTO procrastinate_jobs (queue_name, task_name, args)
       VALUES ('bench', 'bench', '{}')""",
)
_COUNTER = """INSERT INTO numbering_counter (series_id, period, highest) VALUES (%(series)s, %(year)s, 1)
ON CONFLICT (series_id, period) DO UPDATE SET highest = numbering_counter.highest + 1 RETURNING highest"""
_NUMBERED: tuple[LiteralString, ...] = (
    """INSERT INTO numbering_number (series_id, period, number, suffix, state, subject_kind, subject_id, reason, at)
       VALUES (%(series)s, %(year)s, %(number)s, '', 'issued', 'outgoing', %(id)s, '', %(at)s)""",
    """INSERT INTO outgoing_outgoingdocument (id, draft_id, signature_id, agency_id, unit_id, book_id, scope, year,
           number, symbol, symbol_key, issue_date, superior, issuer, place, document_type_id, abstract, signer,
           signer_title, urgency, keeper, copies, note, state, issued_by_id, issued_at, request_key)
       SELECT %(id)s, d.id, s.id, d.agency_id, d.unit_id, %(book)s, d.scope, %(year)s, %(number)s,
              %(number)s || '/BC-ĐO', %(number)s || '/bc-do', %(day)s, '', 'ĐO', 'Đo', d.document_type_id, d.abstract,
              s.name, 'Giám đốc', d.urgency, '', 1, '', 'issued', %(clerk)s, %(at)s, gen_random_uuid()
         FROM outgoing_draft d JOIN outgoing_signature s ON s.draft_id = d.id WHERE d.id = %(draft)s""",
    """INSERT INTO search_searchentry
           (subject_kind, subject_id, kind, title, symbol, body, unit_id, year, state, at, tsv)
       VALUES ('outgoing', %(id)s, 'outgoing', 'Báo cáo đo', %(number)s || '/BC-ĐO', '', %(agency)s, %(year)s, 'issued',
               %(at)s, to_tsvector('simple', 'báo cáo đo ' || %(number)s))""",
    """INSERT INTO journal_event (subject_kind, subject_id, sequence, thread_kind, thread_id, kind, at, officer_id,
           post_id, particulars, hash)
       VALUES ('outgoing', %(id)s, 1, 'draft', %(draft)s, 'outgoing.issued', %(at)s, %(officer)s, %(clerk)s, '{}',
               '\\x00')""",
)


def prepare(size: int) -> None:  # noqa: ARG001 - the contract of benchmarks: what is issued is made by each run
    """Make the agency, its people and its book, unless they are there."""
    if OutgoingBook.objects.filter(name=BOOK).exists():
        return
    call_command("load_catalogue", verbosity=0)
    call_command("load_calendars", verbosity=0)
    at = now()
    with transaction.atomic():
        agency = found_unit(
            kind="department",
            name="Sở Đo văn bản đi",
            short_name="Sở Đo",
            parent=None,
            is_agency=True,
            symbol="ĐO",
            order=0,
            valid_from=FOUNDED,
            actor=None,
            at=at,
        )
        posts = {}
        for name, title, role in PEOPLE:
            officer = add_officer(full_name=name, actor=None, at=at)
            posts[role] = appoint(
                officer, unit=agency, title=title, role=role, order=1, valid_from=FOUNDED, actor=None, at=at
            )
        grant_signing_authority(posts["leader"], unit=agency, form="own", valid_from=FOUNDED, actor=None, at=at)
        open_outgoing_book(agency, name=BOOK, actor=None, at=at)


def measure(size: int) -> dict[str, object]:  # noqa: ARG001 - the contract of benchmarks
    """Measure documents issued a second by eight processes, in turn with the bare rows; and one alone."""
    clerk = _actor("clerk")
    drafts = iter(_drafts(2 * ALONE + 2))
    _one(next(drafts), clerk)
    queries = queries_of(lambda: _one(next(drafts), clerk))
    alone = [milliseconds(lambda: _one(next(drafts), clerk)) for _ in range(ALONE)]
    facts = _facts(clerk)
    with bare_connection() as bare:
        floor_alone = [milliseconds(lambda: _bare_one(bare, next(drafts), facts)) for _ in range(ALONE)]
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
    }


def _actor(role: str) -> Actor:
    book = OutgoingBook.objects.get(name=BOOK)
    post = Post.objects.select_related("officer", "unit__agency").get(unit=book.agency_id, role=role)
    return actor_for(post, on=local_date(now()))


def _drafts(many: int) -> list[int]:
    """Return keys of fresh signed drafts: one made by the operations, the others its copies."""
    at, writer, leader = now(), _actor("specialist"), _actor("leader")
    wording = Wording(abstract="Kết quả đo", body="1. Nội dung đo.\n2. Hết./.")
    draft = begin(DocumentType.objects.get(code="bao-cao"), wording, actor=writer, at=at)
    unit = Unit.objects.get(pk=draft.agency_id)
    lines = [Line(line=f"Nơi nhận {number}", way="post", address="Phan Thiết") for number in range(2)]
    set_recipients(draft, [*lines, Line(line="Lưu: VT", way="file")], actor=writer, at=at)
    authority = unit.signing_authorities.select_related("post__unit", "post__officer").get()
    put_up(draft, [], authority=authority, actor=writer, at=at)
    sign(draft, version=1, actor=leader, at=at)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_COPY_DRAFT, {"many": many, "model": draft.pk})
        copies = [key for (key,) in cursor.fetchall()]
        for statement in _COPY_PARTS:
            cursor.execute(statement, {"copies": copies, "model": draft.pk})
    return copies


def _rate(writer: Any) -> float:
    """Return how many a second the writers do together, once all are ready."""
    keys = _drafts(WRITERS * (EACH + 1))
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL has one
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(WRITERS + 1)
    writers = [context.Process(target=writer, args=(gate, keys[place::WRITERS])) for place in range(WRITERS)]
    for one in writers:
        one.start()
    gate.wait(PATIENCE)
    started = time.perf_counter()
    for one in writers:
        one.join(PATIENCE)
    if any(one.exitcode for one in writers):
        raise RuntimeError("a writer failed")
    return WRITERS * EACH / (time.perf_counter() - started)


def _write(gate: Any, keys: list[int]) -> None:
    clerk = _actor("clerk")
    _one(keys[0], clerk)
    gate.wait(PATIENCE)
    for key in keys[1:]:
        _one(key, clerk)


def _write_bare(gate: Any, keys: list[int]) -> None:
    facts = _facts(_actor("clerk"))
    with bare_connection() as bare:
        _bare_one(bare, keys[0], facts)
        gate.wait(PATIENCE)
        for key in keys[1:]:
            _bare_one(bare, key, facts)


def _one(key: int, clerk: Actor) -> None:
    issue(Draft(pk=key), request_key=uuid.uuid4(), actor=clerk, at=now())


def _facts(clerk: Actor) -> dict[str, Any]:
    book, at = OutgoingBook.objects.get(name=BOOK), now()
    return {
        "book": book.pk, "agency": book.agency_id, "series": book.series_id, "clerk": clerk.post.pk,
        "officer": clerk.officer.pk, "year": local_date(at).year, "day": local_date(at), "at": at,
    }  # fmt: skip


def _bare_one(bare: psycopg.Connection[Any], draft: int, facts: dict[str, Any]) -> None:
    row = {**facts, "draft": draft, "at": now()}
    with bare.transaction():
        row["id"] = _first(bare, "SELECT nextval(pg_get_serial_sequence('outgoing_outgoingdocument', 'id'))", row)
        for statement in _BARE:
            bare.execute(statement, row)
        row["number"] = _first(bare, _COUNTER, row)
        for statement in _NUMBERED:
            bare.execute(statement, row)


def _first(bare: psycopg.Connection[Any], statement: LiteralString, row: dict[str, Any]) -> int:
    found = bare.execute(statement, row).fetchone()
    if found is None:
        raise RuntimeError("a statement that returns a key returned none")
    return int(found[0])
