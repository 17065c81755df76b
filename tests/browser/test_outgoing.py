"""Outgoing documents in a real browser: the pages of a draft and of a document, a remark on a paragraph."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lienthong.documents.models import IncomingDocument
from lienthong.documents.operations.registration import open_book
from lienthong.kernel.clock import now
from lienthong.outgoing.models import OutgoingDocument
from lienthong.outgoing.operations.drafting import begin
from lienthong.outgoing.operations.issuing import issue
from lienthong.outgoing.operations.publishing import publish
from lienthong.outgoing.operations.reviewing import Station, withdraw
from lienthong.outgoing.tests.builders import (
    WORDING,
    address,
    document_type,
    open_books,
    put_before,
    signed_draft,
)
from tests.browser.checks import check_page
from tests.cast import AT, Cast

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
    for path in (
        "/drafts/",
        "/drafts/new/",
        f"/drafts/{draft.pk}/?line=2",
        f"/drafts/{draft.pk}/marks/",
        f"/drafts/{draft.pk}/recipients/",
        f"/drafts/{draft.pk}/sharing/",
        "/outgoing/?state=published",
    ):
        page.goto(path)
        check_page(page)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_pages_of_the_clerk_pass(cast: Cast, open_page: OpenPage, *, phone: bool) -> None:
    open_books(cast)
    document = publish(issue(signed_draft(cast), actor=cast.clerk, at=now()), at=now())
    waiting = signed_draft(cast)
    page = open_page(cast.clerk.officer.user, phone=phone)
    for path in (
        "/outgoing/pending/",
        f"/drafts/{waiting.pk}/issue/",
        f"/outgoing/{document.pk}/",
        f"/outgoing/{document.pk}/labels/",
        "/outgoing/books/",
    ):
        page.goto(path)
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


def test_what_is_typed_survives_a_session_that_ended(cast: Cast, open_page: OpenPage) -> None:
    draft = begin(document_type(), WORDING, actor=cast.specialist, at=now())
    page = open_page(cast.specialist.officer.user)
    page.goto(f"/drafts/{draft.pk}/edit/")
    mark = page.locator("[data-saved]")
    page.locator("#id_body").fill("Câu đã lưu.")
    expect(mark).to_contain_text("Đã lưu lúc")
    signed_in = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.locator("#id_body").fill("Câu đã lưu. Câu gõ sau khi phiên hết.")
    expect(mark).to_contain_text("Phiên làm việc đã hết")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.wait_for_url("**/accounts/login/**")
    page.context.add_cookies(
        [
            {"name": one["name"], "value": one["value"], "domain": one["domain"], "path": one["path"]}
            for one in signed_in
        ]
    )
    page.goto(f"/drafts/{draft.pk}/edit/", referer=page.url)
    expect(page.locator("#id_body")).to_have_value("Câu đã lưu. Câu gõ sau khi phiên hết.")
    assert draft.versions.get().body == "Câu đã lưu."


def test_two_authors_are_told_and_shown_the_difference(cast: Cast, open_page: OpenPage) -> None:
    draft = begin(document_type(), WORDING, actor=cast.specialist, at=now())
    page, other = open_page(cast.specialist.officer.user), open_page(cast.division_head.officer.user)
    for one in (page, other):
        one.goto(f"/drafts/{draft.pk}/edit/")
    expect(other.get_by_text("lưu bản này")).to_be_visible()
    other.locator("#id_body").fill("Câu của trưởng phòng.")
    other.get_by_role("button", name="Lưu", exact=True).click()
    expect(other.locator("#messages, .lt-notice").first).to_contain_text("Đã lưu")
    page.locator("#id_body").fill("Câu của chuyên viên.")
    expect(page.locator("[data-saved]")).to_contain_text("xem khác biệt")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".lt-changes")).to_contain_text("Câu của")
    page.get_by_role("button", name="Lưu bản của tôi lên trên").click()
    expect(page.locator("#id_body")).to_have_value("Câu của chuyên viên.")
    assert [one.post for one in draft.versions.order_by("number")] == [
        cast.specialist.post,
        cast.division_head.post,
        cast.specialist.post,
    ]


def test_a_number_is_given_once_to_a_double_click_and_to_two_clerks(cast: Cast, open_page: OpenPage) -> None:
    open_books(cast)
    draft = signed_draft(cast)
    page, other = open_page(cast.clerk.officer.user), open_page(cast.clerk.officer.user)
    for one in (page, other):
        one.goto(f"/drafts/{draft.pk}/issue/")
    page.get_by_role("button", name="Cấp số, phát hành").dblclick()
    page.wait_for_url("**/outgoing/*/")
    other.get_by_role("button", name="Cấp số, phát hành").click()
    other.wait_for_url("**/outgoing/*/")
    assert other.url == page.url
    assert OutgoingDocument.objects.count() == 1


def test_a_page_that_went_stale_is_refused_in_words(cast: Cast, open_page: OpenPage) -> None:
    draft = address(cast, begin(document_type(), WORDING, actor=cast.specialist, at=now()), cast.specialist)
    put_before(cast, draft, cast.leader, Station(1, cast.division_head.post), actor=cast.specialist)
    page = open_page(cast.division_head.officer.user)
    page.goto(f"/drafts/{draft.pk}/")
    withdraw(draft, actor=cast.specialist, at=now())
    page.get_by_role("button", name="Đồng ý").first.click()
    page.locator("dialog[open]").get_by_role("button", name="Đồng ý").click()
    expect(page.locator("main")).to_contain_text("không còn chờ bạn xem")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_recalled_document_is_said_plainly_on_both_sides(cast: Cast, open_page: OpenPage, *, phone: bool) -> None:
    open_books(cast)
    open_book(cast.ubnd, name="Sổ văn bản đến", is_default=True, actor=None, at=AT)
    document = publish(issue(signed_draft(cast), actor=cast.clerk, at=now()), at=now())
    clerk = open_page(cast.province_clerk.officer.user, phone=phone)
    clerk.goto("/intake/")
    clerk.get_by_role("button", name="Vào sổ").first.click()
    expect(clerk.locator("#messages")).to_contain_text("số đến 1")
    leader = open_page(cast.leader.officer.user, phone=phone)
    leader.goto(f"/outgoing/{document.pk}/")
    leader.locator("summary", has_text="Việc khác").click()
    leader.get_by_role("button", name="Thu hồi văn bản").click()
    leader.get_by_label("Lý do thu hồi").fill("Sai số liệu")
    leader.get_by_role("button", name="Thu hồi", exact=True).click()
    expect(leader.locator("#recipients")).to_contain_text("Chờ nơi nhận hủy bản giữ")
    check_page(leader)
    clerk.goto(f"/incoming/{IncomingDocument.objects.get().pk}/")
    check_page(clerk)
    clerk.get_by_role("button", name="Đã hủy bản giữ, báo nơi gửi").click()
    clerk.get_by_role("button", name="Đã hủy, báo nơi gửi").click()
    expect(clerk.locator("main")).to_contain_text("Bản giữ đã hủy và đã báo nơi gửi")
    assert not clerk.get_by_role("button", name="Mở lại").count()
    leader.reload()
    expect(leader.locator("#recipients")).to_contain_text("Nơi nhận đã hủy bản giữ")
