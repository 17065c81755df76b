"""The figures counted anew from the cases themselves, and where the kept ones differ: one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from lienthong.kernel.clock import VIETNAM

_LOCAL = f"({{}} AT TIME ZONE '{VIETNAM.key}')::date"
_OF_CASE = "competent_agency_id AS agency_id, procedure_id, channel"


def _happened(measure: str, at: str, where: str, source: str = "cases_case", amount: str = "0") -> str:
    day = _LOCAL.format(at)
    return f"SELECT {day} AS day, {_OF_CASE}, {measure} AS measure, {amount} AS amount FROM {source} WHERE {where}"  # noqa: S608


_VERDICT = f"""
CASE WHEN rounds > 1 OR finished_at > promised_at THEN 'late'
     WHEN {_LOCAL.format("finished_at")} < {_LOCAL.format("promised_at")} THEN 'early' ELSE 'on_time' END
"""
_DIGITAL = """
CASE WHEN EXISTS (SELECT FROM cases_resultpaper r WHERE r.case_id = cases_case.id AND r.is_digital)
      AND NOT EXISTS (SELECT FROM cases_resultpaper r WHERE r.case_id = cases_case.id AND NOT r.is_digital)
      AND NOT EXISTS (SELECT FROM cases_casepaper p
                       WHERE p.case_id = cases_case.id AND p.given_at IS NOT NULL AND NOT p.is_digital)
     THEN 1 ELSE 0 END
"""
_SECONDS = "trunc(extract(epoch FROM finished_at - received_at))::bigint"
_EVENTS = " UNION ALL ".join(
    (
        _happened("'received'", "received_at", "received_at IS NOT NULL"),
        _happened(_VERDICT, "finished_at", "finished_at IS NOT NULL", amount=_SECONDS),
        _happened("'stopped'", "ended_at", "status = 8 AND received_at IS NOT NULL"),
        _happened("'withdrawn'", "ended_at", "status = 7 AND received_at IS NOT NULL"),
        _happened("'handed_over'", "handed_over_at", "status = 10"),
        _happened("'papers'", "handed_over_at", "status = 10", amount=_DIGITAL),
        _happened("'supplemented'", "asked_at", "true", "cases_supplement JOIN cases_case ON cases_case.id = case_id"),
        _happened(
            "'rated'",
            "at",
            "true",
            "cases_rating JOIN cases_case ON cases_case.id = case_id",
            amount="CASE WHEN satisfied THEN 100 ELSE 0 END",
        ),
        _happened("'apologised'", "at", "true", "cases_apology JOIN cases_case ON cases_case.id = case_id"),
    )
)


KEY = ("day", "agency_id", "procedure_id", "channel", "measure")
GRAINS = {"cases_casefigure": "day", "cases_monthlyfigure": "date_trunc('month', day)::date"}
"""The tables of figures, and the day of their rows as it follows from the day on which something happened."""


def truth_of(table: str) -> str:
    """Return the statement that counts a table anew: its key, count and amount."""
    columns = ", ".join((f"{GRAINS[table]} AS day", *KEY[1:]))
    return (
        f"SELECT {columns}, count(*) AS count, sum(amount) AS amount FROM ({_EVENTS}) AS events GROUP BY 1, 2, 3, 4, 5"  # noqa: S608 - names of our own tables
    )


def _differing(table: str) -> str:
    key = ", ".join(KEY)
    return f"""
        SELECT {key}, COALESCE(kept.count, 0), COALESCE(kept.amount, 0),
               COALESCE(truth.count, 0), COALESCE(truth.amount, 0)
          FROM {table} AS kept FULL JOIN ({truth_of(table)}) AS truth USING ({key})
         WHERE (COALESCE(kept.count, 0), COALESCE(kept.amount, 0))
               <> (COALESCE(truth.count, 0), COALESCE(truth.amount, 0))
         ORDER BY {key}
    """  # noqa: S608 - names of our own tables


@dataclass(frozen=True, slots=True)
class Difference:
    """Chỗ lệch: of one figure, what is kept and what the cases say (count and amount)."""

    table: str
    key: tuple[Any, ...]
    kept: tuple[int, int]
    truth: tuple[int, int]

    def __str__(self) -> str:
        said = " · ".join(map(str, self.key))
        return f"{said}: đang ghi {self.kept[0]} ({self.kept[1]}), đúng là {self.truth[0]} ({self.truth[1]})"


def differences() -> list[Difference]:
    """Return where the kept figures differ from a full recount; none is what should be (two statements)."""
    return [one for table in GRAINS for one in _differences(table)]


def _differences(table: str) -> list[Difference]:
    with connection.cursor() as cursor:
        cursor.execute(_differing(table))
        rows = cursor.fetchall()
    size = len(KEY)
    return [
        Difference(table, row[:size], (row[size], int(row[size + 1])), (row[size + 2], int(row[size + 3])))
        for row in rows
    ]
