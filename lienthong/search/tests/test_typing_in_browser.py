"""Results come while typing, in the bar of every page and on the page of search."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from lienthong.search.tests.conftest import Put
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_bar_proposes_while_typing(cast: Cast, put: Put, open_page: Callable[..., Page]) -> None:
    put("Kế hoạch cải cách hành chính", symbol="119/KH-UBND", to=[cast.clerk])
    page = open_page(cast.clerk.officer.user)
    page.goto("/notices/")
    page.keyboard.press("/")
    page.keyboard.type("cai cach h")
    page.wait_for_selector(".lt-quick mark")
    assert "119/KH-UBND" in page.inner_text(".lt-quick")
    page.keyboard.press("ArrowDown")
    assert "119/KH-UBND" in page.evaluate("document.activeElement.innerText")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-everything"
    page.fill("#search-everything", "khongcogi")
    page.wait_for_selector(".lt-quick-none")


def test_the_page_follows_what_is_typed_and_its_address_too(
    cast: Cast, put: Put, open_page: Callable[..., Page]
) -> None:
    put("Kế hoạch cải cách hành chính", to=[cast.clerk])
    page = open_page(cast.clerk.officer.user, phone=True)
    page.goto("/search/")
    page.fill("#search-text", "ke hoac")
    page.wait_for_selector(".lt-hit mark")
    page.wait_for_url("**/search/?q=ke*hoac")
