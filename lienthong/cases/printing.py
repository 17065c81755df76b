"""The tracking book of a desk: who may open it, its columns and rows."""

from __future__ import annotations

from django.urls import reverse

from lienthong.cases import policies
from lienthong.cases.queries.book import COLUMNS, WIDTHS, DeskBook, rows_of, total_of
from lienthong.exports.books import StatutoryBook
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit


def find_book(actor: Actor, pk: int) -> DeskBook | None:
    """Return the book of a desk, for who works at it or leads its agency; None for others and for what is no desk."""
    unit = Unit.objects.select_related("agency").filter(pk=pk, kind=Unit.Kind.ONE_STOP).first()
    if unit is None or not policies.can_read_book(actor, unit):
        return None
    return DeskBook(unit.pk, unit.name, unit.agency or unit)


def own_desk(actor: Actor) -> int | None:
    """Return the desk whose book an actor opens first: their own, or the first of their agency."""
    if actor.post.unit.kind == Unit.Kind.ONE_STOP:
        return actor.post.unit_id
    desks = Unit.objects.filter(kind=Unit.Kind.ONE_STOP, agency=actor.post.unit.agency_id)
    return desks.order_by("order", "pk").values_list("pk", flat=True).first()


BOOK = StatutoryBook(
    word="cases",
    title="Sổ theo dõi hồ sơ",
    columns=COLUMNS,
    widths=WIDTHS,
    find=find_book,
    rows=rows_of,
    total=total_of,
    address=lambda pk: reverse("cases:book", args=[pk]),
)
