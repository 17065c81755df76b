"""The rows that a new case needs under it, laid in one statement."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from lienthong.cases.models import Case, CasePaper

_COLUMNS = {
    "key": "text", "name": "text", "originals": "smallint", "copies": "smallint", "is_required": "boolean",
    "is_digital": "boolean", "note": "text", '"order"': "smallint", "given_at": "timestamptz",
}  # fmt: skip
_LAY = f"""
WITH papers AS (
    INSERT INTO cases_casepaper (case_id, {", ".join(_COLUMNS)})
    SELECT %s::bigint, given.* FROM unnest({", ".join(f"%s::{kind}[]" for kind in _COLUMNS.values())}) AS given
)
INSERT INTO cases_casereader (case_id, audience, status, due_at, procedure_id)
SELECT %s::bigint, audience, %s::smallint, %s::timestamptz, %s::bigint FROM unnest(%s::bigint[]) AS audience
"""  # noqa: S608 - names of our own columns


def lay(case: Case, papers: Sequence[CasePaper], audiences: Sequence[int]) -> None:
    """Write the papers of a new case and open it to its first readers; the case itself may be saved after them."""
    names = [column.strip('"') for column in _COLUMNS]
    columns = [[getattr(row, name) for row in papers] for name in names]
    reader = (case.pk, case.status, case.due_at, case.procedure_id, list(audiences))
    with connection.cursor() as cursor:
        cursor.execute(_LAY, [case.pk, *columns, *reader])
