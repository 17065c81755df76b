"""Who stands above whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

UP = """
WITH RECURSIVE up AS (
    SELECT id AS start, id, parent_id, is_agency, 0 AS depth FROM organisation_unit WHERE id = ANY(%s)
    UNION ALL
    SELECT up.start, unit.id, unit.parent_id, unit.is_agency, up.depth + 1
    FROM up JOIN organisation_unit unit ON unit.id = up.parent_id WHERE up.depth < 12
)
SELECT start, id, is_agency FROM up ORDER BY start, depth
"""


@dataclass(frozen=True, slots=True)
class Chain:
    """A unit and those above it, nearest first; ``within`` only to its agency."""

    units: tuple[int, ...]
    within: tuple[int, ...]


def chains(unit_pks: Iterable[int]) -> dict[int, Chain]:
    """Return for each unit itself and all units above it, with one query."""
    above: dict[int, list[tuple[int, bool]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(UP, [sorted(set(unit_pks))])
        for start, pk, is_agency in cursor.fetchall():
            above.setdefault(start, []).append((pk, is_agency))
    return {start: _chain(rows) for start, rows in above.items()}


def _chain(rows: list[tuple[int, bool]]) -> Chain:
    within: list[int] = []
    for pk, is_agency in rows:
        within.append(pk)
        if is_agency:
            break
    return Chain(tuple(pk for pk, _ in rows), tuple(within))
