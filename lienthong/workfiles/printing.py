"""The statutory register of this app: the use of kept copies."""

from __future__ import annotations

from django.urls import reverse

from lienthong.exports.books import StatutoryBook
from lienthong.workfiles.queries.copies import COLUMNS, WIDTHS, find_register, register_rows, register_total

COPIES = StatutoryBook(
    word="copies",
    title="Sổ sử dụng bản lưu",
    columns=COLUMNS,
    widths=WIDTHS,
    find=find_register,
    rows=register_rows,
    total=register_total,
    address=lambda pk: reverse("workfiles:copy_register", args=[pk, "copies"]),
)
BOOKS = (COPIES,)
