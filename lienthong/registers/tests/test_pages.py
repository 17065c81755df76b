"""The pages of registers: list, entry, correction, revocation, the book on screen and printed; others are refused."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lienthong.kernel import clock
from lienthong.registers.models import Entry
from lienthong.registers.tests.builders import an_entry
from tests.cast import AT, Cast, Login

pytestmark = pytest.mark.django_db
MONTH = {"since": "01/03/2014", "until": "31/03/2014"}


@pytest.fixture(autouse=True)
def on_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def _page(client: Client, name: str, *args: int, **query: str) -> str:
    return client.get(reverse(f"registers:{name}", args=args), query).content.decode()


def test_the_list_shows_entries_by_filters(
    cast: Cast, client: Client, login: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    entries = [an_entry(cast, number) for number in range(1, 31)]
    login(client, cast.registrar)
    client.get(reverse("registers:list"))
    with django_assert_max_num_queries(24):
        page = _page(client, "list")
    assert "30/2014" in page
    assert "02/2014" not in page
    assert "Trần Minh Khang" in _page(client, "list", q="khang 140310 0002", year="2014")
    assert "Không có mục nào hợp với bộ lọc" in _page(client, "list", state="revoked")
    assert "02/2014" in _page(client, "list", after=str(entries[2].pk))


def test_an_entry_is_shown_and_corrected_with_what_is_wrong_beside_it(
    cast: Cast, client: Client, login: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    entry = an_entry(cast)
    login(client, cast.registrar)
    with django_assert_max_num_queries(26):
        page = _page(client, "entry", entry.pk)
    assert "Bệnh viện đa khoa Bắc Bình Thuận" in page
    assert "Cải chính" in page
    assert reverse("registers:revocation", args=[entry.pk]) not in page
    address = reverse("registers:correction", args=[entry.pk])
    assert client.get(address).status_code == 200
    said = {"tre.name": "Trần Minh Khang", "tre.sex": "male", "noi_sinh": "Tại nhà", "reason": "Ghi nhầm"}
    wrong = client.post(address, said)
    assert wrong.status_code == 422
    whole = said | {"tre.birth": "01/03/2014", "me.name": "Nguyễn Thị Hòa", "me.birth": "1985",
                    "nguoi_khai.name": "Trần Văn Nam", "nguoi_khai.id_kind": "cmnd",
                    "nguoi_khai.id_number": "260123456", "quan_he": "cha_me"}  # fmt: skip
    assert client.post(address, whole)["Location"] == reverse("registers:entry", args=[entry.pk])
    assert "từ “Bệnh viện đa khoa Bắc Bình Thuận” thành “Tại nhà”" in _page(client, "entry", entry.pk)


def test_who_leads_revokes_and_prints_the_book(cast: Cast, client: Client, login: Login) -> None:
    entry = an_entry(cast)
    login(client, cast.commune_leader)
    address = reverse("registers:revocation", args=[entry.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "Cấp sai", "basis": "05/QĐ-UBND"})
    assert Entry.objects.get().state == Entry.State.REVOKED
    book = reverse("registers:book", args=[entry.book_id])
    assert "Đã thu hồi 10/03/2014: Cấp sai" in client.get(book, MONTH).content.decode()
    for form, kind in (("xlsx", "spreadsheet"), ("pdf", "pdf"), ("print", "html")):
        answer = client.get(book, MONTH | {"format": form})
        assert answer.status_code == 200
        assert kind in answer["Content-Type"]
        assert b"".join(answer)  # a file is read to its end, so that it is closed


def test_others_find_nothing(cast: Cast, client: Client, login: Login) -> None:
    entry = an_entry(cast)
    login(client, cast.outsider)
    for name in ("entry", "correction", "revocation"):
        assert client.get(reverse(f"registers:{name}", args=[entry.pk])).status_code == 404
    assert client.get(reverse("registers:book", args=[entry.book_id])).status_code == 404
    assert "Sổ chưa có mục nào" in _page(client, "list")
    login(client, cast.registrar)
    assert client.get(reverse("registers:revocation", args=[entry.pk])).status_code == 403
    assert client.get(reverse("registers:book", args=[entry.book_id]), MONTH).status_code == 404
