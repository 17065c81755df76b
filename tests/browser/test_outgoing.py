"""Outgoing documents in a real browser: the pages of a draft and of a document, a remark on a paragraph."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lienthong.kernel.clock import now
from lienthong.outgoing.operations.drafting import begin
from lienthong.outgoing.operations.issuing import issue
from lienthong.outgoing.operations.publishing import publish
from lienthong.outgoing.tests.builders import WORDING, document_type, open_books, signed_draft
from tests.browser.checks import check_page
from tests.cast import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("data_directory"),
]
OpenPage = Callable[..., Page]


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_pages_of_a_draft_pass(cast: Cast, open_page: OpenPage, *, phone: bool) -> None:
    draft = begin(document_type(), WORDING, actor=cast.specialist, at=now())
    page = open_page(cast.specialist.officer.user, phone=phone)
    for address in (
        "/drafts/",
        "/drafts/new/",
        f"/drafts/{draft.pk}/?line=2",
        f"/drafts/{draft.pk}/marks/",
        f"/drafts/{draft.pk}/recipients/",
        "/outgoing/?state=published",
    ):
        page.goto(address)
        check_page(page)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_pages_of_the_clerk_pass(cast: Cast, open_page: OpenPage, *, phone: bool) -> None:
    open_books(cast)
    document = publish(issue(signed_draft(cast), actor=cast.clerk, at=now()), at=now())
    waiting = signed_draft(cast)
    page = open_page(cast.clerk.officer.user, phone=phone)
    for address in (
        "/outgoing/pending/",
        f"/drafts/{waiting.pk}/issue/",
        f"/outgoing/{document.pk}/",
        f"/outgoing/{document.pk}/labels/",
        "/outgoing/books/",
    ):
        page.goto(address)
        check_page(page)


def test_a_paragraph_is_remarked_on_with_a_click(cast: Cast, open_page: OpenPage) -> None:
    draft = begin(document_type(), WORDING, actor=cast.specialist, at=now())
    page = open_page(cast.specialist.officer.user)
    page.goto(f"/drafts/{draft.pk}/")
    page.locator("summary", has_text="Chọn đoạn để góp ý").click()
    page.locator(".lt-paragraphs li").nth(2).click()
    expect(page.get_by_label("Đoạn số")).to_have_value("3")
    page.get_by_role("textbox", name="Góp ý").fill("Xem lại con số")
    page.get_by_role("button", name="Gửi góp ý").click()
    expect(page.locator(".lt-remark")).to_contain_text("đoạn 3")
