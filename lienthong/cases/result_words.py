"""What a case says under the words that templates of results ask for."""

from __future__ import annotations

from lienthong.cases.models import Case
from lienthong.cases.queries.record import said_of
from lienthong.kernel.clock import local_date
from lienthong.stationery.words import Value
from lienthong.ui.formats import day

MOST = 60


def words_of(case: Case, result: str) -> dict[str, Value]:
    """Return the values of a case by word: its own, and each field of the procedure under its key, as text."""
    rows = said_of(case)
    applicant = case.applicant
    own: dict[str, Value] = {
        "ma_ho_so": case.code,
        "ten_thu_tuc": case.version.name,
        "ten_ket_qua": result[:1].lower() + result[1:],
        "nguoi_nop": applicant.name,
        "dia_chi": applicant.address or applicant.street,
        "ngay_nop": day(local_date(case.submitted_at)),
        "can_cu": case.version.definition.legal_basis,
        "noi_dung": tuple(f"{row.label}: {row.text}" for row in rows if row.text)[:MOST],
    }
    return {row.path: row.text for row in rows if "." not in row.path and row.text} | own
