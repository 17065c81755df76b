"""The statutory books of incoming documents: their columns, any period, page by page, at once or ordered."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from lienthong.documents.models import Book
from lienthong.documents.operations.instruction import instruct
from lienthong.documents.operations.routing import void
from lienthong.documents.printing import BOOKS, FOLLOW_UP, INCOMING
from lienthong.documents.queries.books import follow_up_rows, incoming_rows
from lienthong.documents.tests.builders import AT, make_book, make_document
from lienthong.exports import book_pages
from lienthong.exports.books import StatutoryBook
from lienthong.exports.models import Export
from lienthong.exports.operations import produce
from lienthong.files import storage
from lienthong.tasks.due import Due
from lienthong.tasks.operations import Item
from tests.cast import Cast, Login

pytestmark = pytest.mark.django_db
SINCE, UNTIL = dt.date(2014, 1, 1), dt.date(2014, 12, 31)
WORDS = [sort.word for sort in BOOKS]
YEAR = {"since": "01/01/2014", "until": "31/12/2014"}


@pytest.fixture
def book(cast: Cast) -> Book:
    """A book with thirteen documents, one on each day."""
    made = make_book(cast)
    for number in range(13):
        make_document(made, cast.clerk, symbol=f"{number + 1}/QĐ-UBND", at=AT + dt.timedelta(days=number))
    return made


def test_the_books_have_the_columns_of_the_decree() -> None:
    """NĐ 30/2020/NĐ-CP, Phụ lục IV."""
    assert INCOMING.columns == (
        "Ngày đến",
        "Số đến",
        "Tác giả",
        "Số, ký hiệu",
        "Ngày tháng văn bản",
        "Tên loại và trích yếu nội dung",
        "Đơn vị hoặc người nhận",
        "Ngày chuyển",
        "Ký nhận",
        "Ghi chú",
    )
    assert FOLLOW_UP.columns == (
        "Số đến",
        "Tên loại, số, ký hiệu, ngày tháng và tên cơ quan, tổ chức ban hành",
        "Đơn vị hoặc người nhận",
        "Thời hạn giải quyết",
        "Tiến độ giải quyết",
        "Số, ký hiệu văn bản trả lời",
        "Ghi chú",
    )
    for sort in BOOKS:
        assert len(sort.columns) == len(sort.widths)


@pytest.mark.parametrize("sort", BOOKS, ids=WORDS)
def test_every_row_stands_once_in_the_order_of_the_numbers_page_by_page(
    cast: Cast, book: Book, client: Client, login: Login, monkeypatch: pytest.MonkeyPatch, sort: StatutoryBook
) -> None:
    monkeypatch.setattr(book_pages, "PAGE", 5)
    login(client, cast.clerk)
    here = sort.address(book.pk)
    number = sort.columns.index("Số đến")
    address, seen = f"{here}?since=01/01/2014&until=31/12/2014", []
    for _page in range(3):
        page = client.get(address)
        text = page.content.decode()
        seen += [row.cells[number] for row in page.context["rows"]]
        assert "13" in text
        found = re.search(r'rel="next" href="([^"]+)"', text)
        address = f"{here}{found[1]}".replace("&amp;", "&") if found else ""
    assert seen == [str(number) for number in range(1, 14)]
    assert address == ""


def test_a_period_ends_and_begins_where_it_says(cast: Cast, book: Book) -> None:
    days = [row.cells[0] for row in incoming_rows(book, since=dt.date(2014, 3, 12), until=dt.date(2014, 3, 14))]
    assert days == ["12/03/2014", "13/03/2014", "14/03/2014"]
    assert INCOMING.total(book, since=dt.date(2014, 3, 12), until=dt.date(2014, 3, 14)) == 3


def test_a_void_number_stands_in_the_one_book_and_not_in_the_other(cast: Cast, book: Book) -> None:
    void(book.documents.get(arrival_number=3), reason="Vào sổ hai lần", actor=cast.clerk, at=AT)
    incoming = {row.cells[1]: row.cells[-1] for row in incoming_rows(book, since=SINCE, until=UNTIL)}
    assert len(incoming) == INCOMING.total(book, since=SINCE, until=UNTIL) == 13
    assert "hủy" in incoming["3"].lower()
    follow_up = [row.cells[0] for row in follow_up_rows(book, since=SINCE, until=UNTIL)]
    assert len(follow_up) == FOLLOW_UP.total(book, since=SINCE, until=UNTIL) == 12
    assert "3" not in follow_up


def test_what_was_given_without_a_hand_between_names_who_got_it(cast: Cast, book: Book) -> None:
    document = book.documents.get(arrival_number=2)
    item = Item(title="Rà soát", lead_unit=cast.cntt, due=Due.within(5))
    instruct(
        document, text="Phòng làm", items=[item], key=uuid.uuid4(), actor=cast.leader, at=AT + dt.timedelta(days=2)
    )
    cells = next(row.cells for row in incoming_rows(book, since=SINCE, until=UNTIL) if row.cells[1] == "2")
    assert cells[6:8] == (cast.cntt.short_name, "12/03/2014")


def test_a_document_without_number_or_day_reads_well_in_the_follow_up_book(cast: Cast, book: Book) -> None:
    bare = make_document(book, cast.clerk, symbol="", document_date=None, abstract="Thư mời", at=AT)
    cells = next(row.cells for row in follow_up_rows(book, since=SINCE, until=UNTIL) if row.pk == bare.pk)
    assert cells[1] == f"Văn bản của {bare.issuer}"


def test_who_keeps_the_book_signs_below_its_last_line(cast: Cast, book: Book, client: Client, login: Login) -> None:
    answer = login(client, cast.clerk).get(INCOMING.address(book.pk), YEAR | {"format": "pdf"})
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(b"".join(answer))).pages]
    answer.close()
    assert "Người giữ sổ" in pages[-1]


def test_the_sheet_prints_across_with_its_head_on_every_page(
    cast: Cast, book: Book, client: Client, login: Login
) -> None:
    answer = login(client, cast.clerk).get(INCOMING.address(book.pk), YEAR | {"format": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(answer))).active
    answer.close()
    assert sheet is not None
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    head = int(str(sheet.print_title_rows).replace("$", "").split(":")[0])
    assert sheet.cell(head, 1).value == "Ngày đến"


@pytest.mark.parametrize("place", ["x", "2014", "2014-", "-1", "9" * 30 + "-1", "2014-1; DROP"])
def test_a_place_that_no_book_has_is_its_beginning(cast: Cast, book: Book, place: str) -> None:
    assert len(list(incoming_rows(book, since=SINCE, until=UNTIL, after=place))) == 13


def test_a_book_asks_the_same_whatever_its_length(
    cast: Cast, book: Book, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        list(incoming_rows(book, since=SINCE, until=UNTIL))
    with django_assert_num_queries(2):
        list(follow_up_rows(book, since=SINCE, until=UNTIL))


@pytest.mark.parametrize("sort", BOOKS, ids=WORDS)
def test_a_long_period_is_ordered_and_made(
    cast: Cast, book: Book, client: Client, login: Login, monkeypatch: pytest.MonkeyPatch, sort: StatutoryBook
) -> None:
    monkeypatch.setattr(book_pages, "AT_ONCE", 10)
    address = sort.address(book.pk)
    page = login(client, cast.clerk).get(address, YEAR)
    assert "Đặt kết xuất PDF" in page.content.decode()
    for form in ("pdf", "xlsx", "print"):
        refused = client.get(address, YEAR | {"format": form})
        assert refused.status_code == 409
        assert "Đặt kết xuất" in refused.content.decode()
    posted = {"kind": sort.export_kind, "format": "pdf", "parameters": page.context["parameters"]}
    assert client.post(reverse("exports:list"), posted, follow=True).status_code == 200
    export = produce(Export.objects.get(), clock=lambda: AT)
    assert (export.state, export.done, export.total) == ("done", 13, 13)
    assert export.file is not None
    with storage.storage().open(export.file.blob.path) as file:
        assert file.read(5) == b"%PDF-"


def test_a_book_of_another_agency_is_neither_shown_nor_ordered(
    cast: Cast, book: Book, client: Client, login: Login
) -> None:
    for actor in (cast.health_clerk, cast.outsider, cast.specialist):
        login(client, actor)
        assert client.get(reverse("documents:book", args=[book.pk, "incoming"])).status_code in {403, 404}
        wish = json.dumps({"book": book.pk, "since": "2014-01-01", "until": "2014-12-31"})
        posted = {"kind": "book.incoming", "format": "pdf", "parameters": wish}
        assert client.post(reverse("exports:list"), posted).status_code == 403
    assert not Export.objects.exists()


def test_a_period_that_ends_before_it_begins_is_said_so(cast: Cast, book: Book, client: Client, login: Login) -> None:
    address = reverse("documents:book", args=[book.pk, "incoming"])
    answer = login(client, cast.clerk).get(address, {"since": "02/01/2014", "until": "01/01/2014"})
    assert answer.status_code == 422
    assert "Ngày cuối phải từ ngày đầu trở đi." in answer.content.decode()


def test_the_printed_book_has_columns_in_the_proportions_of_the_pdf(
    cast: Cast, book: Book, client: Client, login: Login
) -> None:
    make_document(book, cast.clerk)
    page = login(client, cast.clerk).get(
        reverse("documents:book", args=[book.pk, "incoming"]),
        {"since": "01/01/2014", "until": "31/12/2014", "format": "print"},
    )
    assert '<col width="25.8%">' in page.content.decode()
