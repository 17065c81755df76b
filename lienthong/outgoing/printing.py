"""The statutory books of outgoing documents: who may open them, their columns and their rows."""

from __future__ import annotations

from django.urls import reverse

from lienthong.exports.books import StatutoryBook
from lienthong.organisation.actor import Actor
from lienthong.outgoing import policies
from lienthong.outgoing.models import OutgoingBook
from lienthong.outgoing.queries.books import (
    OUTGOING_COLUMNS,
    POST_COLUMNS,
    outgoing_rows,
    outgoing_total,
    post_rows,
    post_total,
)


def find_book(actor: Actor, pk: int) -> OutgoingBook | None:
    """Return a book whose pages the actor may see, or nothing."""
    book = OutgoingBook.objects.visible_to(actor).select_related("agency").filter(pk=pk).first()
    return book if book and policies.can_print_books(actor, book) else None


OUTGOING = StatutoryBook(
    word="outgoing",
    title="Sổ đăng ký văn bản đi",
    columns=OUTGOING_COLUMNS,
    widths=(18, 11, 50, 20, 40, 18, 8, 11, 22, 18),
    find=find_book,
    rows=outgoing_rows,
    total=outgoing_total,
    address=lambda pk: reverse("outgoing:book", args=[pk, "outgoing"]),
)
BY_POST = StatutoryBook(
    word="post",
    title="Sổ gửi văn bản đi bưu điện",
    columns=POST_COLUMNS,
    widths=(11, 18, 50, 8, 24, 24),
    find=find_book,
    rows=post_rows,
    total=post_total,
    address=lambda pk: reverse("outgoing:book", args=[pk, "post"]),
)
BOOKS = (OUTGOING, BY_POST)
