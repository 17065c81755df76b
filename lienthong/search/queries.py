"""Finding: what an actor may read and what they typed, to a page of hits."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection

from lienthong.kernel.subjects import Described, Subject, describe
from lienthong.kernel.subjects import kinds as subject_kinds
from lienthong.organisation.actor import Actor
from lienthong.search import tiers
from lienthong.search.highlights import SCANNED, Segment, passage, segments
from lienthong.search.query_text import Query, parse
from lienthong.search.sources import states_of

MOST = 500
"""How deep one may page: who does not find it among five hundred adds a word or a filter."""
COUNTED = 1_000
"""How far facets count; beyond it they say "more than"."""

FOUND = """
SELECT found.sweep, entry.id, entry.subject_kind, entry.subject_id, entry.kind, entry.title, entry.symbol,
       entry.unit_id, entry.year, entry.state, entry.at, {body}
  FROM search_walk(%(sweeps)s, %(reach)s, %(state)s, %(need)s) AS found
  JOIN search_searchentry AS entry ON entry.id = found.entry_id
 ORDER BY found.sweep, entry.id DESC OFFSET %(after)s
"""

_COUNTED = """
SELECT kind, year, state, unit_id, COUNT(*) FROM search_searchentry
 WHERE id = ANY (search_newest(%(widest)s, %(reach)s, '', '{}', %(most)s))
 GROUP BY GROUPING SETS ((kind), (year), (state), (unit_id)) ORDER BY COUNT(*) DESC, kind, year, state, unit_id
"""

_WORTH_TRYING = """
SELECT place FROM unnest(%(variants)s::text[]) WITH ORDINALITY AS variant(sought, place)
 WHERE search_newest(variant.sought, %(reach)s, '', '{}', 1) <> '{}'
 ORDER BY 1 LIMIT 3
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found: what it is, where it opens, and what of it matched."""

    subject: Subject
    kind: str
    title: list[Segment]
    symbol: list[Segment]
    snippet: list[Segment]
    url: str
    unit_id: int | None
    year: int | None
    state: str
    at: dt.datetime

    @property
    def kind_name(self) -> str:
        """What the kind is called."""
        return {kind.kind: kind.name for kind in subject_kinds()}.get(self.kind, self.kind)

    @property
    def state_name(self) -> str:
        """What the state is called; nothing for a state that its source does not name."""
        return states_of([self.subject.kind]).get(self.state, "")


@dataclass(frozen=True, slots=True)
class Facets:
    """How many matches there are of each kind, year, state and unit, whatever filters are set, up to ``COUNTED``."""

    kinds: Mapping[str, int] = field(default_factory=dict)
    years: Mapping[int, int] = field(default_factory=dict)
    states: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[int, int] = field(default_factory=dict)

    @property
    def is_cut(self) -> bool:
        """Whether there are more matches than were counted."""
        return sum(self.kinds.values()) >= COUNTED


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits; ``took`` is in milliseconds."""

    query: Query
    hits: list[Hit]
    facets: Facets = field(default_factory=Facets)
    took: float = 0.0
    more: bool = False


def find(
    actor: Actor,
    text: str,
    *,
    kinds: Iterable[str] = (),
    unit: int | None = None,
    year: int | None = None,
    state: str = "",
    limit: int = 25,
    after: int = 0,
    typing: bool = False,
    with_facets: bool = False,
) -> Results:
    """Find what the actor may read and what matches the text, best tiers first and the newest first within each.

    Two queries, one more for facets, and one for each kind of subject on the page. ``after`` is how many hits to
    skip. ``typing`` takes the last word for a beginning and shows no passages.
    """
    started = time.perf_counter()
    query = parse(text, typing=typing)
    last = newest() if query else 0
    if not last or not 0 <= after < MOST:
        return Results(query, [])
    reach = tiers.reach(last)
    sweeps = tiers.sweeps(query)
    allowed = tiers.restriction(actor.audiences, kinds=kinds, unit=unit, year=year)
    rows = _rows(tiers.restricted(sweeps, allowed), reach, state, limit, after, with_body=not typing)
    urls = describe(row.subject for row in rows[:limit])
    facets = Facets()
    if with_facets:
        everything = tiers.restricted(sweeps[-1:], tiers.restriction(actor.audiences))
        facets = _facets(everything[0], reach)
    return Results(
        query,
        [_hit(row, query, urls) for row in rows[:limit]],
        facets=facets,
        took=(time.perf_counter() - started) * 1000,
        more=len(rows) > limit and after + limit < MOST,
    )


def shorter(actor: Actor, query: Query) -> list[str]:
    """Return which queries of one word less find something without filters: what to propose when nothing was found."""
    words = query.words
    if not 2 <= len(words) <= 6:
        return []
    variants = [words[:place] + words[place + 1 :] for place in reversed(range(len(words)))]
    allowed = tiers.restriction(actor.audiences)
    values: dict[str, Any] = {
        "variants": [f"{allowed} & ({tiers.sweeps(Query(variant))[-1]})" for variant in variants],
        "reach": tiers.reach(newest()),
    }
    with connection.cursor() as cursor:
        cursor.execute(_WORTH_TRYING, values)
        return [" ".join(word.marked for word in variants[place - 1]) for (place,) in cursor.fetchall()]


class _Row(NamedTuple):
    sweep: int
    id: int
    subject_kind: str
    subject_id: int
    kind: str
    title: str
    symbol: str
    unit_id: int | None
    year: int | None
    state: str
    at: dt.datetime
    body: str

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_id)


def newest() -> int:
    """Return the id of the newest entry; 0 when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM search_searchentry")
        last: int = cursor.fetchone()[0]
    return last


def _rows(sweeps: list[str], reach: list[str], state: str, limit: int, after: int, *, with_body: bool) -> list[_Row]:
    body = f"left(entry.body, {SCANNED})" if with_body else "''"
    values: dict[str, Any] = {"sweeps": sweeps, "reach": reach, "state": state, "need": limit + after + 1}
    with connection.cursor() as cursor:
        cursor.execute(FOUND.format(body=body), {**values, "after": after})
        return [_Row(*row) for row in cursor.fetchall()]


def _facets(widest: str, reach: list[str]) -> Facets:
    values: dict[str, Any] = {"widest": widest, "reach": reach, "most": COUNTED}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, values)
        rows = cursor.fetchall()
    return Facets(
        kinds={row[0]: row[4] for row in rows if row[0]},
        years={row[1]: row[4] for row in rows if row[1]},
        states={row[2]: row[4] for row in rows if row[2]},
        units={row[3]: row[4] for row in rows if row[3]},
    )


def _hit(row: _Row, query: Query, described: Mapping[Subject, Described]) -> Hit:
    there = described.get(row.subject)
    return Hit(
        subject=row.subject,
        kind=row.kind,
        title=segments(row.title, query),
        symbol=segments(row.symbol, query),
        snippet=passage(row.body, query),
        url=there.url if there else "",
        unit_id=row.unit_id,
        year=row.year,
        state=row.state,
        at=row.at,
    )
