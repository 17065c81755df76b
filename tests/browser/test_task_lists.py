"""The side preview and the saved filters of the task lists, in a real browser."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lienthong.kernel.clock import now
from lienthong.tasks.due import Due
from lienthong.tasks.operations import Item, assign
from lienthong.ui.models import SavedFilter
from tests.cast import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("data_directory"),
]
OpenPage = Callable[..., Page]


@pytest.fixture
def three(cast: Cast) -> list[int]:
    """Three tasks of the division, the nearest deadline first."""
    items = [Item(f"Việc thứ {number}", cast.cntt, Due.within(number)) for number in (3, 4, 5)]
    return [task.pk for task in assign(None, items, key=uuid.uuid4(), actor=cast.leader, at=now())]


def test_the_preview_walks_with_the_arrows_and_loads_no_page(cast: Cast, three: list[int], open_page: OpenPage) -> None:
    page = open_page(cast.division_head.officer.user)
    page.set_viewport_size({"width": 1440, "height": 900})
    for address in ("/", "/tasks/?open=1", "/tasks/by-person/"):
        page.goto(address)
        expect(page.locator("#preview")).to_be_hidden()
        page.keyboard.press("p")
        expect(page.locator("#preview h2")).to_have_text("Việc thứ 3")
        page.keyboard.press("ArrowDown")
        expect(page.locator("#preview h2")).to_have_text("Việc thứ 4")
        expect(page).to_have_url(address)
        page.locator(f'[data-preview="/tasks/{three[2]}/preview/"] .lt-sub').click()
        expect(page.locator("#preview h2")).to_have_text("Việc thứ 5")
        page.reload()
        expect(page.locator("#preview")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#preview")).to_be_hidden()
    page.get_by_role("button", name="Xem nhanh", exact=True).click()
    expect(page.locator("#preview h2")).to_have_text("Việc thứ 3")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"/tasks/{three[0]}/")


def test_the_preview_outlives_the_page_asking_again(cast: Cast, three: list[int], open_page: OpenPage) -> None:
    page = open_page(cast.division_head.officer.user)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/")
    page.keyboard.press("p")
    expect(page.locator("#preview h2")).to_have_text("Việc thứ 3")
    assign(None, [Item("Việc vừa tới", cast.cntt, Due.within(9))], key=uuid.uuid4(), actor=cast.leader, at=now())
    page.evaluate(
        "htmx.ajax('GET', document.querySelector('#work').getAttribute('hx-get'),"
        " {source: '#work', target: '#work', swap: 'outerHTML'})"
    )
    expect(page.get_by_role("link", name="Việc vừa tới")).to_be_visible()
    expect(page.locator("#preview h2")).to_have_text("Việc thứ 3")
    assert page.evaluate("document.activeElement.id") == f"task-{three[0]}"


def test_on_a_phone_a_row_opens_its_page(cast: Cast, three: list[int], open_page: OpenPage) -> None:
    page = open_page(cast.division_head.officer.user, phone=True)
    page.goto("/tasks/?open=1")
    expect(page.get_by_role("button", name="Xem nhanh", exact=True)).to_be_hidden()
    page.locator(".lt-row .lt-sub").first.click()
    expect(page).to_have_url(f"/tasks/{three[0]}/")
    assert three


def test_a_filter_is_saved_by_keyboard_and_deleted_with_a_way_back(
    cast: Cast, three: list[int], open_page: OpenPage
) -> None:
    page = open_page(cast.division_head.officer.user)
    page.goto("/tasks/?open=1")
    page.locator("summary", has_text="Lưu bộ lọc này").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#saved-filter-name")).to_be_focused()
    page.keyboard.type("Đang mở của phòng")
    page.keyboard.press("Enter")
    expect(page.locator("a.lt-chip[aria-current]", has_text="Đang mở của phòng")).to_be_visible()
    page.get_by_role("button", name="Xóa bộ lọc Đang mở của phòng").click()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã khôi phục bộ lọc")).to_be_visible()
    assert SavedFilter.objects.standing().get().name == "Đang mở của phòng"
    assert three


def test_on_the_phone_the_part_that_is_open_is_in_sight(cast: Cast, open_page: OpenPage) -> None:
    page = open_page(cast.division_head.officer.user)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/?tab=waiting")
    expect(page.locator(".lt-tabs [aria-current]")).to_be_in_viewport(ratio=0.9)
