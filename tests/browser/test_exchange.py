"""The exchange in a real browser: its pages pass the checks with messages delivered, refused and waiting."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from lienthong.exchange.models import Message
from lienthong.exchange.tests.builders import code, run, tell
from lienthong.exchange.tests.conftest import partner
from lienthong.exchange.tests.stub import Stub
from tests.browser.checks import check_page
from tests.cast import Cast

__all__ = ["partner"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_pages_of_the_exchange_pass(
    partner: Stub, cast: Cast, open_page: Callable[..., Page], *, phone: bool
) -> None:
    partner.refuses = {code(1): "Mã thủ tục không có trên hệ thống."}
    for number, status in ((1, 2), (1, 4), (2, 2)):
        tell(number, status)
    run()
    page = open_page(cast.administrator.officer.user, phone=phone)
    refused = Message.objects.failed().get().pk
    for place, address in enumerate(("/exchange/", f"/exchange/messages/{refused}/", "/exchange/arrivals/")):
        page.goto(address)
        if folder := os.environ.get("LOOK"):
            page.screenshot(path=f"{folder}/exchange-{phone}-{place}.png", full_page=True)
        check_page(page)
