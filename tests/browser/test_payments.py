"""Payments in a real browser: every page passes the checks; a payer pays on a phone while the desk looks on."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from lienthong.kernel.clock import now
from lienthong.payments.models import Discrepancy, Payment
from lienthong.payments.tests.builders import KIND, THING, begun, charged, paid, said, word
from lienthong.payments.tests.conftest import paygov, told
from tests.browser.checks import check_page
from tests.cast import Cast

__all__ = ["paygov", "told"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("told", "paygov")]
OpenPage = Callable[..., Page]
SUBJECT = f"/charges/{KIND}/{THING.pk}/"


def walk(page: Page, addresses: tuple[str, ...], name: str) -> None:
    for place, address in enumerate(addresses):
        page.goto(address)
        if folder := os.environ.get("LOOK"):
            page.screenshot(path=f"{folder}/{name}-{place}.png", full_page=True)
        check_page(page)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_pages_of_who_collects_and_reconciles_pass(cast: Cast, open_page: OpenPage, *, phone: bool) -> None:
    charges = charged(cast)
    receipt = paid(charges[:1], cast.district_desk_officer, at=now())
    request = begun(charges[1:], at=now())
    said(word(request, amount="5000"), at=now())
    mine = (
        SUBJECT,
        f"{SUBJECT}desk/",
        f"/charges/{charges[1].pk}/waiver/",
        f"/payments/{receipt.payment_id}/",
        f"/payments/{receipt.payment_id}/refund/",
        f"/payments/{request.pk}/",
        "/takings/",
    )
    walk(open_page(cast.district_desk_officer.officer.user, phone=phone), mine, f"collect-{phone}")
    theirs = ("/reconciliation/", f"/discrepancies/{Discrepancy.objects.get().pk}/")
    walk(open_page(cast.district_leader.officer.user, phone=phone), theirs, f"reconcile-{phone}")


def test_a_payer_pays_on_a_phone_and_the_page_says_so_by_itself(
    cast: Cast, open_page: OpenPage, settings: Settings
) -> None:
    settings.DEMO = True
    charged(cast)
    desk = open_page(cast.district_desk_officer.officer.user)
    desk.goto(f"{SUBJECT}desk/")
    desk.get_by_role("button", name="Cổng thanh toán thử").click()
    expect(desk.get_by_role("img", name="Mã QR của trang thanh toán")).to_be_visible()
    check_page(desk)
    phone = open_page(phone=True)
    phone.goto(desk.url)
    check_page(phone)
    phone.get_by_role("link", name="Tới Cổng thanh toán thử").click()
    check_page(phone)
    phone.get_by_role("button", name="Trả tiền", exact=True).click()
    expect(phone.get_by_text("Đã nhận 81.000 đ")).to_be_visible()
    check_page(phone)
    expect(desk.get_by_text("Đã nhận 81.000 đ")).to_be_visible()
    assert Payment.objects.get().state == "paid"
