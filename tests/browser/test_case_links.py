"""Many cases at once, and linked cases, in a real browser: every page passes; marks show the bar; a batch goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lienthong.cases import operations
from lienthong.cases.models import Case, LinkedCase
from lienthong.cases.tests.builders import a_case
from lienthong.cases.tests.linked import CARD, FIELD, NOTE, linked_birth
from tests.browser.checks import look
from tests.cast import AT, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
OpenPage = Callable[..., Page]


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_linked_cases_are_seen_and_opened(cast: Cast, open_page: OpenPage, *, phone: bool) -> None:
    case = a_case(cast, version=linked_birth(cast, card_fields=FIELD))
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    operations.act(case, "sign", actor=cast.commune_leader, at=AT)
    row = LinkedCase.objects.get(procedure_code=CARD)
    note = Case.objects.get(opened_by__procedure_code=NOTE)
    page = open_page(cast.commune_desk_officer.officer.user, phone=phone)
    addresses = [reverse("cases:show", args=[one.pk]) for one in (case, note)]
    addresses += [reverse(f"cases:{name}", args=[case.pk, row.pk]) for name in ("open_link", "drop_link")]
    for place, address in enumerate(addresses):
        page.goto(address)
        look(page, f"link-{place}-{'phone' if phone else 'desk'}")
    page.goto(addresses[2])
    page.get_by_label("Chủ hộ").fill("Trần Văn Nam")
    page.get_by_role("button", name="Mở hồ sơ liên thông").click()
    expect(page.get_by_text("Đã mở hồ sơ liên thông")).to_be_visible()
    look(page, f"link-opened-{'phone' if phone else 'desk'}")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_marked_cases_go_on_together(cast: Cast, open_page: OpenPage, *, phone: bool) -> None:
    first = a_case(cast)
    second = a_case(cast, applicant=first.applicant)
    stuck = a_case(cast, applicant=first.applicant)
    operations.request_supplement(stuck, papers={"chung_sinh": "Mờ"}, actor=cast.registrar, at=AT)
    page = open_page(cast.registrar.officer.user, phone=phone)
    page.goto(f"{reverse('cases:list')}?tab=mine")
    for one in (first, second, stuck):
        page.get_by_label(f"Chọn {one.code}").check()
    expect(page.locator("[data-bulk-bar]")).to_be_visible()
    look(page, f"marked-{'phone' if phone else 'desk'}")
    page.get_by_role("button", name="Trình, chuyển bước").click()
    expect(page.get_by_text("Xong 2 hồ sơ.")).to_be_visible()
    look(page, f"together-{'phone' if phone else 'desk'}")
    page.goto(f"{reverse('cases:list')}?tab=soon")
    look(page, f"soon-{'phone' if phone else 'desk'}")
