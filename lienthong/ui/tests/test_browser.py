"""In a real browser: the keys, the dialogs, search as you type, the preview; and axe on every shape of page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from lienthong.ui.gallery import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WHOLE_PAGES = ["", *(f"{page}/" for page in PAGES if page != "preview")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wide_or_narrow_light_or_dark(open_page: OpenPage, scheme: str) -> None:
    axe = Axe()
    for phone in (False, True):
        page = open_page(phone=phone)
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for path in ("", "list/", "substitute/"):
            page.goto(f"/_ui/{path}")
            expect(page.locator("h1")).to_be_visible()
            page.wait_for_load_state("networkidle")
            page.evaluate("document.fonts.ready.then(() => true)")
            found = axe.run(page, options=RULES).response["violations"]
            assert [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in found] == [], path


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for path in WHOLE_PAGES:
        page.goto(f"/_ui/{path}")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_the_list_is_walked_marked_and_opened_by_keys(page: Page) -> None:
    page.goto("/_ui/list/")
    page.keyboard.press("j")
    expect(page.locator(".lt-row").nth(0)).to_have_class("lt-row is-here")
    expect(page.locator("#preview")).to_be_hidden()
    page.keyboard.press("p")
    expect(page.locator("#preview h2")).to_contain_text("Giao chỉ tiêu")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-bulk-bar]")).to_be_visible()
    expect(page.locator("[data-bulk-count]")).to_have_text("1")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/_ui/record/")


def test_the_search_box_is_two_keys_away(page: Page) -> None:
    page.goto("/_ui/record/")
    page.keyboard.press("/")
    expect(page.locator("[data-search-box]")).to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("Control+k")
    expect(page.locator("[data-search-box]")).to_be_focused()


def test_what_cannot_be_undone_asks_first_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/_ui/")
    button = page.get_by_role("button", name="Hủy số đến").first
    button.click()
    dialog = page.get_by_role("dialog", name="Hủy số đến 45?")
    expect(dialog).to_contain_text("14 đơn vị, không thu lại được")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()


def test_a_name_is_found_while_typing_and_chosen_by_keys(page: Page) -> None:
    page.goto("/_ui/")
    box = page.locator("#lead")
    box.fill("lan")
    expect(page.locator("#lead_list [role=option]")).to_have_count(1)
    box.press("Enter")
    expect(box).to_have_value("Nguyễn Thị Lan")
    expect(page.locator("[data-combobox] > input[name=lead]").first).to_have_value("11")


def test_several_are_chosen_and_taken_away(page: Page) -> None:
    page.goto("/_ui/")
    page.locator("#with").fill("minh")
    expect(page.locator("#with_list [role=option]")).to_have_count(1)
    page.locator("#with").press("Enter")
    expect(page.locator("input[name=with]")).to_have_count(2)
    page.get_by_role("button", name="Bỏ Văn phòng Sở").click()
    expect(page.locator("input[name=with]")).to_have_count(1)


def test_a_day_and_money_are_tidied_when_the_box_is_left(page: Page) -> None:
    page.goto("/_ui/")
    page.locator("#id_issued").fill("22012014")
    page.locator("#id_deposit").fill("1200000")
    page.locator("#id_symbol").focus()
    expect(page.locator("#id_issued")).to_have_value("22/01/2014")
    expect(page.locator("#id_deposit")).to_have_value("1.200.000")


def test_the_theme_is_chosen_and_stays(page: Page) -> None:
    page.goto("/_ui/list/")
    page.locator(".lt-me > summary").click()
    page.get_by_role("button", name="Tối").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.goto("/_ui/record/")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_the_rail_shrinks_and_stays_small(page: Page) -> None:
    page.goto("/_ui/list/")
    page.get_by_role("button", name="Thu gọn").click()
    expect(page.locator("html")).to_have_attribute("data-rail", "small")
    page.goto("/_ui/record/")
    expect(page.locator("html")).to_have_attribute("data-rail", "small")
    expect(page.get_by_role("link", name="Nhiệm vụ")).to_be_visible()


def test_on_the_phone_the_menu_opens_as_a_whole_page(open_page: OpenPage) -> None:
    page = open_page(phone=True)
    page.goto("/_ui/list/")
    expect(page.locator("#rail")).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(page.locator("#rail")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#rail")).to_be_hidden()


def test_a_form_is_sent_once_however_often_the_button_is_pressed(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto("/_ui/entrance/")
    page.evaluate(
        "() => { const form = document.querySelector('form'); form.querySelector('input[type=text]').value = 'x';"
        " form.requestSubmit(); form.requestSubmit(); form.requestSubmit(); }"
    )
    page.wait_for_load_state("networkidle")
    assert len(sent) == 1


def test_autosave_says_when_it_was_saved(page: Page) -> None:
    page.goto("/_ui/form/")
    page.locator("#id_abstract").fill("V/v giao chỉ tiêu")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")


def test_printing_shows_the_paper_only(page: Page) -> None:
    page.goto("/_ui/record/")
    page.emulate_media(media="print")
    expect(page.locator("#rail")).to_be_hidden()
    expect(page.locator(".lt-bar")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def test_charts_are_drawn_and_their_figures_stand_beside(page: Page) -> None:
    page.goto("/_ui/board/")
    page.wait_for_function("window.Chart && Chart.getChart('late-chart')")
    expect(page.get_by_role("cell", name="42")).to_be_visible()


def test_enter_walks_a_form_that_asks_for_it(page: Page) -> None:
    page.goto("/_ui/form/")
    page.locator("form[method=post]").last.evaluate("form => { form.dataset.enterNext = ''; }")
    page.locator("#id_symbol").press("Enter")
    expect(page.locator("#id_issued")).to_be_focused()


def test_a_dropped_file_is_sent_with_its_progress_and_its_number_stands_in_the_form(page: Page) -> None:
    page.route("**/files/", lambda route: route.fulfill(status=201, json={"id": 7, "name": "139.pdf"}))
    page.goto("/_ui/form/")
    page.locator("[data-drop]").evaluate("box => { box.dataset.upload = '/files/'; box.dataset.dropName = 'file'; }")
    page.locator("#id_papers").set_input_files(
        {"name": "139.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    )
    expect(page.locator("input[name=file]")).to_have_value("7")


def test_a_refused_file_says_why_beside_its_name(page: Page) -> None:
    words = "Tệp trống: hãy kiểm tra rồi tải lên lại."
    page.route("**/files/", lambda route: route.fulfill(status=422, json={"message": words}))
    page.goto("/_ui/form/")
    page.locator("[data-drop]").evaluate("box => { box.dataset.upload = '/files/'; }")
    page.locator("#id_papers").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b""})
    expect(page.locator(".lt-drop-list li")).to_contain_text(words)
    expect(page.locator(".lt-drop-list li")).to_contain_text("a.pdf")
