"""The statutory books of incoming documents: who may open them, their columns and their rows."""

from __future__ import annotations

from django.urls import reverse

from lienthong.documents import policies
from lienthong.documents.models import Book
from lienthong.documents.queries.books import (
    FOLLOW_UP_COLUMNS,
    INCOMING_COLUMNS,
    follow_up_rows,
    follow_up_total,
    incoming_rows,
    incoming_total,
)
from lienthong.exports.books import StatutoryBook
from lienthong.organisation.actor import Actor


def find_book(actor: Actor, pk: int) -> Book | None:
    """Return a book whose pages the actor may see, or nothing."""
    book = Book.objects.visible_to(actor).select_related("agency").filter(pk=pk).first()
    return book if book and policies.can_print_books(actor, book) else None


INCOMING = StatutoryBook(
    word="incoming",
    title="Sổ đăng ký văn bản đến",
    columns=INCOMING_COLUMNS,
    widths=(11, 7, 24, 18, 11, 50, 24, 11, 20, 18),
    find=find_book,
    rows=incoming_rows,
    total=incoming_total,
    address=lambda pk: reverse("documents:book", args=[pk, "incoming"]),
)
FOLLOW_UP = StatutoryBook(
    word="follow-up",
    title="Sổ theo dõi giải quyết văn bản đến",
    columns=FOLLOW_UP_COLUMNS,
    widths=(7, 60, 24, 16, 30, 20, 18),
    find=find_book,
    rows=follow_up_rows,
    total=follow_up_total,
    address=lambda pk: reverse("documents:book", args=[pk, "follow-up"]),
)
BOOKS = (INCOMING, FOLLOW_UP)
