"""The hall in a real browser: every page passes; a number goes from the kiosk over the desk to the wall by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lienthong.kernel.clock import now
from lienthong.queueing.operations.hall import add_device
from lienthong.queueing.operations.tickets import call_next, skip, take_ticket
from lienthong.queueing.tests.builders import arranged, booked, next_working_day, opened
from tests.browser.checks import look
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_pages_of_the_hall_pass(cast: Cast, open_page: OpenPage, *, phone: bool) -> None:
    hall, at = arranged(cast), now()
    day = next_working_day()
    slot = opened(hall, day=day, at=at)[0]
    booked(slot, at=at)
    for place in range(4):
        take_ticket(hall.land if place % 2 else hall.civil, key=f"k{place}", priority=place % 3, at=at)
    here = call_next(hall.first, after=None, actor=hall.officer, at=at)
    assert here is not None
    skip(here, actor=hall.officer, at=at)
    here = call_next(hall.first, after=None, actor=hall.officer, at=at)
    assert here is not None
    page = open_page(hall.officer.officer.user, phone=phone)
    addresses = (
        "/queue/",
        f"/queue/tickets/{here.pk}/transfer/",
        "/hall/",
        f"/hall/groups/{hall.civil.pk}/",
        f"/hall/points/{hall.first.pk}/",
        "/hall/devices/new/",
        f"/appointments/?day={day:%d/%m/%Y}",
        "/appointments/slots/new/",
        f"/appointments/slots/{slot.pk}/",
        "/dat-lich/",
        f"/dat-lich/{slot.unit_id}/",
        f"/dat-lich/{slot.unit_id}/{slot.group_id}/",
        f"/dat-lich/{slot.unit_id}/{slot.group_id}/{slot.pk}/",
        "/lich-hen/",
    )
    for place, address in enumerate(addresses):
        page.goto(address)
        look(page, f"hall-{phone}-{place}")


def test_a_number_goes_from_the_kiosk_to_the_wall(cast: Cast, open_page: OpenPage) -> None:
    hall, at = arranged(cast), now()
    kiosk, screen = (
        reverse(
            f"queueing:{kind}", args=[add_device(cast.district_desk, kind=kind, name=kind, actor=None, at=at).token]
        )
        for kind in ("kiosk", "screen")
    )
    wall = open_page()
    wall.goto(screen)
    look(wall, "wall-empty")
    touch = open_page()
    touch.add_init_script("window.print = () => { window.printed = true; };")
    touch.goto(kiosk)
    look(touch, "kiosk")
    touch.get_by_role("button", name="Hộ tịch, chứng thực").click()
    expect(touch.get_by_text("A001")).to_be_visible()
    touch.wait_for_function("window.printed === true")
    look(touch, "paper")
    desk = open_page(hall.officer.officer.user)
    desk.goto("/queue/")
    desk.get_by_role("button", name="Gọi số tiếp theo").click()
    expect(desk.locator("#queue-strip")).to_contain_text("A001")
    desk.get_by_role("button", name="Đã tới").click()
    expect(desk.locator("#queue-strip")).to_contain_text("Đang phục vụ")
    expect(wall.get_by_text("A001")).to_be_visible()
    look(wall, "wall")
    desk.get_by_role("button", name="Gọi số tiếp theo").click()
    expect(desk.locator("#queue-strip")).to_contain_text("không còn ai chờ")
    expect(touch.get_by_role("heading", name="Mời bạn chọn việc cần làm")).to_be_visible(timeout=12_000)
