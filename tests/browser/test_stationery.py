"""Stationery in a real browser: a template edited with the paper beside it, a letterhead set, on the phone too."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lienthong.kernel.clock import now
from lienthong.stationery.models import DocumentTemplate, Letterhead
from lienthong.stationery.operations import begin_draft, load_stationery
from tests.browser.checks import check_page
from tests.cast import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("data_directory"),
]
OpenPage = Callable[..., Page]


@pytest.fixture
def letter(cast: Cast) -> DocumentTemplate:
    """The template of a letter that comes with the software."""
    load_stationery(at=now())
    return DocumentTemplate.objects.get(code="cong-van")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_pages_of_stationery_pass(
    cast: Cast, letter: DocumentTemplate, open_page: OpenPage, *, phone: bool
) -> None:
    begin_draft(letter, actor=cast.administrator, at=now())
    page = open_page(cast.administrator.officer.user, phone=phone)
    for address in (
        "/document-templates/",
        "/document-templates/?q=khong-co",
        "/document-templates/new/",
        f"/document-templates/{letter.pk}/",
        f"/document-templates/{letter.pk}/draft/",
        f"/document-templates/{letter.pk}/copy/",
        "/letterheads/",
        f"/letterheads/{cast.stttt.pk}/",
        f"/letterheads/{cast.ubnd.pk}/?as=person",
    ):
        page.goto(address)
        if folder := os.environ.get("LOOK"):
            name = address.strip("/").replace("/", "-").replace("?", "-")
            page.screenshot(path=f"{folder}/{name}-{'phone' if phone else 'desk'}.png", full_page=True)
        check_page(page)


def test_the_paper_follows_what_is_typed(cast: Cast, letter: DocumentTemplate, open_page: OpenPage) -> None:
    begin_draft(letter, actor=cast.administrator, at=now())
    page = open_page(cast.administrator.officer.user)
    page.goto(f"/document-templates/{letter.pk}/draft/")
    before = page.locator("#preview img").first.get_attribute("src")
    page.locator("textarea[name=body]").fill("Nội dung mới của {{ co_quan_sai }}./.")
    expect(page.locator("#preview")).to_contain_text("không có trường “co_quan_sai”")
    body = page.locator("textarea[name=body]")
    body.fill("Nội dung mới của ")
    page.locator("summary", has_text="Chèn trường").click()
    page.get_by_role("button", name="Tên cơ quan ban hành").click()
    expect(body).to_have_value("Nội dung mới của {{ co_quan }}")
    expect(page.locator("#preview img")).to_have_count(1)
    assert page.locator("#preview img").first.get_attribute("src") != before
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.locator("#messages")).to_contain_text("Đã lưu bản nháp")
    page.get_by_role("button", name="Ban hành").click()
    expect(page.locator("#messages")).to_contain_text("Đã ban hành phiên bản 2")


def test_a_clerk_sets_the_head_of_the_own_department_on_the_phone(cast: Cast, open_page: OpenPage) -> None:
    page = open_page(cast.clerk.officer.user, phone=True)
    page.goto(f"/letterheads/{cast.stttt.pk}/")
    page.get_by_label("Địa danh").fill("Phan Thiết")
    expect(page.locator("#head-said")).to_contain_text("chưa lưu")
    expect(page.locator(".st-head img")).to_have_js_property("complete", value=True)
    page.get_by_role("button", name="Đặt phần đầu").click()
    expect(page.locator("#messages")).to_contain_text("Đã đặt phần đầu từ")
    assert Letterhead.objects.get().place == "Phan Thiết"
