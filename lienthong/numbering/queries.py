"""The balance: issued + void + reserved = highest, for every series and period."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

BALANCE = """
SELECT s.key, c.period, c.highest, count(n.id), coalesce(max(n.number), 0)
FROM numbering_counter c
JOIN numbering_series s ON s.id = c.series_id
LEFT JOIN numbering_number n ON n.series_id = c.series_id AND n.period = c.period AND n.suffix = ''
GROUP BY s.key, c.period, c.highest
HAVING count(n.id) <> c.highest OR coalesce(max(n.number), 0) <> c.highest
ORDER BY s.key, c.period
"""
STRAYS = """
SELECT s.key, n.period, count(*) FROM numbering_number n JOIN numbering_series s ON s.id = n.series_id
WHERE NOT EXISTS (SELECT 1 FROM numbering_counter c WHERE c.series_id = n.series_id AND c.period = n.period)
  AND n.suffix = ''
GROUP BY s.key, n.period ORDER BY s.key, n.period
"""


@dataclass(frozen=True, slots=True)
class BalanceFault:
    """A series and period whose numbers do not add up."""

    series: str
    period: int
    what: str


def balance() -> list[BalanceFault]:
    """Return every series and period that does not balance (two queries, whatever the size)."""
    with connection.cursor() as cursor:
        cursor.execute(BALANCE)
        faults = [
            BalanceFault(key, period, f"số cao nhất {highest}, có {count} số đã cấp, số lớn nhất đã cấp {largest}")
            for key, period, highest, count, largest in cursor.fetchall()
        ]
        cursor.execute(STRAYS)
        faults += [BalanceFault(key, period, f"{count} số không có bộ đếm") for key, period, count in cursor.fetchall()]
    return faults
