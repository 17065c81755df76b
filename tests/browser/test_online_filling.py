"""Handing in from home in a real browser: pages pass, the keyboard alone is enough, a broken link loses nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lienthong.cases.models import Case
from lienthong.online.models import Filling
from lienthong.online.operations.filling import save_contact
from lienthong.online.operations.submitting import submit_filling
from lienthong.online.tests.builders import a_citizen
from lienthong.online.tests.fillings import HOUSEHOLD, a_filling, filled, picture, send
from tests.browser.checks import look
from tests.browser.watching import seen_on
from tests.cast import AT, COMMUNE_CODE, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
OpenPage = Callable[..., Page]


def at(name: str, *args: object) -> str:
    return reverse(f"online:{name}", args=args)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_pages_of_handing_in_pass(cast: Cast, open_page: OpenPage, *, phone: bool) -> None:
    citizen = a_citizen()
    done = filled(citizen)
    case = submit_filling(done, at=AT)
    row = filled(citizen, acting="other", photo=False)
    send(row, "giay_to")
    save_contact(row, phone="0918123456", email="", return_way="counter", return_address="", at=AT)
    public = open_page(phone=phone)
    for place, address in enumerate((at("procedures"), at("service", HOUSEHOLD), at("service", "1.001193"))):
        public.goto(address)
        look(public, f"find-{place}-{'phone' if phone else 'desk'}")
    page = open_page(citizen.user, phone=phone)
    steps = ("filling", "filling_papers", "filling_contact", "filling_check", "filling_drop")
    addresses = [at("start", HOUSEHOLD), at("fillings"), *(at(name, row.key) for name in steps)]
    for place, address in enumerate([*addresses, at("submitted", case.pk)]):
        page.goto(address)
        look(page, f"fill-{place}-{'phone' if phone else 'desk'}")


def test_a_case_is_handed_in_with_the_keyboard(cast: Cast, open_page: OpenPage) -> None:
    citizen = a_citizen()
    page = open_page(citizen.user, phone=True)
    page.goto(at("procedures"))
    page.get_by_label("Bạn cần làm việc gì").press_sequentially("mo cua hang")
    page.get_by_role("link", name="Đăng ký thành lập hộ kinh doanh").press("Enter")
    page.get_by_role("link", name="Nộp trực tuyến").press("Enter")
    page.get_by_role("button", name="Bắt đầu khai").press("Enter")
    expect(page.locator("[name='a-name']")).to_have_value("Trần Văn Nam")
    page.locator("[name='a-birth']").fill("1985")
    page.locator("[name='a-paper_kind']").select_option("cmnd")
    page.locator("[name='a-paper_number']").fill("260123456")
    page.locator("[name='ten_ho']").fill("Quán Hòa")
    page.locator("#f-dia_diem-commune").press_sequentially(COMMUNE_CODE)
    page.locator("#f-dia_diem-commune_list [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_label("Cá nhân", exact=True).press(" ")
    page.locator("[name='nganh']").fill("Bán tạp hóa")
    page.locator("[name='von']").fill("nhiều")
    page.keyboard.press("Tab")
    expect(page.locator("#f-von_error")).to_be_visible()
    page.locator("[name='von']").fill("50 triệu")
    page.locator("[name='lao_dong']").fill("1")
    expect(page.locator("[name='von']")).to_have_value("50.000.000")
    page.get_by_role("button", name="Lấy từ người nộp").first.press("Enter")
    expect(page.locator("[name='chu_ho.id_number']")).to_have_value("260123456")
    page.get_by_role("button", name="Tiếp tục").press("Enter")
    page.locator("#files-giay_to").set_input_files({"name": "cmnd.png", "mimeType": "image/png", "buffer": picture()})
    expect(page.get_by_role("button", name="Bỏ cmnd.png")).to_be_visible()
    page.get_by_role("button", name="Tiếp tục").press("Enter")
    page.get_by_role("button", name="Tiếp tục").press("Enter")
    expect(page.get_by_text("Bộ phận Một cửa huyện Tuy Phong")).to_be_visible()
    page.get_by_label("Tôi cam đoan", exact=False).press(" ")
    page.get_by_role("button", name="Nộp hồ sơ").press("Enter")
    expect(page.get_by_text("H11.30-140310-0001")).to_be_visible()
    assert Case.objects.get().values["von"] == 50_000_000


def test_a_broken_link_is_said_and_loses_nothing(cast: Cast, open_page: OpenPage) -> None:
    citizen = a_citizen()
    row = a_filling(citizen)
    page = open_page(citizen.user, phone=True)
    page.goto(at("filling", row.key))
    page.locator("[name='ten_ho']").fill("Quán Một")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    page.context.set_offline(True)
    page.locator("[name='ten_ho']").fill("Quán Hai")
    expect(page.locator("[data-saved]")).to_contain_text("Chưa lưu")
    assert Filling.objects.get().values["ten_ho"] == "Quán Một"
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    assert Filling.objects.get().values["ten_ho"] == "Quán Hai"
    page.route("**/luu/", lambda route: route.abort())
    page.locator("[name='ten_ho']").fill("Quán Ba")
    expect(page.locator("[data-saved]")).to_contain_text("Chưa lưu")
    page.unroute("**/luu/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.get_by_role("button", name="Điền lại").click()
    expect(page.locator("[name='ten_ho']")).to_have_value("Quán Ba")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    assert Filling.objects.get().values["ten_ho"] == "Quán Ba"
    seen_on(page).errors.clear()  # the console tells of the links that were cut on purpose
