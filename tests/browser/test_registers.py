"""Registers and results of cases in a real browser: every page passes the checks, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lienthong.cases import operations
from lienthong.cases.tests.builders import a_case
from lienthong.registers.models import Entry
from tests.browser.checks import check_page
from tests.cast import AT, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_pages_of_registers_pass_and_an_entry_is_corrected(cast: Cast, open_page: OpenPage, *, phone: bool) -> None:
    case = a_case(cast, at=AT)
    operations.write_result(case, "giay_khai_sinh", symbol="12/2014", signer="Đinh Công Tráng",
                            actor=cast.registrar, at=AT)  # fmt: skip
    entry = Entry.objects.get()
    page = open_page(cast.registrar.officer.user, phone=phone)
    for address in ("/registers/", "/registers/?q=khong-co", f"/registers/entries/{entry.pk}/", f"/cases/{case.pk}/"):
        page.goto(address)
        check_page(page)
    page.goto(f"/cases/{case.pk}/results/{entry.subject_id}/file/")
    check_page(page)
    page.goto(f"/registers/entries/{entry.pk}/correction/")
    check_page(page)
    page.get_by_label("Nơi sinh").fill("Trạm y tế xã Chí Công")
    page.get_by_label("Lý do").fill("Ghi nhầm nơi sinh")
    page.get_by_role("button", name="Cải chính").click()
    expect(page.get_by_text("Đã cải chính mục")).to_be_visible()
    expect(page.get_by_text("Trạm y tế xã Chí Công").first).to_be_visible()


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_who_leads_prints_the_book_and_revokes(cast: Cast, open_page: OpenPage, *, phone: bool) -> None:
    case = a_case(cast, at=AT)
    operations.write_result(case, "giay_khai_sinh", symbol="12/2014", signer="Đinh Công Tráng",
                            actor=cast.registrar, at=AT)  # fmt: skip
    entry = Entry.objects.get()
    page = open_page(cast.commune_leader.officer.user, phone=phone)
    for address in (
        f"/registers/books/{entry.book_id}/?since=01/03/2014&until=31/03/2014",
        f"/registers/entries/{entry.pk}/revocation/",
    ):
        page.goto(address)
        check_page(page)
    page.get_by_label("Lý do").fill("Cấp sai")
    page.get_by_role("button", name="Thu hồi").click()
    expect(page.get_by_text("Đã thu hồi mục")).to_be_visible()
