"""Figures of cases, kept up to date by the operations: a row for a day (and one for the month), agency, procedure,
channel and measure.
"""

from __future__ import annotations

import datetime as dt

from django.db import connection

from lienthong.cases.models import Case
from lienthong.kernel.clock import local_date

MEASURES = {
    "received": "Tiếp nhận",
    "early": "Giải quyết trước hạn",
    "on_time": "Giải quyết đúng hạn",
    "late": "Giải quyết trễ hạn",
    "stopped": "Dừng xử lý, từ chối",
    "withdrawn": "Rút hồ sơ",
    "handed_over": "Đã trả kết quả",
    "supplemented": "Yêu cầu bổ sung",
    "apologised": "Xin lỗi, hẹn lại",
    "rated": "Đánh giá",
    "papers": "Trả kết quả, xét số hóa",
}
_ADD = """
WITH given (day, agency_id, procedure_id, channel, measure, count, amount) AS (
    VALUES (%s::date, %s::bigint, %s::bigint, %s, %s, %s::integer, %s::bigint)
), daily AS (
    INSERT INTO cases_casefigure (day, agency_id, procedure_id, channel, measure, count, amount)
    SELECT * FROM given
    ON CONFLICT (agency_id, day, procedure_id, channel, measure)
    DO UPDATE SET count = cases_casefigure.count + EXCLUDED.count, amount = cases_casefigure.amount + EXCLUDED.amount
)
INSERT INTO cases_monthlyfigure (day, agency_id, procedure_id, channel, measure, count, amount)
SELECT date_trunc('month', day)::date, agency_id, procedure_id, channel, measure, count, amount FROM given
ON CONFLICT (agency_id, day, procedure_id, channel, measure)
DO UPDATE SET count = cases_monthlyfigure.count + EXCLUDED.count, amount = cases_monthlyfigure.amount + EXCLUDED.amount
"""


def add(case: Case, measure: str, *, at: dt.datetime, by: int = 1, amount: int = 0) -> None:
    """Add to a figure of the local day of ``at`` (one statement); ``by`` is -1 to take back."""
    if measure not in MEASURES:
        raise KeyError(measure)
    row = (local_date(at), case.competent_agency_id, case.procedure_id, case.channel, measure, by, amount)
    with connection.cursor() as cursor:
        cursor.execute(_ADD, row)
