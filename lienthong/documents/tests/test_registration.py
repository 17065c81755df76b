"""A clerk registers a document; everything that must be refused is."""

from __future__ import annotations

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from lienthong.documents.models import Book, IncomingDocument, SecretArrival
from lienthong.documents.operations.registration import amend, open_book, record_secret_arrival
from lienthong.documents.operations.routing import void
from lienthong.documents.particulars import Particulars
from lienthong.documents.tests.builders import AT, BASIC, make_book, make_document
from lienthong.files.operations import receive
from lienthong.journal.models import Event
from lienthong.journal.verification import verify
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.numbering.models import Number
from lienthong.numbering.queries import balance
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(cast: Cast) -> Book:
    return make_book(cast)


def test_a_clerk_registers_it_under_the_next_number(cast: Cast, book: Book) -> None:
    first = make_document(book, cast.clerk)
    second = make_document(book, cast.clerk, symbol="275/STTTT-CNTT")
    assert [first.arrival_number, second.arrival_number] == [1, 2]
    assert (first.year, first.arrival_date, first.state) == (2014, dt.date(2014, 3, 10), "registered")
    event = Event.objects.get(subject_kind="incoming", subject_id=first.pk)
    assert (event.kind, event.post, event.particulars["number"]) == ("incoming.registered", cast.clerk.post, 1)
    assert balance() == []


def test_numbers_begin_again_each_year(cast: Cast, book: Book) -> None:
    make_document(book, cast.clerk)
    next_year = AT + dt.timedelta(days=365)
    assert make_document(book, cast.clerk, at=next_year, symbol="1/QĐ-UBND").arrival_number == 1


def test_it_takes_few_queries(cast: Cast, book: Book, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    make_document(book, cast.clerk)
    with django_assert_max_num_queries(14):
        make_document(book, cast.clerk, symbol="140/QĐ-UBND")


def test_clerk_and_leaders_of_the_agency_see_it_and_nobody_else(cast: Cast, book: Book) -> None:
    document = make_document(book, cast.clerk)
    see = {name for name, one in cast.actors().items() if IncomingDocument.objects.visible_to(one).exists()}
    assert {"clerk", "leader", "deputy_leader"} <= see
    assert not see & {"outsider", "specialist", "division_head", "province_leader", "health_clerk", "administrator"}
    assert document.readers.count() == 1


@pytest.mark.parametrize("who", ["outsider", "specialist", "leader", "health_clerk", "province_clerk"])
def test_others_may_not_register_in_this_book(cast: Cast, book: Book, who: str) -> None:
    with pytest.raises(Forbidden):
        make_document(book, getattr(cast, who))
    assert not IncomingDocument.objects.exists()
    assert not Number.objects.exists()


def test_the_same_page_sent_twice_is_one_document(cast: Cast, book: Book) -> None:
    key = {"request_key": uuid.uuid4()}
    assert make_document(book, cast.clerk, options=key) == make_document(book, cast.clerk, options=key)
    assert balance() == []
    assert Number.objects.count() == 1


@pytest.mark.parametrize(
    ("symbol", "issuer"),
    [
        ("139/QĐ-UBND", "Ủy ban nhân dân tỉnh Bình Thuận"),
        ("0139 / qđ-ubnd", "UBND tỉnh Bình Thuận"),
        ("139/QĐ-UBND", "UỶ BAN NHÂN DÂN TỈNH BÌNH THUẬN"),
    ],
)
def test_a_probable_double_is_refused_unless_the_clerk_insists(
    cast: Cast, book: Book, symbol: str, issuer: str
) -> None:
    make_document(book, cast.clerk)
    with pytest.raises(Refusal, match="số đến 1 ngày 10/03/2014") as refused:
        make_document(book, cast.clerk, symbol=symbol, issuer=issuer)
    assert refused.value.field == "accepts_double"
    insisted = make_document(book, cast.clerk, symbol=symbol, issuer=issuer, options={"accepts_double": True})
    assert insisted.arrival_number == 2


def test_the_same_symbol_of_another_issuer_is_no_double(cast: Cast, book: Book) -> None:
    make_document(book, cast.clerk)
    assert make_document(book, cast.clerk, issuer="Ủy ban nhân dân tỉnh Ninh Thuận").arrival_number == 2


def test_the_same_file_again_is_a_probable_double(cast: Cast, book: Book) -> None:
    first, again = (receive([b"To trinh"], name=name, actor=cast.clerk, at=AT) for name in ("a.txt", "b.txt"))
    make_document(book, cast.clerk, options={"files": [first]})
    other: dict[str, Any] = {"symbol": "7/TTr-UBND", "issuer": "Ủy ban nhân dân tỉnh Ninh Thuận"}
    with pytest.raises(Refusal, match="số đến 1 ngày 10/03/2014 có tệp nội dung giống hệt") as refused:
        make_document(book, cast.clerk, **other, options={"files": [again]})
    assert refused.value.field == "accepts_double"
    insisted = make_document(book, cast.clerk, **other, options={"files": [again], "accepts_double": True})
    assert insisted.arrival_number == 2


def test_the_same_file_of_a_voided_number_is_no_double(cast: Cast, book: Book) -> None:
    first, again = (receive([b"To trinh"], name=name, actor=cast.clerk, at=AT) for name in ("a.txt", "b.txt"))
    document = make_document(book, cast.clerk, options={"files": [first]})
    void(document, reason="vào nhầm", actor=cast.clerk, at=AT)
    assert make_document(book, cast.clerk, symbol="7/TTr-UBND", options={"files": [again]}).arrival_number == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"issuer": "  "}, "issuer"),
        ({"abstract": ""}, "abstract"),
        ({"abstract": "x" * 1001}, "abstract"),
        ({"document_date": dt.date(2014, 3, 11)}, "document_date"),
        ({"document_date": dt.date(1914, 1, 10)}, "document_date"),
        ({"copies": 0}, "copies"),
    ],
)
def test_impossible_particulars_are_refused_beside_their_field(
    cast: Cast, book: Book, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        make_document(book, cast.clerk, **wrong)
    assert refused.value.field == field


def test_text_is_stored_as_nfc_with_single_spaces(cast: Cast, book: Book) -> None:
    document = make_document(book, cast.clerk, abstract="Ke\u0302\u0301 hoa\u0323ch   năm\n2014")
    assert document.abstract == "Kế hoạch năm 2014"


@pytest.mark.parametrize("secrecy", ["secret", "top_secret", "absolute"])
def test_what_is_secret_does_not_enter(cast: Cast, book: Book, secrecy: str) -> None:
    with pytest.raises(Refusal, match="Văn bản mật không được nhập"):
        make_document(book, cast.clerk, options={"secrecy": secrecy})
    assert not IncomingDocument.objects.exists()


def test_of_a_secret_arrival_only_the_day_is_kept(cast: Cast) -> None:
    record_secret_arrival(cast.stttt, arrival_date=dt.date(2014, 3, 10), actor=cast.clerk, at=AT)
    stub = SecretArrival.objects.get()
    assert {field.name for field in stub._meta.fields} == {"id", "agency", "arrival_date", "recorded_by", "recorded_at"}
    with pytest.raises(Forbidden):
        record_secret_arrival(cast.stttt, arrival_date=dt.date(2014, 3, 10), actor=cast.outsider, at=AT)


def test_an_amendment_keeps_both_wordings(cast: Cast, book: Book) -> None:
    document = make_document(book, cast.clerk)
    amended = amend(
        document, Particulars(**{**BASIC, "abstract": "Nhiệm vụ"}), reason="Gõ nhầm", actor=cast.clerk, at=AT
    )
    assert amended.abstract == "Nhiệm vụ"
    event = Event.objects.get(kind="incoming.amended")
    assert event.particulars["changes"] == {"abstract": [BASIC["abstract"], "Nhiệm vụ"]}
    with pytest.raises(Refusal, match="Chưa có thông tin nào thay đổi"):
        amend(document, Particulars(**{**BASIC, "abstract": "Nhiệm vụ"}), reason="Lại", actor=cast.clerk, at=AT)
    with pytest.raises(Forbidden):
        amend(document, Particulars(**BASIC), reason="Sửa", actor=cast.outsider, at=AT)


def test_a_void_number_stays_and_is_never_used_again(cast: Cast, book: Book) -> None:
    document = make_document(book, cast.clerk)
    with pytest.raises(Refusal, match="lý do"):
        void(document, reason=" ", actor=cast.clerk, at=AT)
    void(document, reason="Vào nhầm sổ", actor=cast.clerk, at=AT)
    document.refresh_from_db()
    assert document.state == "void"
    assert make_document(book, cast.clerk).arrival_number == 2
    assert balance() == []


def test_a_unit_without_a_seal_has_no_book(cast: Cast) -> None:
    with pytest.raises(Refusal, match="không có con dấu"):
        open_book(cast.cntt, name="Sổ", is_default=True, actor=None, at=AT)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_the_same_instant_get_two_numbers(cast: Cast) -> None:
    book = make_book(cast)

    def write(number: int) -> int | None:
        try:
            return make_document(book, cast.clerk, symbol=f"{number}/QĐ-UBND").arrival_number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(write, range(1, 25)))
    assert sorted(filter(None, numbers)) == list(range(1, 25))
    assert balance() == []
    assert list(verify()) == []
