"""Who may act today, in which posts, for whom."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import connection

from lienthong.kernel.periods import holds
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer, Post, Unit
from lienthong.organisation.queries.heritage import Heritage, heritage_of
from lienthong.organisation.roles import roles


def actor_for(
    own_post: Post,
    *,
    on: dt.date,
    acting_post: Post | None = None,
    rights: frozenset[str] = frozenset(),
    heritage: Heritage | None = None,
) -> Actor:
    """Build the actor of a post, or of a post that acts for another with the given rights.

    ``heritage`` is what the posts' units inherited, where that is known already.
    Refuses a post that is not held on the day.
    """
    post = acting_post or own_post
    for one in (own_post, post):
        if not holds(one.valid_from, one.valid_to, on):
            raise Refusal(f"Chức vụ {one} không còn hiệu lực. Hãy chọn chức vụ khác.")
    role = roles()[post.role]
    granted = role.rights if acting_post is None else rights & role.rights
    work = (post.audience, post.unit.audience) if role.receives else (post.audience,)
    if heritage is None:
        heritage = heritage_of([post], on)
    return Actor(
        officer=own_post.officer,
        post=post,
        own_post=own_post,
        rights=granted,
        audience=post.unit.audience if role.reads_unit else post.audience,
        work_audiences=(*work, *heritage.to_do(post)),
        inherited_audiences=heritage.to_read(post),
        inherited_agencies=heritage.agencies(post),
    )


def actors_of(officer_pk: int, *, on: dt.date) -> list[Actor]:
    """Return every way in which an officer may act on a day: own posts first, then those they stand in for.

    One query, whatever the number of posts; two more where units are no more. It is asked by every request.
    """
    return _actors("officer.id", officer_pk, on)


def actors_of_user(user_pk: int, *, on: dt.date) -> list[Actor]:
    """Return every way in which the officer with an account may act on a day (see ``actors_of``)."""
    return _actors("officer.user_id", user_pk, on)


class _Way(NamedTuple):
    """One line of the answer: in which own post somebody acts in which post, and which rights were delegated."""

    own: int
    post: Post
    source: str
    delegated: list[str]
    units_have_ended: bool


def _actors(column: str, key: int, on: dt.date) -> list[Actor]:
    ways = _ways(column, key, on)
    by_key = {way.post.pk: way.post for way in ways if way.source == OWN}
    any_ended = bool(ways) and ways[0].units_have_ended
    heritage = heritage_of([way.post for way in ways], on) if any_ended else Heritage()
    actors = []
    for way in ways:
        if way.source == OWN:
            actors.append(actor_for(way.post, on=on, heritage=heritage))
            continue
        rights = frozenset(way.delegated) or roles()[way.post.role].rights
        actors.append(actor_for(by_key[way.own], on=on, acting_post=way.post, rights=rights, heritage=heritage))
    return actors


OWN, ABSENCE, DELEGATION = "1", "2", "3"
_TABLES: tuple[tuple[str, type[Post | Officer | Unit]], ...] = (
    ("post", Post),
    ("officer", Officer),
    ("unit", Unit),
    ("agency", Unit),
)
_WAYS = """
WITH own AS (
    SELECT post.id, post.is_primary, post."order"
      FROM organisation_post AS post
      JOIN organisation_officer AS officer ON officer.id = post.officer_id
      JOIN organisation_unit AS unit ON unit.id = post.unit_id
     WHERE {column} = %(key)s
       AND post.valid_from <= %(on)s AND (post.valid_to IS NULL OR post.valid_to > %(on)s)
       AND unit.valid_from <= %(on)s AND (unit.valid_to IS NULL OR unit.valid_to > %(on)s)
), way (source, pk, own, post, rights) AS (
    SELECT '1', own.id, own.id, own.id, '[]'::jsonb FROM own
    UNION ALL
    SELECT '2', absence.id, own.id, absence.post_id, '[]'::jsonb
      FROM organisation_absence AS absence JOIN own ON own.id = absence.substitute_id
     WHERE absence.valid_from <= %(on)s AND absence.valid_to > %(on)s
    UNION ALL
    SELECT '3', delegation.id, own.id, delegation.giver_id, delegation.rights
      FROM organisation_delegation AS delegation JOIN own ON own.id = delegation.receiver_id
     WHERE delegation.valid_from <= %(on)s AND delegation.valid_to > %(on)s AND delegation.revoked_at IS NULL
)
SELECT way.own, way.source, way.rights,
       EXISTS (SELECT FROM organisation_unit AS gone WHERE gone.valid_to <= %(on)s), {columns}
  FROM way
  JOIN organisation_post AS post ON post.id = way.post
  JOIN organisation_officer AS officer ON officer.id = post.officer_id
  JOIN organisation_unit AS unit ON unit.id = post.unit_id
  LEFT JOIN organisation_unit AS agency ON agency.id = unit.agency_id
 WHERE post.valid_from <= %(on)s AND (post.valid_to IS NULL OR post.valid_to > %(on)s)
 ORDER BY way.source, CASE WHEN way.source = '1' AND post.is_primary THEN 0 ELSE 1 END,
       CASE WHEN way.source = '1' THEN post."order" ELSE 0 END, way.pk
"""


@cache
def _statement(column: str) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """Return the statement, written once, and the attributes of the columns of each table in it."""
    names = tuple(tuple(field.attname for field in model._meta.concrete_fields) for _, model in _TABLES)
    columns = ", ".join(
        f'{table}."{field.column}"' for table, model in _TABLES for field in model._meta.concrete_fields
    )
    return _WAYS.format(column=column, columns=columns), names


def _ways(column: str, key: int, on: dt.date) -> list[_Way]:
    statement, names = _statement(column)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"key": key, "on": on})
        rows = cursor.fetchall()
    return [_way(row, names) for row in rows]


def _way(row: Sequence[Any], names: Sequence[Sequence[str]]) -> _Way:
    """Build the post of one row, with its officer, its unit and that unit's agency, as a query would."""
    own, source, rights, ended, *values = row
    made: list[Any] = []
    for (_, model), attributes in zip(_TABLES, names, strict=True):
        mine, values = values[: len(attributes)], values[len(attributes) :]
        made.append(model.from_db(connection.alias, attributes, mine) if mine[0] is not None else None)
    post, officer, unit, agency = made
    post.officer, post.unit, unit.agency = officer, unit, agency
    return _Way(own, post, source, json.loads(rights) if isinstance(rights, str) else rights, ended)
