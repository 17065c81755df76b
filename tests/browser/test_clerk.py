"""The clerk and the leader at work in a real browser: by keyboard alone, and on the phone."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from lienthong.documents.models import IncomingDocument, InstructionTemplate
from lienthong.documents.operations.arrival import Arrival, arrive
from lienthong.documents.operations.intake import read, take_in
from lienthong.documents.operations.registration import open_book
from lienthong.documents.operations.settings import keep_template
from lienthong.documents.particulars import Particulars
from lienthong.files.operations import receive
from lienthong.kernel.clock import now
from lienthong.tasks.models import Task
from tests.cast import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("data_directory"),
]
OpenPage = Callable[..., Page]
PROPOSED = [
    "symbol", "document_date", "issuer", "issuer_superior", "document_type", "abstract", "signer", "signer_title",
    "urgency",
]  # fmt: skip
LETTER = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH BÌNH THUẬN              Độc lập - Tự do - Hạnh phúc

Số: 275/UBND-VX              Bình Thuận, ngày 05 tháng 3 năm 2014
V/v rà soát trạm truyền thanh cơ sở

Kính gửi: Sở Thông tin và Truyền thông

Ủy ban nhân dân tỉnh yêu cầu Sở Thông tin và Truyền thông rà soát hiện trạng các trạm truyền thanh.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Phan Văn Giả Định
"""


def test_a_clerk_registers_from_the_proposals_by_keyboard_alone(cast: Cast, open_page: OpenPage) -> None:
    open_book(cast.stttt, name="Sổ văn bản đến", is_default=True, actor=None, at=now())
    stored = receive([LETTER.encode()], name="cong-van.txt", actor=cast.clerk, at=now())
    intake = read(take_in(stored, actor=cast.clerk, at=now()), LETTER)
    page = open_page(cast.clerk.officer.user)
    page.goto(f"/intake/{intake.pk}/")
    began, walked = time.monotonic(), []
    for _ in range(9):
        walked.append(page.evaluate("document.activeElement.name"))
        page.keyboard.press("Enter")
    assert walked == PROPOSED
    for _ in range(5):
        page.keyboard.press("Enter")  # past what is folded away, to the button
    assert page.evaluate("document.activeElement.textContent.trim()") == "Vào sổ"
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/intake/")
    assert time.monotonic() - began < 20
    document = IncomingDocument.objects.get()
    assert (document.symbol, document.arrival_number, document.signer) == ("275/UBND-VX", 1, "Phan Văn Giả Định")
    assert "số đến 1" in page.inner_text("#messages")


def test_a_leader_assigns_on_the_phone_and_the_division_sees_it(cast: Cast, open_page: OpenPage) -> None:
    book = open_book(cast.stttt, name="Sổ văn bản đến", is_default=True, actor=None, at=now())
    particulars = Particulars(symbol="275/UBND-VX", issuer="UBND tỉnh", abstract="Rà soát trạm truyền thanh cơ sở")
    arrival = Arrival(particulars=particulars, leader=cast.leader.post)
    document = arrive(book, arrival, actor=cast.clerk, at=now())
    watching = open_page(cast.division_head.officer.user)
    watching.goto("/")
    assert "Rà soát trạm truyền thanh" not in watching.inner_text("main")

    page = open_page(cast.leader.officer.user, phone=True)
    page.goto("/incoming/?waiting=1")
    began = time.monotonic()
    page.get_by_text("Rà soát trạm truyền thanh cơ sở").first.click()
    if not page.url.endswith(f"/incoming/{document.pk}/"):
        page.goto(f"/incoming/{document.pk}/")
    page.get_by_role("link", name="Cho ý kiến, giao việc").first.click()
    page.wait_for_url("**/instruction/")
    page.fill("[name=instruction]", "Giao Phòng CNTT tham mưu")
    page.fill("#id_row0-lead", "phong cntt")
    page.locator("[role=option][aria-selected=true]").wait_for()
    page.press("#id_row0-lead", "Enter")
    assert page.input_value("[name=row0-lead]") == f"unit:{cast.cntt.pk}"
    page.fill("[name=row0-due]", "3 ngày làm việc")
    page.get_by_role("button", name="Ghi ý kiến và giao việc").click()
    page.wait_for_url(f"**/incoming/{document.pk}/")
    assert time.monotonic() - began < 10
    assert Task.objects.get().lead_unit == cast.cntt

    watching.bring_to_front()
    watching.reload()
    assert "Rà soát trạm truyền thanh" in watching.inner_text("main")


def test_a_prepared_instruction_names_whom_the_leader_chose_and_co_workers_are_reached_beside_the_file(
    cast: Cast, open_page: OpenPage
) -> None:
    book = open_book(cast.stttt, name="Sổ văn bản đến", is_default=True, actor=None, at=now())
    particulars = Particulars(symbol="275/UBND-VX", issuer="UBND tỉnh", abstract="Rà soát trạm truyền thanh cơ sở")
    file = receive([LETTER.encode()], name="cong-van.txt", actor=cast.clerk, at=now())
    arrival = Arrival(particulars=particulars, leader=cast.leader.post, files=[file])
    document = arrive(book, arrival, actor=cast.clerk, at=now())
    name = cast.cntt.short_name or cast.cntt.name
    other = cast.bcvt.short_name or cast.bcvt.name
    prepared = InstructionTemplate(name="Giao một phòng", text=f"Giao {name} chủ trì, báo cáo.", lead_unit=cast.cntt)
    keep_template(prepared, co_units=[cast.bcvt], actor=cast.leader, at=now())
    page = open_page(cast.leader.officer.user)
    page.goto(f"/incoming/{document.pk}/instruction/")
    page.select_option("#template-choice", label="Giao một phòng")
    assert page.input_value("[name=instruction]") == f"Giao {name} chủ trì, báo cáo."
    assert page.input_value("[name=row0-lead]") == f"unit:{cast.cntt.pk}"
    assert page.is_checked(f"[name=row0-co_workers][value='unit:{cast.bcvt.pk}']")
    page.locator("summary", has_text="Phối hợp, để biết").click()
    page.locator("summary", has_text="Phối hợp, để biết").click()
    page.locator(f"[name=row0-co_workers][value='unit:{cast.bcvt.pk}']").uncheck()
    page.fill("#id_row0-lead", other)
    page.locator("[role=option][aria-selected=true]").wait_for()
    page.press("#id_row0-lead", "Enter")
    assert page.input_value("[name=instruction]") == f"Giao {other} chủ trì, báo cáo."


def test_what_was_typed_outlives_the_session(cast: Cast, open_page: OpenPage) -> None:
    open_book(cast.stttt, name="Sổ văn bản đến", is_default=True, actor=None, at=now())
    user = cast.clerk.officer.user
    assert user is not None
    user.set_password("mat-khau-dai-de-thu")
    user.save(update_fields=["password"])
    page = open_page(user)
    page.goto("/incoming/new/")
    page.fill("[name=symbol]", "77/SNV-VP")
    page.fill("[name=abstract]", "V/v tập huấn văn thư")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/accounts/login/**")
    page.fill("[name=login]", user.get_username())
    page.fill("[name=password]", "mat-khau-dai-de-thu")
    page.keyboard.press("Enter")
    page.wait_for_url("**/incoming/new/")
    page.wait_for_selector("text=Nội dung đã nhập được điền lại")
    assert page.input_value("[name=symbol]") == "77/SNV-VP"
    assert page.input_value("[name=abstract]") == "V/v tập huấn văn thư"
    page.reload()
    assert page.input_value("[name=symbol]") == ""
