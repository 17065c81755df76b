"""The tracking book of a desk over fifty thousand cases: shown by pages, never made within a request."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lienthong.cases.models import Case
from lienthong.cases.printing import BOOK
from lienthong.cases.queries.book import rows_of
from lienthong.cases.tests.builders import a_case
from lienthong.exports.models import Export
from lienthong.exports.operations import producing
from tests.cast import AT, Cast, Login

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_monday")]
MANY = 50_000
MONTH = {"since": "01/03/2014", "until": "31/03/2014"}
OWN = {"id": "%(pk)s + n", "code": "c.code || '-' || n", "code_number": "1 + n", "request_key": "gen_random_uuid()"}


def _copy(case: Case, many: int) -> None:
    """Write copies of a case, as a year at a large desk leaves them."""
    columns = [str(field.column) for field in Case._meta.concrete_fields]
    said = ", ".join(OWN.get(column, f'c."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO cases_case ({names}) SELECT {said} FROM cases_case c, generate_series(1, {many}) n "
            "WHERE c.id = %(pk)s",
            {"pk": case.pk},
        )


def test_fifty_thousand_lines_are_shown_by_pages_and_ordered_as_a_file(
    desk: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = a_case(cast)
    _copy(case, MANY)
    address = reverse("cases:book", args=[cast.commune_desk.pk])
    with django_assert_max_num_queries(25):
        page = desk.get(address, MONTH)
    assert page.content.decode().count(case.code) < 1000
    assert "50001" in page.content.decode().replace(".", "")
    last = desk.get(address, MONTH | {"after": str(case.pk + MANY - 5)})
    assert len(last.context["rows"]) == 5
    assert last.context["rows"][-1].cells[0] == str(MANY + 1)
    for form in ("pdf", "xlsx", "print"):
        refused = desk.get(address, MONTH | {"format": form})
        assert refused.status_code == 409
        assert "Đặt kết xuất" in refused.content.decode()
    wish = {"kind": BOOK.export_kind, "format": "xlsx", "parameters": page.context["parameters"]}
    assert desk.post(reverse("exports:list"), wish, follow=True).status_code == 200
    assert Export.objects.get().state == "waiting"


def test_an_ordered_book_is_made(desk: Client, cast: Cast) -> None:
    case = a_case(cast)
    _copy(case, 20)
    page = desk.get(reverse("cases:book", args=[cast.commune_desk.pk]), MONTH)
    wish = {"kind": BOOK.export_kind, "format": "pdf", "parameters": page.context["parameters"]}
    desk.post(reverse("exports:list"), wish)
    export = producing.produce(Export.objects.get(), clock=lambda: AT)
    assert (export.state, export.done, export.total) == ("done", 21, 21)


def test_a_book_asks_the_same_whatever_its_length(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = a_case(cast)
    _copy(case, 300)
    book = BOOK.find(cast.commune_desk_officer, cast.commune_desk.pk)
    assert book is not None
    with django_assert_max_num_queries(1):
        rows = list(rows_of(book, since=AT.date(), until=AT.date()))
    assert [row.cells[0] for row in rows] == [str(n) for n in range(1, 302)]


def test_another_desk_s_book_is_neither_shown_nor_ordered(cast: Cast, client: Client, login: Login) -> None:
    a_case(cast)
    wish = f'{{"book": {cast.commune_desk.pk}, "since": "2014-03-01", "until": "2014-03-31"}}'
    for actor in (cast.district_desk_officer, cast.outsider, cast.specialist):
        login(client, actor)
        assert client.get(reverse("cases:book", args=[cast.commune_desk.pk])).status_code in {403, 404}
        posted = {"kind": BOOK.export_kind, "format": "pdf", "parameters": wish}
        assert client.post(reverse("exports:list"), posted).status_code == 403
    assert not Export.objects.exists()
