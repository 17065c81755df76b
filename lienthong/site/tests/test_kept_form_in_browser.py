"""What was typed outlives a session and a token that are gone, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.usersessions.models import UserSession
from playwright.sync_api import Page, expect

from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_form_whose_token_is_gone_is_filled_again_on_the_way_back(open_page: Callable[..., Page], cast: Cast) -> None:
    page = open_page(cast.clerk.officer.user)
    page.goto("/incoming/new/")
    page.get_by_label("Trích yếu").fill("Về việc báo cáo thuê bao")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Vào sổ", exact=True).click()
    expect(page.locator("[data-form-refused]")).to_contain_text("được điền lại")
    page.get_by_role("link", name="Trở lại").click()
    expect(page.get_by_label("Trích yếu")).to_have_value("Về việc báo cáo thuê bao")
    page.reload()
    expect(page.get_by_label("Trích yếu")).to_have_value("")


def test_a_button_pressed_on_the_pages_of_the_account_is_not_called_lost(
    open_page: Callable[..., Page], cast: Cast
) -> None:
    page = open_page(cast.clerk.officer.user)
    (elsewhere,) = open_page(cast.clerk.officer.user).context.cookies()
    UserSession.objects.create(
        user=cast.clerk.officer.user, ip="10.0.0.7", user_agent="Firefox", session_key=elsewhere["value"]
    )
    page.goto("/accounts/sessions/")
    page.get_by_role("button", name="Đăng xuất máy này: Firefox").click()
    expect(page.locator("#messages")).to_contain_text("Đã đăng xuất")
    expect(page.locator("#messages")).not_to_contain_text("chưa được lưu")
