"""Counting many lists in one query: what the menu and the desk show beside their words.

The lists stay querysets, so that a count is that of the list behind it; the database is asked once, however many.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def count_all(lists: Iterable[QuerySet[Any, Any]]) -> list[int]:
    """Return how many rows each list has, in their order: one query, none where nothing can be found."""
    parts = [_counting(rows) for rows in lists]
    asked = [part for part in parts if part]
    if not asked:
        return [0] * len(parts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(statement for statement, _ in asked)}",
            [value for _, values in asked for value in values],
        )
        found = iter(cursor.fetchone())
    return [next(found) if part else 0 for part in parts]


def _counting(rows: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]] | None:
    """Return the counting of one list as an expression with its values; None for a list that is empty by definition."""
    keys = rows if rows.query.values_select else rows.values("pk")
    try:
        statement, values = keys.query.sql_with_params()
    except EmptyResultSet:
        return None
    return f"(SELECT count(*) FROM ({statement}) AS listed)", values  # noqa: S608 - written by the ORM
