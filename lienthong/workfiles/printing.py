"""The statutory register of this app: the use of kept copies."""

from __future__ import annotations

from django.urls import reverse

from lienthong.exports.books import StatutoryBook
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.workfiles import policies
from lienthong.workfiles.queries.copies import COLUMNS, WIDTHS, Register, register_rows, register_total


def find_register(actor: Actor, pk: int) -> Register | None:
    """Return the register of an agency whose copies the actor keeps, or nothing."""
    if not policies.can_see_copies(actor, pk):
        return None
    agency = Unit.objects.filter(pk=pk).first()
    return Register(pk, agency) if agency else None


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
