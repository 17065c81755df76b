"""Ended cases put into a work file, and the rules of reception, in a real browser: with the keyboard, at 390 px too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lienthong.cases.models import Case, ReceptionRule
from lienthong.cases.tests.filed import solved, work_file
from tests.browser.checks import look
from tests.browser.watching import seen_on
from tests.cast import AT, Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("data_directory", "evening"),
]
OpenPage = Callable[..., Page]
WIDTHS = pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])


@pytest.fixture
def evening(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be 17:00 on Monday 10/03/2014."""
    monkeypatch.setattr("lienthong.kernel.clock.now", lambda: AT.replace(hour=10))


@WIDTHS
def test_a_case_is_filed_from_its_page_with_the_keyboard(cast: Cast, open_page: OpenPage, *, phone: bool) -> None:
    case, file = solved(cast), work_file(cast)
    page = open_page(cast.registrar.officer.user, phone=phone)
    page.goto(reverse("cases:show", args=[case.pk]))
    look(page, f"case-ended-{phone}")
    page.get_by_role("link", name="Lưu vào hồ sơ").press("Enter")
    look(page, f"case-choosing-{phone}")
    page.get_by_label(file.title).press("Space")
    page.get_by_role("button", name="Đưa vào hồ sơ").press("Enter")
    expect(page.get_by_text("Đã lưu vào hồ sơ công việc")).to_be_visible()
    look(page, f"case-filed-{phone}")
    page.get_by_role("link", name=f"{file.code} {file.title}").press("Enter")
    expect(page.get_by_text("Phiếu kiểm soát quá trình giải quyết hồ sơ").first).to_be_visible()
    look(page, f"work-file-of-cases-{phone}")
    page.goto(reverse("workfiles:closing", args=[file.pk]))
    look(page, f"work-file-of-cases-closing-{phone}")
    page.goto(reverse("workfiles:file", args=[file.pk]))
    page.get_by_role("link", name="Đưa tài liệu 1 ra").press("Enter")
    page.locator("[name=reason]").fill("Nhầm hồ sơ")
    page.get_by_role("button", name="Đưa ra").press("Enter")
    expect(page.get_by_text("Hồ sơ chưa có tài liệu")).to_be_visible()
    assert not Case.objects.get(pk=case.pk).is_filed


@WIDTHS
def test_many_cases_go_into_a_new_file_at_once(cast: Cast, open_page: OpenPage, *, phone: bool) -> None:
    case = solved(cast)
    second = solved(cast, applicant=case.applicant)
    work_file(cast)
    page = open_page(cast.registrar.officer.user, phone=phone)
    page.goto(reverse("cases:unfiled"))
    look(page, f"unfiled-{phone}")
    whole = page.get_by_label("Chọn cả trang này")
    whole.check()
    expect(page.locator("[data-mark]:not(:checked)")).to_have_count(0)
    whole.uncheck()
    expect(page.locator("[data-mark]:checked")).to_have_count(0)
    for one in (case, second):
        page.get_by_label(f"Chọn {one.code}").check()
    page.get_by_role("button", name="Lưu hồ sơ đã chọn").press("Enter")
    expect(page.get_by_text("2 mục đã chọn").first).to_be_visible()
    look(page, f"choosing-many-{phone}")
    page.get_by_role("link", name="Mở hồ sơ mới").press("Enter")
    expect(page.locator("[name=title]")).to_have_value("Hồ sơ giải quyết thủ tục Đăng ký khai sinh năm 2014")
    look(page, f"file-proposed-{phone}")
    page.get_by_role("button", name="Mở hồ sơ").press("Enter")
    expect(page.get_by_text("Đã đưa 2 mục vào hồ sơ")).to_be_visible()
    page.goto(reverse("cases:unfiled"))
    expect(page.get_by_text("Không còn hồ sơ nào chờ lưu")).to_be_visible()
    look(page, f"unfiled-none-{phone}")
    assert Case.objects.filter(is_filed=True).count() == 2


@WIDTHS
def test_a_rule_of_reception_is_previewed_entered_and_withdrawn(
    cast: Cast, open_page: OpenPage, *, phone: bool
) -> None:
    page = open_page(cast.administrator.officer.user, phone=phone)
    page.goto(reverse("cases:rules"))
    look(page, f"rules-{phone}")
    page.get_by_role("link", name="Đổi nơi nhận").press("Enter")
    page.get_by_label("Trực tuyến").press("Space")
    page.get_by_label("Mọi Bộ phận Một cửa trong tỉnh").press("Space")
    page.get_by_role("button", name="Xem trước thay đổi").press("Enter")
    expect(page.get_by_text("Hãy ghi căn cứ")).to_be_visible()
    seen_on(page).errors.clear()  # a refusal is answered with 422
    look(page, f"rule-wrong-{phone}")
    page.locator("[name=valid_from]").fill("01/04/2014")
    page.locator("[name=source]").fill("Quyết định 15/2014/QĐ-UBND")
    page.get_by_role("button", name="Xem trước thay đổi").press("Enter")
    expect(page.get_by_text("Sẽ thay đổi từ ngày 01/04/2014")).to_be_visible()
    expect(page.get_by_text("nhận thêm hồ sơ thuộc").first).to_be_visible()
    look(page, f"rule-preview-{phone}")
    page.get_by_role("button", name="Đặt quy tắc này").press("Enter")
    expect(page.get_by_text("Đã đặt quy tắc, áp dụng từ ngày 01/04/2014")).to_be_visible()
    look(page, f"rules-coming-{phone}")
    page.get_by_role("link", name="Rút quy tắc từ 01/04/2014").press("Enter")
    look(page, f"rule-withdrawal-{phone}")
    page.locator("[name=reason]").fill("Hoãn một tháng")
    page.get_by_role("button", name="Rút quy tắc").press("Enter")
    expect(page.get_by_text("Đã rút quy tắc.")).to_be_visible()
    look(page, f"rules-withdrawn-{phone}")
    assert ReceptionRule.objects.get().withdrawn_reason == "Hoãn một tháng"
    page.goto(reverse("cases:rule_new", args=["hour"]))
    look(page, f"rule-hour-{phone}")
