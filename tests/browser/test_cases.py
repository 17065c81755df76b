"""Cases in a real browser: every page passes; a birth is received with the keyboard and goes from hand to hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from lienthong.applicants.models import Applicant
from lienthong.cases import operations
from lienthong.cases.models import Case
from lienthong.cases.tests.builders import BIRTH, a_case, citizen
from lienthong.cases.tracking import token_of
from tests.browser.checks import look
from tests.cast import AT, COMMUNE_CODE, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
OpenPage = Callable[..., Page]


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_pages_of_cases_pass(cast: Cast, open_page: OpenPage, *, phone: bool) -> None:
    case = a_case(cast)
    asked = a_case(cast, applicant=case.applicant)
    operations.request_supplement(asked, papers={"chung_sinh": "Mờ"}, actor=cast.registrar, at=AT)
    page = open_page(cast.commune_desk_officer.officer.user, phone=phone)
    desk = ["cases:list", "cases:choose"]
    addresses = [reverse(name) for name in desk]
    addresses += [f"{reverse('cases:list')}?tab=late", reverse("cases:new", args=[BIRTH])]
    addresses += [reverse("cases:show", args=[one.pk]) for one in (case, asked)]
    addresses += [reverse(f"cases:{name}", args=[asked.pk]) for name in ("supply", "withdraw")]
    addresses += [reverse("cases:book", args=[cast.commune_desk.pk]), f"/tra-cuu/{token_of(asked)}/", "/tra-cuu/"]
    addresses += ["/ket-qua-giai-quyet/"]
    for place, address in enumerate(addresses):
        page.goto(address)
        look(page, f"case-desk-{place}-{'phone' if phone else 'desk'}")
    page = open_page(cast.registrar.officer.user, phone=phone)
    verbs = ("supplement", "result", "apology", "pass_on")
    addresses = [reverse("cases:show", args=[case.pk]), *(reverse(f"cases:{verb}", args=[case.pk]) for verb in verbs)]
    addresses += [f"{reverse('cases:move', args=[case.pk, 'decline'])}?to=stopped", f"{reverse('cases:list')}?tab=mine"]
    for place, address in enumerate(addresses):
        page.goto(address)
        look(page, f"case-work-{place}-{'phone' if phone else 'desk'}")
    page = open_page(cast.commune_leader.officer.user, phone=phone)
    for place, address in enumerate(
        (reverse("cases:statistics"), f"{reverse('cases:statistics_list')}?measure=received")
    ):
        page.goto(address)
        look(page, f"case-figures-{place}-{'phone' if phone else 'desk'}")


def test_a_birth_is_received_at_the_counter_with_the_keyboard(cast: Cast, open_page: OpenPage) -> None:
    citizen(cast.commune_desk_officer)
    page = open_page(cast.commune_desk_officer.officer.user)
    page.goto(reverse("cases:choose"))
    page.keyboard.type("khai sinh cho con")
    page.get_by_role("link", name="Đăng ký khai sinh").press("Enter")
    page.get_by_role("combobox", name="Người nộp hồ sơ").type("tran van")
    page.get_by_role("option", name="Trần Văn Nam").wait_for()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Lấy từ người nộp").last).to_be_visible()
    expect(page.locator(".htmx-request, .htmx-settling")).to_have_count(0)
    page.get_by_role("button", name="Lấy từ người nộp").last.click()
    expect(page.locator("[name='nguoi_khai.id_number']")).to_have_value("260123456")
    page.locator("[name='tre.name']").fill("Trần Minh Khang")
    page.locator("[name='tre.birth']").fill("01/03/2014")
    page.locator("[name='tre.sex']").select_option("male")
    page.locator("[name='noi_sinh']").fill("Bệnh viện Bắc Bình Thuận")
    page.get_by_label("Có giấy chứng sinh").check()
    expect(page.get_by_label("Giấy chứng sinh", exact=False).last).to_be_visible()
    page.locator("[name='me.name']").fill("Nguyễn Thị Hòa")
    expect(page.locator(".htmx-request, .htmx-settling")).to_have_count(0)
    commune = page.locator("#f-noi_cu_tru_me-commune")
    commune.type(COMMUNE_CODE)
    page.locator("#f-noi_cu_tru_me-commune_list [role=option]").first.wait_for()
    commune.press("Enter")
    expect(page.locator("#promise")).to_contain_text("17:00")
    page.get_by_label("Cha, mẹ").check()
    for tick in page.locator(".cs-paper-tick input").all():
        tick.check()
    page.get_by_role("button", name="Tiếp nhận, hẹn trả").click()
    expect(page.get_by_text("Đã tiếp nhận H11.30.05-140310-0001.")).to_be_visible()
    case = Case.objects.get()
    assert case.values["nguoi_khai"]["id_number"] == "260123456"
    assert Applicant.objects.count() == 1
    page = open_page(cast.registrar.officer.user)
    page.goto(reverse("cases:show", args=[case.pk]))
    page.get_by_role("button", name="Trình ký").click()
    page.get_by_role("dialog").get_by_role("button", name="Trình ký").click()
    expect(page.get_by_text("Bạn vừa chuyển hồ sơ này")).to_be_visible()
    page.get_by_role("button", name="Hoàn tác").click()
    case.refresh_from_db()
    assert case.holder_post_id == cast.registrar.post.pk


def test_what_is_typed_while_the_form_is_drawn_anew_is_not_lost(cast: Cast, open_page: OpenPage) -> None:
    page = open_page(cast.commune_desk_officer.officer.user)
    page.goto(reverse("cases:new", args=[BIRTH]))

    def slowly(route: Route) -> None:
        page.wait_for_timeout(700)
        route.continue_()

    page.route("**/cases/new/**", slowly)
    page.get_by_label("Có giấy chứng sinh").check()
    page.locator("[name='noi_sinh']").press_sequentially("Bệnh viện Bắc Bình Thuận", delay=10)
    page.locator("[name='tre.sex']").select_option("female")
    expect(page.locator("label", has_text="Giấy chứng sinh").last).to_be_visible()
    page.wait_for_timeout(1200)
    expect(page.locator("[name='noi_sinh']")).to_have_value("Bệnh viện Bắc Bình Thuận")
    expect(page.locator("[name='tre.sex']")).to_have_value("female")
    expect(page.get_by_label("Có giấy chứng sinh")).to_be_checked()
