"""Keeping the index in step with what it points at; each is one statement in the caller's transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import connection

from lienthong.kernel.subjects import Subject
from lienthong.search import lexemes
from lienthong.search.models import SearchEntry
from lienthong.search.sources import Entry

MAX_BODY = 100_000
"""Characters of a text that are kept to show what was found in it."""

Value = str | int | bool | dt.datetime | None

_SLICES = " || ' ' || ".join(f"'''#{level}.' || ({{pk}} >> {level}) || ''':1B'" for level in lexemes.LEVELS)
_SLICES_OF_NEW = f"({_SLICES.format(pk='fresh.id')})::tsvector"
_SLICES_OF_OLD = f"({_SLICES.format(pk='entry.id')})::tsvector"

_INDEX = f"""
INSERT INTO search_searchentry AS entry
    (id, subject_kind, subject_id, kind, title, symbol, body, unit_id, year, state, at, tsv)
SELECT fresh.id, %(subject_kind)s, %(subject_id)s, %(kind)s, %(title)s, %(symbol)s, %(body)s, %(unit_id)s, %(year)s,
       %(state)s, %(at)s, %(head)s::tsvector || %(filters)s::tsvector || {_SLICES_OF_NEW} || %(text)s::tsvector
  FROM (SELECT nextval(pg_get_serial_sequence('search_searchentry', 'id')) AS id) AS fresh
    ON CONFLICT (subject_kind, subject_id) DO UPDATE SET
       kind = excluded.kind, title = excluded.title, symbol = excluded.symbol, unit_id = excluded.unit_id,
       year = excluded.year, state = excluded.state, at = excluded.at,
       body = CASE WHEN %(has_body)s THEN excluded.body ELSE entry.body END,
       tsv = %(head)s::tsvector || %(filters)s::tsvector || {_SLICES_OF_OLD}
             || CASE WHEN %(has_body)s THEN %(text)s::tsvector ELSE ts_filter(entry.tsv, '{{d}}') END
"""  # noqa: S608 - the slices are a fixed text

_ADD_BODY = """
UPDATE search_searchentry AS entry
   SET body = left(CASE WHEN entry.body = '' THEN %(body)s ELSE entry.body || E'\\n' || %(body)s END, %(most)s),
       tsv = entry.tsv || %(text)s::tsvector
 WHERE subject_kind = %(subject_kind)s AND subject_id = %(subject_id)s
"""

_REINDEX_AUDIENCES = f"""
UPDATE search_searchentry AS entry
   SET tsv = ts_filter(entry.tsv, '{{a,d}}') || {_SLICES_OF_OLD} || %(readers)s::tsvector
             || ('''*' || kind || ''':1B' || COALESCE(' ''%%' || unit_id || ''':1B', '')
                 || COALESCE(' ''~' || year || ''':1B', ''))::tsvector
 WHERE subject_kind = %(subject_kind)s AND subject_id = %(subject_id)s
"""  # noqa: S608 - the slices are a fixed text

_OPEN_TO = """
UPDATE search_searchentry AS entry SET tsv = entry.tsv || %(readers)s::tsvector
 WHERE subject_kind = %(subject_kind)s AND subject_id = %(subject_id)s AND NOT entry.tsv @@ %(all)s::tsquery
"""

_OPEN_MANY_TO = _OPEN_TO.replace("subject_id = %(subject_id)s", "subject_id = ANY(%(subject_ids)s::bigint[])")


def index(
    subject: Subject,
    *,
    title: str,
    symbol: str = "",
    body: str = "",
    kind: str = "",
    unit_id: int | None = None,
    year: int | None = None,
    state: str = "",
    audiences: Iterable[int],
    at: dt.datetime,
) -> None:
    """Write or rewrite what a subject is found by. An empty ``body`` keeps the text that was given before."""
    kind = kind or subject.kind
    body = _storable(body)
    readers = list(audiences)[: lexemes.MAX_AUDIENCES]
    filters = lexemes.filter_lexemes(readers, kind=kind, unit_id=unit_id, year=year)
    _execute(
        _INDEX,
        subject,
        kind=kind,
        title=_storable(title),
        symbol=_storable(symbol)[:100],
        body=body[:MAX_BODY],
        has_body=bool(body),
        unit_id=unit_id,
        year=year,
        state=state,
        at=at,
        head=lexemes.vector(lexemes.title_lexemes(title, symbol), "A"),
        filters=lexemes.vector(filters, "B"),
        text=lexemes.vector(lexemes.body_lexemes(body), "D"),
    )


def index_entry(entry: Entry) -> None:
    """Write or rewrite what a subject is found by, given as one value (see ``index``)."""
    index(
        entry.subject,
        title=entry.title,
        symbol=entry.symbol,
        body=entry.body,
        kind=entry.kind,
        unit_id=entry.unit_id,
        year=entry.year,
        state=entry.state,
        audiences=entry.audiences,
        at=entry.at,
    )


def add_body(subject: Subject, text: str) -> None:
    """Add a text, such as that of an attached file, to what a subject is found by; nothing when it is not indexed."""
    text = _storable(text)
    if text.strip():
        found = lexemes.vector(lexemes.body_lexemes(text), "D")
        _execute(_ADD_BODY, subject, body=text[:MAX_BODY], most=MAX_BODY, text=found)


def reindex_audiences(subject: Subject, audiences: Iterable[int]) -> None:
    """Set anew who finds a subject: those who read it no longer find it no longer."""
    _execute(_REINDEX_AUDIENCES, subject, readers=_readers(audiences))


def open_to(subject: Subject, audiences: Iterable[int]) -> None:
    """Let further audiences find a subject; nothing is written when all of them do already."""
    keys = sorted(set(audiences))
    if keys:
        every = " & ".join(lexemes.quoted(lexemes.audience_lexeme(key)) for key in keys)
        _execute(_OPEN_TO, subject, readers=_readers(keys), all=every)


def open_many_to(kind: str, pks: Iterable[int], audiences: Iterable[int]) -> None:
    """Let further audiences find many subjects of one kind, with one statement."""
    keys = sorted(set(audiences))
    if keys:
        every = " & ".join(lexemes.quoted(lexemes.audience_lexeme(key)) for key in keys)
        with connection.cursor() as cursor:
            cursor.execute(
                _OPEN_MANY_TO,
                {"subject_kind": kind, "subject_ids": sorted(pks), "readers": _readers(keys), "all": every},
            )


def set_state(subject: Subject, state: str) -> None:
    """Set the state by which a subject is filtered; the index of words is not touched."""
    SearchEntry.objects.about(subject).exclude(state=state).update(state=state)


def remove(subject: Subject) -> None:
    """Take a subject out of the index."""
    SearchEntry.objects.about(subject).delete()


def _readers(audiences: Iterable[int]) -> str:
    keys = list(audiences)[: lexemes.MAX_AUDIENCES]
    return lexemes.vector(map(lexemes.audience_lexeme, keys), "B")


def _storable(text: str) -> str:
    return text.replace("\x00", "")


def _execute(statement: str, subject: Subject, **values: Value) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"subject_kind": subject.kind, "subject_id": subject.pk, **values})
