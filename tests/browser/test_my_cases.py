"""A citizen's own cases in a real browser: every page passes; a supplement and a message go with the keyboard alone."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings

from lienthong.cases import operations
from lienthong.cases.models import Case, Message
from lienthong.cases.tests.builders import a_case
from lienthong.online.models import Citizen, OwnCase
from lienthong.online.operations import open_case_to
from lienthong.online.tests.builders import a_citizen
from tests.browser.checks import check_page, look
from tests.cast import AT, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
OpenPage = Callable[..., Page]


@pytest.fixture
def monday(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setattr("lienthong.kernel.clock.now", lambda: AT)
    settings.DATA_DIR = tmp_path
    location = {"location": tmp_path / "files"}
    default = {"BACKEND": "lienthong.files.storage.DurableFileSystemStorage", "OPTIONS": location}
    settings.STORAGES = settings.STORAGES | {"default": default}


def asked_for(cast: Cast, citizen: Citizen) -> Case:
    """Return a case of the account in which a paper was asked for, and both sides wrote."""
    case = a_case(cast)
    open_case_to(citizen, case, right=OwnCase.Right.SUBMITTED, at=AT)
    operations.request_supplement(case, papers={"chung_sinh": "Bản chụp mờ"}, actor=cast.registrar, at=AT)
    said = {"key": uuid.uuid4(), "text": "Bao giờ xong ạ?", "author": "Trần Văn Nam"}
    operations.write_message(case, **said, actor=None, at=AT)  # type: ignore[arg-type] # of different kinds
    operations.write_message(case, text="Khi anh bổ sung", key=uuid.uuid4(), actor=cast.registrar, at=AT)
    return case


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_pages_of_my_cases_pass(cast: Cast, open_page: OpenPage, *, phone: bool) -> None:
    nam = a_citizen()
    case = asked_for(cast, nam)
    done = a_case(cast, applicant=case.applicant)
    open_case_to(nam, done, right=OwnCase.Right.SUBMITTED, at=AT)
    operations.complain(done, text="Chờ lâu", key=uuid.uuid4(), author="Trần Văn Nam", at=AT)
    operations.act(done, "decline", reason="Đã đăng ký nơi khác", actor=cast.registrar, at=AT)
    page = open_page(nam.user, phone=phone)
    addresses = [reverse("online:own"), f"{reverse('online:own')}?loc=xong", reverse("online:own_add")]
    ways = ("case", "clock", "supplement", "withdraw", "return", "complaint")
    addresses += [reverse(f"online:own_{way}", args=[case.pk]) for way in ways]
    addresses += [reverse(f"online:own_{way}", args=[done.pk]) for way in ("case", "rating")]
    for place, address in enumerate(addresses):
        page.goto(address)
        look(page, f"own-{place}-{'phone' if phone else 'desk'}")
    leader = open_page(cast.commune_leader.officer.user, phone=phone)
    for place, address in enumerate((reverse("cases:complaint", args=[1]), reverse("cases:show", args=[done.pk]))):
        leader.goto(address.replace("/1/", f"/{done.complaints.get().pk}/") if "complaints" in address else address)
        look(leader, f"own-office-{place}-{'phone' if phone else 'desk'}")
    holder = open_page(cast.registrar.officer.user, phone=phone)
    holder.goto(reverse("cases:show", args=[case.pk]))
    look(holder, f"own-office-talk-{'phone' if phone else 'desk'}")


def test_a_paper_is_brought_and_a_message_written_with_the_keyboard(
    cast: Cast, open_page: OpenPage, tmp_path: Path
) -> None:
    nam = a_citizen()
    case = asked_for(cast, nam)
    page = open_page(nam.user, phone=True)
    page.goto(reverse("online:own"))
    page.get_by_role("link", name="Cần tôi làm").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name=case.code).focus()
    page.keyboard.press("Enter")
    page.get_by_label("Tin nhắn", exact=True).focus()
    page.keyboard.type("Tôi gửi bản chụp mới")
    page.get_by_role("button", name="Gửi tin nhắn").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã gửi tin nhắn")).to_be_visible()
    assert Message.objects.filter(by_office=False).count() == 2
    page.get_by_role("link", name="Bổ sung ngay").focus()
    page.keyboard.press("Enter")
    scan = tmp_path / "giay.txt"
    scan.write_text("Bản chụp rõ")
    page.locator("input[type=file]").first.set_input_files(scan)
    page.get_by_role("button", name="Gửi bổ sung").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã gửi bổ sung")).to_be_visible()
    case.refresh_from_db()
    assert case.paused_at is None
    check_page(page)
