"""Each register as a book to be shown, printed and exported: one kind of book for each file of ``data/registers``."""

from __future__ import annotations

from functools import partial

from django.urls import reverse

from lienthong.exports.books import StatutoryBook
from lienthong.organisation.actor import Actor
from lienthong.registers import policies
from lienthong.registers.definition import Definition
from lienthong.registers.models import RegisterBook
from lienthong.registers.operations.loading import files
from lienthong.registers.queries.books import columns_of, rows_of, total_of, widths_of
from lienthong.registers.reading import read


def find_book(key: str, actor: Actor, pk: int) -> RegisterBook | None:
    """Return a book of a register for who may print it; None for others."""
    rows = RegisterBook.objects.visible_to(actor).select_related("register", "agency")
    book = rows.filter(pk=pk, register__key=key).first()
    return book if book is not None and policies.can_print(actor, book) else None


def _book(definition: Definition) -> StatutoryBook:
    return StatutoryBook(
        word=f"register.{definition.key}",
        title=definition.name,
        columns=columns_of(definition),
        widths=widths_of(definition),
        find=partial(find_book, definition.key),
        rows=partial(rows_of, definition),
        total=total_of,
        address=lambda pk: reverse("registers:book", args=[pk]),
    )


def _newest() -> dict[str, Definition]:
    found: dict[str, Definition] = {}
    for path in files():
        definition = read(path.read_text(encoding="utf-8"))
        if definition.key not in found or definition.valid_from > found[definition.key].valid_from:
            found[definition.key] = definition
    return found


BOOKS = {key: _book(definition) for key, definition in _newest().items()}
