"""The page, its fragments, and the index made anew."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.search import sources
from lienthong.search.models import SearchEntry
from lienthong.search.sources import Entry
from lienthong.search.tests.conftest import Found, Put
from tests.cast import AT, Cast

Login = Callable[[Client, Actor], Client]


def test_the_page_shows_what_was_found_and_where_it_leads(cast: Cast, put: Put, client: Client, login: Login) -> None:
    put("Kế hoạch <b>mới</b>", symbol="119/KH-UBND", body="Điều 1. Ban hành kế hoạch", to=[cast.clerk])
    page = login(client, cast.clerk).get("/search/", {"q": "ke hoach"}).content.decode()
    assert "<mark>Kế hoạch</mark> &lt;b&gt;mới&lt;/b&gt;" in page
    assert 'href="/papers/1/"' in page
    assert "<mark>kế hoạch</mark>" in page
    assert "Giấy tờ" in page
    assert "Đang xử lý" in page


def test_the_fragments_are_parts_of_the_page(cast: Cast, put: Put, client: Client, login: Login) -> None:
    put("Kế hoạch mới", to=[cast.clerk])
    login(client, cast.clerk)
    results = client.get("/search/", {"q": "ke hoac"}, headers={"HX-Request": "true"}).content.decode()
    quick = client.get("/search/", {"q": "ke hoac", "quick": "1"}, headers={"HX-Request": "true"}).content.decode()
    for fragment in (results, quick):
        assert "<html" not in fragment
        assert "<mark>Kế hoạch</mark>" in fragment
    assert "lt-quick" in quick


def test_an_outsider_finds_nothing(cast: Cast, put: Put, client: Client, login: Login) -> None:
    put("Kế hoạch mới", to=[cast.clerk])
    page = login(client, cast.outsider).get("/search/", {"q": "ke hoach"}).content.decode()
    assert "Không thấy gì khớp" in page
    assert "papers" not in page


def test_when_nothing_is_found_the_page_helps(cast: Cast, put: Put, client: Client, login: Login) -> None:
    put("Kế hoạch mới", to=[cast.clerk])
    page = login(client, cast.clerk).get("/search/", {"q": "kế hoạch xyz", "year": "2013"}).content.decode()
    assert "Bỏ mọi bộ lọc" in page
    assert "Tìm “kế hoạch”" in page


def test_the_chips_are_links_that_keep_the_words(cast: Cast, put: Put, client: Client, login: Login) -> None:
    put("Kế hoạch mới", to=[cast.clerk], unit_id=cast.stttt.pk)
    asked = {"q": "ke hoach", "kind": "paper", "year": "2014", "state": "open", "unit": str(cast.stttt.pk)}
    page = login(client, cast.clerk).get("/search/", asked).content.decode()
    assert page.count('aria-current="true"') >= 4
    assert "Sở TT&amp;TT" in page
    assert f"?q=ke+hoach&amp;unit={cast.stttt.pk}&amp;year=2014&amp;state=open" in page


@pytest.mark.parametrize(
    "asked", ["q=%01", "q=a&year=x&unit=-1&after=99999999999999", "kind=%27&kind=a", "state=%22%3E"]
)
def test_a_broken_address_still_opens(cast: Cast, client: Client, login: Login, asked: str) -> None:
    assert login(client, cast.clerk).get(f"/search/?{asked}", follow=True).status_code == 200


def test_who_is_not_signed_in_goes_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/search/?q=a").status_code == 302


def _entries(cast: Cast, titles: list[str]) -> None:
    sources.declare(
        "paper",
        lambda: iter(
            Entry(subject=Subject("paper", pk), title=title, audiences=[cast.clerk.audience], at=AT)
            for pk, title in enumerate(titles, start=1)
        ),
    )


def test_the_index_is_made_anew_from_its_sources(cast: Cast, put: Put, found: Found) -> None:
    put("Sai", to=[cast.outsider])
    for _ in range(3):
        put("Thừa", to=[cast.clerk])
    _entries(cast, ["Kế hoạch", "Báo cáo"])
    with pytest.raises(CommandError, match="7 chỗ"):
        call_command("search", "check", stderr=io.StringIO())
    call_command("search", "rebuild", stdout=io.StringIO(), stderr=io.StringIO())
    assert found(cast.clerk, "kế hoạch") == ["Kế hoạch"]
    assert SearchEntry.objects.visible_to(cast.clerk).count() == 2
    call_command("search", "check", stdout=io.StringIO())


def test_made_afresh_the_index_follows_the_time(cast: Cast, put: Put, found: Found) -> None:
    _entries(cast, ["Một việc", "Hai việc"])
    call_command("search", "rebuild", "--afresh", stdout=io.StringIO(), stderr=io.StringIO())
    assert found(cast.clerk, "việc") == ["Hai việc", "Một việc"]
