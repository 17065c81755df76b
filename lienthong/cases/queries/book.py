"""The tracking book of a desk (mẫu số 06) as rows, in the order in which cases came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from lienthong.cases.models import Case
from lienthong.exports.books import Row
from lienthong.organisation.models import Unit
from lienthong.ui.formats import moment

COLUMNS = (
    "STT",
    "Mã hồ sơ",
    "Tên thủ tục hành chính",
    "Số lượng hồ sơ (bộ)",
    "Tên cá nhân, tổ chức",
    "Địa chỉ, số điện thoại",
    "Cơ quan chủ trì giải quyết",
    "Nhận hồ sơ",
    "Hẹn trả kết quả",
    "Trả kết quả",
    "Phương thức nhận kết quả",
    "Ký nhận",
    "Ghi chú",
)
WIDTHS = (6, 22, 40, 8, 24, 24, 20, 14, 14, 14, 14, 12, 16)
CHUNK = 500
TOGETHER = ("procedure", "applicant", "competent_agency")


@dataclass(frozen=True, slots=True)
class DeskBook:
    """Sổ theo dõi hồ sơ: of one desk; ``pk`` is the desk's."""

    pk: int
    name: str
    agency: Unit


def rows_of(book: DeskBook, *, since: dt.date, until: dt.date, after: str = "") -> Iterator[Row]:
    """Yield the lines of a period (local days of coming in, both included), batch by batch."""
    cases, number = _cases(book, since, until), 0
    if after.isdecimal() and len(after) < 18:
        number = cases.filter(pk__lte=int(after)).count()
        cases = cases.filter(pk__gt=int(after))
    for case in cases.select_related(*TOGETHER).defer("values").order_by("pk").iterator(chunk_size=CHUNK):
        number += 1
        yield Row(case.pk, _cells(case, number), str(case.pk))


def total_of(book: DeskBook, *, since: dt.date, until: dt.date) -> int:
    """Return how many lines the book of a period has."""
    return _cases(book, since, until).count()


def _cases(book: DeskBook, since: dt.date, until: dt.date) -> QuerySet[Case]:
    return Case.objects.filter(receiving_unit=book.pk, code_date__gte=since, code_date__lte=until)


def _cells(case: Case, number: int) -> tuple[str, ...]:
    applicant = case.applicant
    where = ", ".join(filter(None, (applicant.street, applicant.address, case.contact_phone)))
    over = "" if case.status == Case.Status.HANDED_OVER or not case.is_ended else case.get_status_display()
    return (
        str(number), case.code, case.procedure.name, "1", applicant.name, where, case.competent_agency.short_name,
        _said(case.received_at or case.submitted_at), _said(case.promised_at), _said(case.handed_over_at),
        case.get_return_way_display(), "", over,
    )  # fmt: skip


def _said(at: dt.datetime | None) -> str:
    return moment(at) if at else ""
