"""Opening and closing books of outgoing documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from lienthong.catalogue.models import DocumentType
from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.kernel.vietnamese import nfc
from lienthong.numbering import operations as numbering
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.outgoing import policies
from lienthong.outgoing.models import OutgoingBook
from lienthong.outgoing.models.book import Scope


@transaction.atomic
def open_outgoing_book(
    agency: Unit,
    *,
    name: str,
    scope: str = Scope.OUTGOING,
    types: Sequence[str] = (),
    actor: Actor | None,
    at: dt.datetime,
) -> OutgoingBook:
    """Open a book with a sequence of its own; ``types`` are type codes, none means every type no other book names.

    Refuses a unit without a seal, a name that is taken, an unknown type, a type that another open book numbers, and a
    second book for all other types.
    """
    if actor is not None and not policies.can_open_books(actor):
        raise Forbidden("Chỉ quản trị viên mở sổ văn bản.")
    name = " ".join(nfc(name).split())
    if not agency.is_agency:
        raise Refusal(f"{agency} không có con dấu và sổ riêng.", field="agency")
    if not name or len(name) > 120:
        raise Refusal("Hãy đặt tên sổ (không quá 120 chữ).", field="name")
    books = list(OutgoingBook.objects.filter(agency=agency))
    if any(book.name == name for book in books):
        raise Refusal(f"Đã có sổ tên “{name}”. Hãy đặt tên khác.", field="name")
    wanted = sorted(set(types))
    unknown = set(wanted) - set(DocumentType.objects.filter(code__in=wanted).values_list("code", flat=True))
    if unknown:
        raise Refusal(f"Không có loại văn bản {', '.join(sorted(unknown))}.", field="types")
    for book in books:
        if book.closed_at or book.scope != scope:
            continue
        if not wanted and not book.types:
            raise Refusal(f"{book} đã dùng cho mọi loại văn bản còn lại.", field="types")
        if shared := set(wanted) & set(book.types):
            raise Refusal(f"{book} đã đánh số {', '.join(sorted(shared))}.", field="types")
    series = numbering.open_series(f"outgoing:{agency.pk}:{len(books) + 1}", name=f"{name}, {agency}")
    book = OutgoingBook.objects.create(agency=agency, name=name, scope=scope, types=wanted, series=series, opened_at=at)
    event = {"name": name, "types": wanted}
    record(
        Subject("outgoing_book", book.pk), "outgoing_book.opened", actor=actor, at=at, particulars=event, is_new=True
    )
    return book


def book_for(agency: Unit, *, scope: str, type_code: str) -> OutgoingBook:
    """Return the book in which a document of a type is numbered. Refuses where none is open."""
    books = list(OutgoingBook.objects.open().filter(agency=agency, scope=scope).select_related("series"))
    named = next((book for book in books if type_code in book.types), None)
    book = named or next((book for book in books if not book.types), None)
    if book is None:
        raise Refusal(
            f"{agency} chưa mở sổ đăng ký {Scope(scope).label.lower()}. Hãy nhờ quản trị mở sổ trước khi cấp số.",
            field="book",
        )
    return book
