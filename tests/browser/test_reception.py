"""Where a case is taken in, and where nobody takes it in: desks, codes of sectors; rating without an account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lienthong.cases import operations
from lienthong.cases.models import Case, Rating
from lienthong.cases.tests.builders import a_case, reception
from lienthong.cases.tests.two_levels import MORNING, abolish
from lienthong.cases.tracking import token_of
from lienthong.online.models import Filling
from lienthong.online.tests.builders import a_citizen
from lienthong.online.tests.fillings import filled_after_the_change
from lienthong.organisation.models import Post, Unit
from lienthong.procedures.models import Sector
from tests.browser.checks import look
from tests.browser.watching import seen_on
from tests.cast import AT, MONDAY, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
OpenPage = Callable[..., Page]
WIDTHS = pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])


@WIDTHS
def test_a_case_whose_desk_closed_is_passed_on(cast: Cast, open_page: OpenPage, *, phone: bool) -> None:
    case = operations.submit(reception(cast, channel="online"), actor=None, at=AT - dt.timedelta(hours=1))
    for rows in (Post.objects.filter(unit=cast.commune_desk), Unit.objects.filter(pk=cast.commune_desk.pk)):
        rows.update(valid_to=MONDAY)
    page = open_page(cast.district_leader.officer.user, phone=phone)
    page.goto(reverse("cases:stranded"))
    look(page, f"stranded-{phone}")
    page.get_by_role("link", name=case.code).click()
    look(page, f"rehouse-{phone}")
    page.get_by_role("button", name="Chuyển").click()
    expect(page.locator(".lt-error").first).to_be_visible()
    seen_on(page).errors.clear()  # a refusal is answered with 422
    look(page, f"rehouse-wrong-{phone}")
    page.get_by_role("combobox", name="Nơi nhận").press_sequentially("mot cua tuy phong")
    page.get_by_role("option", name=cast.district_desk.name).click()
    page.locator("[name=reason]").fill("Bộ phận Một cửa xã đã đóng")
    page.get_by_role("button", name="Chuyển").click()
    expect(page.get_by_text("Không có hồ sơ nào")).to_be_visible()
    look(page, f"stranded-none-{phone}")
    assert Case.objects.get(pk=case.pk).holder_unit == cast.district_desk


@WIDTHS
def test_a_code_of_a_sector_is_entered_with_the_keyboard(cast: Cast, open_page: OpenPage, *, phone: bool) -> None:
    page = open_page(cast.administrator.officer.user, phone=phone)
    page.goto(reverse("procedures:sectors"))
    page.get_by_label("Hộ tịch", exact=True).press_sequentially("g15 1")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Mã gồm chữ in hoa")).to_be_visible()
    seen_on(page).errors.clear()  # a refusal is answered with 422
    look(page, f"sectors-wrong-{phone}")
    page.get_by_label("Hộ tịch", exact=True).fill("g15-ht01")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã ghi mã G15-HT01")).to_be_visible()
    look(page, f"sectors-{phone}")
    assert Sector.objects.get(key="ho-tich").code == "G15-HT01"


@WIDTHS
def test_a_case_is_rated_by_its_address_and_telephone(cast: Cast, open_page: OpenPage, *, phone: bool) -> None:
    case = a_case(cast)
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    operations.act(case, "sign", actor=cast.commune_leader, at=AT)
    desk = cast.commune_desk_officer
    operations.write_result(case, "giay_khai_sinh", symbol="1", signer="Đinh Công Tráng", actor=desk, at=AT)
    operations.hand_over(case, receiver="Trần Văn Nam", actor=desk, at=AT)
    page = open_page(phone=phone)
    page.goto(reverse("online:track", args=[token_of(case)]))
    page.get_by_role("link", name="Đánh giá").click()
    look(page, f"rate-{phone}")
    page.get_by_label("Rất hài lòng").check()
    page.locator("[name=phone]").fill("0918000000")
    page.get_by_role("button", name="Gửi đánh giá").click()
    expect(page.get_by_text("không khớp")).to_be_visible()
    seen_on(page).errors.clear()  # a refusal is answered with 422
    look(page, f"rate-wrong-{phone}")
    page.locator("[name=phone]").fill("0918 123 456")
    page.get_by_role("button", name="Gửi đánh giá").click()
    expect(page.get_by_text("Cảm ơn bạn đã đánh giá")).to_be_visible()
    assert Rating.objects.get().level == "very_good"


@WIDTHS
def test_without_boundaries_a_citizen_chooses_the_desk(
    cast: Cast, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, *, phone: bool
) -> None:
    citizen, two = a_citizen(), abolish(cast, at=AT)
    monkeypatch.setattr("lienthong.kernel.clock.now", lambda: MORNING)
    row = filled_after_the_change(citizen)
    page = open_page(citizen.user, phone=phone)
    page.goto(reverse("online:filling_contact", args=[row.key]))
    choice = page.get_by_label("Nơi nhận hồ sơ")
    expect(choice).to_have_value(str(two.desk.pk))
    look(page, f"desk-{phone}")
    choice.select_option(str(cast.desk.pk))
    page.locator("[name=phone]").fill("0918123456")
    page.get_by_role("button", name="Tiếp").click()
    expect(page.get_by_text(cast.desk.name).first).to_be_visible()
    look(page, f"desk-check-{phone}")
    assert Filling.objects.get(pk=row.pk).desk == cast.desk
