"""Putting the figures right by the cases."""

from __future__ import annotations

from django.db import connection, transaction

from lienthong.cases.queries.recount import KEY, Difference, differences

_WRITE = f"""
INSERT INTO cases_casefigure ({", ".join(KEY)}, count, amount) VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT ({", ".join(KEY)}) DO UPDATE SET count = EXCLUDED.count, amount = EXCLUDED.amount
"""  # noqa: S608 - names of our own table


@transaction.atomic
def mend_figures() -> list[Difference]:
    """Write the true figures where the kept ones differ, and return what differed. Whoever counts meanwhile waits."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE cases_casefigure IN SHARE ROW EXCLUSIVE MODE")
        found = differences()
        cursor.executemany(_WRITE, [(*one.key, *one.truth) for one in found])
    return found
