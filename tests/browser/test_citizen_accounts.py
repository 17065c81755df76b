"""The citizens' entrance and account in a real browser: desk and phone, by keyboard, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from lienthong.kernel.clock import now
from lienthong.online.models import Citizen
from lienthong.online.operations.accounts import open_account
from tests.browser.checks import look
from tests.browser.watching import seen_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
ACCOUNT = "/dich-vu-cong/tai-khoan/"
PAGES = ["", "ho-ten/", "lien-he/dien-thoai/", "lien-he/thu-dien-tu/", "cach-bao-tin/", "cac-may/", "lop-hai/", "dong/"]


@pytest.fixture(autouse=True)
def _demo(settings: Settings) -> None:
    """The demo shows the code on the page."""
    settings.DEMO = True


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_somebody_signs_up_with_the_keyboard_alone(open_page: OpenPage, *, phone: bool) -> None:
    page = open_page(phone=phone)
    shape = "phone" if phone else "desk"
    page.goto("/dich-vu-cong/")
    look(page, f"home-{shape}")
    page.goto(ACCOUNT)
    page.wait_for_url("**/dang-nhap/**")
    look(page, f"sign-in-{shape}")
    page.keyboard.type("0918 123 456")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dang-nhap/ma/")
    look(page, f"code-{shape}")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Mã không đúng")).to_be_visible()
    seen_on(page).errors.clear()  # the answer 422 to a wrong code, which is meant
    look(page, f"code-wrong-{shape}")
    page.get_by_label("Mã 6 chữ số").fill(page.locator(".on-code").inner_text())
    page.keyboard.press("Enter")
    page.wait_for_url("**/dang-nhap/ten/")
    look(page, f"name-{shape}")
    page.keyboard.type("Trần Văn Nam")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{ACCOUNT}")
    look(page, f"account-{shape}")
    assert Citizen.objects.get().name == "Trần Văn Nam"


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_pages_of_the_account_pass(open_page: OpenPage, *, phone: bool) -> None:
    citizen = open_account(phone="0918123456", name="Trần Văn Nam", at=now())
    page = open_page(citizen.user, phone=phone)
    for place in PAGES:
        page.goto(f"{ACCOUNT}{place}")
        look(page, f"account-{place.replace('/', '-') or 'itself'}-{'phone' if phone else 'desk'}")


def test_it_works_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto("/ho-so-cua-toi/")
    page.get_by_label("Số điện thoại hoặc thư điện tử").fill("nam@example.com")
    page.get_by_role("button", name="Gửi mã").click()
    page.get_by_label("Mã 6 chữ số").fill(page.locator(".on-code").inner_text())
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_label("Họ và tên").fill("Lê Thị Tư")
    page.get_by_role("button", name="Lập tài khoản").click()
    expect(page.get_by_role("heading", name="Hồ sơ của tôi")).to_be_visible()
    context.close()
