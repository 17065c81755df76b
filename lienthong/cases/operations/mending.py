"""Putting the figures right by the cases."""

from __future__ import annotations

from django.db import connection, transaction

from lienthong.cases.queries.recount import GRAINS, KEY, Difference, differences

_WRITE = f"""
INSERT INTO {{table}} ({", ".join(KEY)}, count, amount) VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT ({", ".join(KEY)}) DO UPDATE SET count = EXCLUDED.count, amount = EXCLUDED.amount
"""  # noqa: S608 - names of our own tables


@transaction.atomic
def mend_figures() -> list[Difference]:
    """Write the true figures where the kept ones differ, and return what differed. Whoever counts meanwhile waits."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(GRAINS)} IN SHARE ROW EXCLUSIVE MODE")
        found = differences()
        for table in GRAINS:
            rows = [(*one.key, *one.truth) for one in found if one.table == table]
            cursor.executemany(_WRITE.format(table=table), rows)
    return found
