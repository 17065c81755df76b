"""A passkey is added and then opens the door, with an authenticator that Chromium plays."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import check_page
from tests.cast import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("data_directory"),
]
PASSWORD = "con trâu đi trước cái cày theo sau"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_is_added_and_opens_the_door(cast: Cast, open_page: Callable[..., Page]) -> None:
    user = cast.clerk.officer.user
    assert user is not None
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    page = open_page()
    page.goto("/accounts/login/")
    home = f"http://localhost:{urlsplit(page.url).port}"  # a passkey belongs to a name, never to a number
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    page.goto(f"{home}/accounts/login/")
    page.get_by_label("Tên đăng nhập hoặc thư điện tử").fill(user.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(f"{home}/")
    page.goto(f"{home}/accounts/2fa/webauthn/add/")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Xác nhận").click()
    page.wait_for_url("**/webauthn/add/")
    check_page(page)
    page.get_by_label("Tên", exact=True).fill("Máy ở bàn")
    page.get_by_label("Đăng nhập không cần mật khẩu").check()
    page.get_by_role("button", name="Thêm").click()
    page.wait_for_load_state("networkidle")
    expect(page.locator("main")).to_contain_text("Mã dự phòng")
    page.goto(f"{home}/accounts/2fa/webauthn/")
    expect(page.locator("main")).to_contain_text("Máy ở bàn")
    check_page(page)

    page.context.clear_cookies()
    page.goto(f"{home}/accounts/login/")
    page.get_by_role("button", name="Đăng nhập bằng passkey").click()
    page.wait_for_url(f"{home}/")
    expect(page.locator("h1")).to_contain_text("Việc của tôi")
