"""What the administrator of a new house does first, in the order in which work needs it: the order is the whole's."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from lienthong.documents.models import Book
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer, Post, SigningAuthority, Unit
from lienthong.outgoing.models import OutgoingBook
from lienthong.ui.first_steps import FirstStep, declare


def declare_all() -> None:
    """Declare every step."""
    for order, (key, label, lead, url_name, right, listed, enough) in enumerate(STEPS):
        declare(FirstStep(key, label, lead, url_name, right, order, listed, enough))


def _units(actor: Actor) -> QuerySet[Any, Any]:
    return Unit.objects.visible_to(actor)


def _posts(actor: Actor) -> QuerySet[Any, Any]:
    return Post.objects.visible_to(actor)


def _books(actor: Actor) -> QuerySet[Any, Any]:
    return Book.objects.visible_to(actor)


def _outgoing_books(actor: Actor) -> QuerySet[Any, Any]:
    return OutgoingBook.objects.visible_to(actor)


def _authorities(actor: Actor) -> QuerySet[Any, Any]:
    return SigningAuthority.objects.visible_to(actor)


def _accounts(actor: Actor) -> QuerySet[Any, Any]:
    return Officer.objects.visible_to(actor).filter(user__isnull=False)


ADMINISTER = "organisation.administer"
STEPS = (
    ("units", "Lập đơn vị", "Nhập cả cơ cấu từ một tệp XLSX, hoặc thêm từng đơn vị.",
     "administration:units", ADMINISTER, _units, 2),
    ("posts", "Thêm cán bộ và ghi chức vụ", "Chức vụ cho biết ai được làm gì, thuộc đơn vị nào.",
     "administration:officers", ADMINISTER, _posts, 2),
    ("book", "Mở sổ văn bản đến", "Văn thư vào sổ được khi cơ quan có sổ.",
     "documents:book_opening", "books.open", _books, 1),
    ("outgoing_book", "Mở sổ văn bản đi", "Số văn bản đi được cấp theo sổ này.",
     "outgoing:book_opening", "books.open", _outgoing_books, 1),
    ("signing", "Ghi thẩm quyền ký", "Ai ký TM., KT., TL., TUQ., từ ngày nào; thiếu thì không ký được.",
     "administration:signing_authorities", ADMINISTER, _authorities, 1),
    ("accounts", "Mời cán bộ lập tài khoản", "Mỗi người nhận thư hoặc đường dẫn, tự đặt mật khẩu.",
     "administration:officers", "identity.invite", _accounts, 2),
)  # fmt: skip
