"""The statutory books of outgoing documents."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from lienthong.kernel.refusal import Refusal
from lienthong.outgoing.models import OutgoingBook
from lienthong.outgoing.operations.books import open_outgoing_book
from lienthong.outgoing.operations.dispatching import note_sent
from lienthong.outgoing.operations.recalling import recall
from lienthong.outgoing.printing import BY_POST, OUTGOING, find_book
from lienthong.outgoing.queries.books import outgoing_rows, post_rows
from lienthong.outgoing.tests.builders import issued_document, open_books
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db
SINCE, UNTIL = dt.date(2014, 1, 1), dt.date(2014, 12, 31)


@pytest.fixture
def book(cast: Cast) -> OutgoingBook:
    open_books(cast)
    return OutgoingBook.objects.get(agency=cast.stttt, scope="outgoing")


def test_the_books_have_the_columns_of_the_decree() -> None:
    """NĐ 30/2020/NĐ-CP, Phụ lục IV: ten columns, and six for the post."""
    assert (len(OUTGOING.columns), len(BY_POST.columns)) == (10, 6)
    assert OUTGOING.columns[:4] == (
        "Số, ký hiệu văn bản",
        "Ngày tháng văn bản",
        "Tên loại và trích yếu nội dung văn bản",
        "Người ký",
    )


def test_a_line_tells_where_the_document_went(cast: Cast, book: OutgoingBook) -> None:
    document = issued_document(cast)
    (row,) = outgoing_rows(book, since=SINCE, until=UNTIL)
    assert row.cells[:2] == ("01/BC-STTTT", "10/03/2014")
    assert row.cells[4:6] == ("Ủy ban nhân dân tỉnh; Công ty cổ phần Mẫu", "Lưu: VT, CNTT")
    assert row.cells[7] == "10/03/2014"
    recall(document, reason="Sai", actor=cast.leader, at=AT)
    (row,) = outgoing_rows(book, since=SINCE, until=UNTIL)
    assert row.cells[9] == "Đã thu hồi"


def test_what_went_by_post_stands_in_its_own_book(cast: Cast, book: OutgoingBook) -> None:
    document = issued_document(cast)
    assert list(post_rows(book, since=SINCE, until=UNTIL)) == []
    note_sent(document.dispatches.get(recipient__way="post"), tracking="RR1", actor=cast.clerk, at=AT)
    (row,) = post_rows(book, since=SINCE, until=UNTIL)
    assert row.cells[1:5] == ("01/BC-STTTT", "Công ty cổ phần Mẫu, 12 Trần Hưng Đạo, Phan Thiết", "1", "RR1")


def test_a_period_goes_on_behind_a_place_in_few_queries(
    cast: Cast, book: OutgoingBook, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        issued_document(cast)
    with django_assert_max_num_queries(2):
        rows = list(outgoing_rows(book, since=SINCE, until=UNTIL))
    assert [row.cells[0][:2] for row in rows] == ["01", "02", "03"]
    assert [row.pk for row in outgoing_rows(book, since=SINCE, until=UNTIL, after=rows[0].place)] == [
        row.pk for row in rows[1:]
    ]


def test_only_who_keeps_the_books_opens_one(cast: Cast, book: OutgoingBook) -> None:
    assert find_book(cast.clerk, book.pk) == book
    assert find_book(cast.specialist, book.pk) is None
    assert find_book(cast.health_clerk, book.pk) is None


def test_a_second_book_for_everything_is_refused(cast: Cast, book: OutgoingBook) -> None:
    with pytest.raises(Refusal, match="đã dùng cho mọi loại"):
        open_outgoing_book(cast.stttt, name="Sổ khác", actor=None, at=AT)
    with pytest.raises(Refusal, match="Không có loại"):
        open_outgoing_book(cast.stttt, name="Sổ khác", types=["khong-co"], actor=None, at=AT)
    open_outgoing_book(cast.stttt, name="Sổ giấy mời", types=["giay-moi"], actor=None, at=AT)
    with pytest.raises(Refusal, match="đã đánh số giay-moi"):
        open_outgoing_book(cast.stttt, name="Sổ mời họp", types=["giay-moi", "thong-bao"], actor=None, at=AT)
    with pytest.raises(Refusal, match="con dấu"):
        open_outgoing_book(cast.cntt, name="Sổ", actor=None, at=AT)
    assert book.name == "Sổ văn bản đi"
