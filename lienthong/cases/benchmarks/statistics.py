"""``bench case_stats``: the figures of a year, of all agencies and of one."""

from __future__ import annotations

import psycopg

from lienthong.cases.benchmarks.data import AT, COMMUNE, YEAR
from lienthong.cases.models import CaseFigure, MonthlyFigure
from lienthong.cases.queries.recount import differences
from lienthong.cases.queries.statistics import GROUPS, statistics_of
from lienthong.cases.queries.statistics_counts import Slice
from lienthong.kernel.timing import bare_connection, beside, milliseconds
from lienthong.organisation.models import Unit

_FIGURES = """
SELECT agency_id, measure, channel, sum(count), sum(amount) FROM cases_monthlyfigure
 WHERE day BETWEEN %s AND %s AND (%s = 0 OR agency_id = %s) GROUP BY 1, 2, 3
"""
_OPEN = """
SELECT competent_agency_id, count(*), count(*) FILTER (WHERE promised_at < least(%s, paused_at)) FROM cases_case
 WHERE received_at IS NOT NULL AND finished_at IS NULL AND ended_at IS NULL AND (%s = 0 OR competent_agency_id = %s)
 GROUP BY 1
"""
ROUNDS = 15


def measure(size: int) -> dict[str, object]:  # noqa: ARG001 - the contract of benchmarks
    """Measure the year of the whole province by agency; then by the other groups, and of one agency."""
    commune = Unit.objects.get(name=COMMUNE).pk
    with bare_connection() as bare:
        whole = _one(bare, 0)
        return {
            **whole,
            "daily_figures": CaseFigure.objects.count(),
            "monthly_figures": MonthlyFigure.objects.count(),
            "of_one_agency": _one(bare, commune),
            **{f"by_{group}_ms": round(milliseconds(lambda: _table(0, group)), 1) for group in GROUPS},  # noqa: B023
            "differing_from_recount": len(differences()),
        }


def _table(unit: int, group: str) -> object:
    return statistics_of(Slice(*YEAR, unit=unit), group, at=AT)


def _one(bare: psycopg.Connection[tuple[object, ...]], unit: int) -> dict[str, object]:
    def floor() -> object:
        figures = bare.execute(_FIGURES, [*YEAR, unit, unit]).fetchall()
        return figures, bare.execute(_OPEN, [AT, unit, unit]).fetchall()

    return beside(lambda: _table(unit, "unit"), floor, rounds=ROUNDS)
