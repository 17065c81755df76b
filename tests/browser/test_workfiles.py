"""Work files in a real browser: every page passes the checks, and a file is filled and closed by keyboard."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lienthong.documents.operations.readers import open_to
from lienthong.documents.tests.builders import make_book, make_document
from lienthong.outgoing.tests.builders import issued_document, open_books
from lienthong.workfiles.models import WorkFile
from lienthong.workfiles.operations.copies import give_copy
from lienthong.workfiles.operations.filing import file_subject
from lienthong.workfiles.operations.handing_over import hand_over
from lienthong.workfiles.operations.plans import begin_plan
from lienthong.workfiles.tests.builders import closed_file, open_file, planned
from tests.browser.checks import assert_fits, check_page
from tests.cast import AT, Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("data_directory"),
]
OpenPage = Callable[..., Page]


@pytest.fixture
def file(cast: Cast) -> WorkFile:
    """An open file with a document that the specialist reads."""
    document = make_document(make_book(cast), cast.clerk, pages=2)
    open_to(document, [cast.specialist.audience])
    made = open_file(cast)
    file_subject(made, document.subject, actor=cast.specialist, at=AT)
    return made


def walk(page: Page, addresses: tuple[str, ...], name: str) -> None:
    for address in addresses:
        page.goto(address)
        if folder := os.environ.get("LOOK"):
            word = address.strip("/").replace("/", "-").replace("?", "-")
            page.screenshot(path=f"{folder}/{name}-{word}.png", full_page=True)
        check_page(page)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_pages_of_a_keeper_pass(cast: Cast, file: WorkFile, open_page: OpenPage, *, phone: bool) -> None:
    page = open_page(cast.specialist.officer.user, phone=phone)
    filing = file.filings.get()
    walk(
        page,
        (
            "/work-files/",
            "/work-files/?due=1",
            f"/work-files/planned/{planned(file.heading, 2).pk}/",
            "/work-files/new/",
            "/work-files/unfiled/",
            f"/work-files/filing/?subject={filing.subject}",
            f"/work-files/{file.pk}/",
            f"/work-files/{file.pk}/details/",
            f"/work-files/{file.pk}/keeper/",
            f"/work-files/{file.pk}/readers/",
            f"/work-files/{file.pk}/filings/?q=internet",
            f"/work-files/{file.pk}/filings/{filing.pk}/",
            f"/work-files/{file.pk}/filings/{filing.pk}/removal/",
            f"/work-files/{file.pk}/closing/",
            "/hand-overs/",
            "/hand-overs/new/",
        ),
        f"keeper-{phone}",
    )


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_pages_of_the_archivist_pass(cast: Cast, file: WorkFile, open_page: OpenPage, *, phone: bool) -> None:
    closed = closed_file(file, cast.specialist)
    made = hand_over([closed], actor=cast.specialist, at=AT)
    open_books(cast)
    document = issued_document(cast)
    use = give_copy(document, user=cast.specialist.post, allowed_by=cast.leader.post, actor=cast.clerk, at=AT)
    plan = file.heading.plan
    drafted = begin_plan(year=plan.year + 1, copy_from=plan, actor=cast.clerk, at=AT)
    heading = drafted.headings.get()
    page = open_page(cast.clerk.officer.user, phone=phone)
    walk(
        page,
        (
            "/file-plans/",
            f"/file-plans/new/?copy_from={plan.pk}",
            f"/file-plans/{plan.pk}/",
            f"/file-plans/{drafted.pk}/",
            f"/file-plans/{drafted.pk}/headings/new/",
            f"/file-plans/{drafted.pk}/headings/{heading.pk}/",
            f"/file-plans/{plan.pk}/headings/{plan.headings.get().pk}/removal/",
            f"/file-plans/{drafted.pk}/files/new/",
            f"/file-plans/{drafted.pk}/import/",
            f"/hand-overs/{made.pk}/",
            "/kept-copies/",
            f"/kept-copies/new/?document={document.pk}",
            f"/kept-copies/{use.pk}/return/",
            f"/kept-copies/register/{cast.stttt.pk}/copies/?since=01/01/2014&until=31/12/2014",
        ),
        f"archivist-{phone}",
    )


def test_a_file_is_closed_by_keyboard_at_twice_the_size(cast: Cast, file: WorkFile, open_page: OpenPage) -> None:
    page = open_page(cast.specialist.officer.user)
    page.set_viewport_size({"width": 720, "height": 450})
    page.goto(f"/work-files/{file.pk}/details/")
    assert_fits(page)
    page.goto(f"/work-files/{file.pk}/closing/")
    assert_fits(page)
    mends = page.locator("#checks button")
    for left in range(mends.count(), 0, -1):
        expect(mends).to_have_count(left)
        mends.first.focus()
        page.keyboard.press("Enter")
    expect(page.locator("#checks")).to_contain_text("Hồ sơ đã đủ điều kiện kết thúc")
    page.get_by_role("button", name="Kết thúc hồ sơ").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Đã kết thúc hồ sơ")
