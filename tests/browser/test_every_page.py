"""Every page that an officer opens, on the desk and on the phone, passes the one checker."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from lienthong.calendars.models import WorkCalendar
from lienthong.documents.operations.instruction import instruct
from lienthong.documents.operations.intake import read, take_in
from lienthong.documents.operations.registration import open_book, register
from lienthong.documents.particulars import Particulars
from lienthong.files.operations import receive
from lienthong.kernel.clock import now
from lienthong.tasks.due import Due
from lienthong.tasks.operations import Item
from tests.browser.checks import check_page
from tests.cast import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("data_directory"),
]
LETTER = "Số: 275/UBND-VX\nBình Thuận, ngày 05 tháng 3 năm 2014\nV/v rà soát trạm truyền thanh cơ sở\n"
PAGES = {
    "clerk": ["/incoming/", "/incoming/{document}/", "/incoming/new/", "/intake/", "/intake/{intake}/", "/books/",
              "/books/{book}/incoming/", "/books/{book}/follow-up/", "/account/", "/notice-preferences/"],
    "leader": ["/", "/incoming/?waiting=1", "/incoming/{waiting}/instruction/", "/tasks/", "/tasks/{task}/",
               "/programmes/", "/programmes/board/", "/search/?q=tram", "/notices/"],
    "division_head": ["/", "/tasks/{task}/", "/tasks/{task}/handover/", "/tasks/{task}/result/", "/notices/"],
    "administrator": ["/units/", "/units/{unit}/", "/officers/", "/calendars/", "/calendars/{calendar}/"],
}  # fmt: skip


@pytest.fixture
def places(cast: Cast) -> dict[str, Any]:
    """Something of each kind to look at."""
    at = now()
    book = open_book(cast.stttt, name="Sổ văn bản đến", is_default=True, actor=None, at=at)
    waiting, document = (
        register(book, Particulars(symbol=symbol, issuer="UBND tỉnh", abstract=title), actor=cast.clerk, at=at)
        for symbol, title in (("275/UBND-VX", "Rà soát trạm truyền thanh"), ("276/UBND-VX", "Báo cáo đại lý Internet"))
    )
    item = Item(title="Lập danh mục trạm", lead_unit=cast.cntt, due=Due.within(5))
    (task,) = instruct(document, text="Giao phòng", items=[item], key=uuid.uuid4(), actor=cast.leader, at=at)
    stored = receive([LETTER.encode()], name="cong-van.txt", actor=cast.clerk, at=at)
    intake = read(take_in(stored, actor=cast.clerk, at=at), LETTER)
    return {
        "book": book.pk,
        "waiting": waiting.pk,
        "document": document.pk,
        "task": task.pk,
        "intake": intake.pk,
        "unit": cast.stttt.pk,
        "calendar": WorkCalendar.objects.earliest("pk").pk,
    }


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("who", PAGES)
def test_the_pages_of_a_role_pass(
    cast: Cast, places: dict[str, Any], open_page: Callable[..., Page], who: str, *, phone: bool
) -> None:
    page = open_page(getattr(cast, who).officer.user, phone=phone)
    faults = []
    for address in PAGES[who]:
        answer = page.goto(address.format(**places))
        assert answer is not None
        assert answer.status == 200, address
        try:
            check_page(page)
        except AssertionError as fault:
            faults.append(str(fault))
    assert not faults, "\n\n".join(faults)
