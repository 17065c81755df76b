"""Take the pictures of the README and the guides from a running demo; each is a small PNG in ``docs/images``."""
# ruff: noqa: INP001 - a script beside the pictures, not a package

from __future__ import annotations

import argparse
import io
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from PIL import Image
from playwright.sync_api import Browser, FilePayload, Locator, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

IMAGES = Path(__file__).parent / "images"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
WIDE, PHONE = (1280, 800), (390, 844)
LARGEST = 120_000
COLOURS = (128, 96, 64, 32)

PAPER_NAME = "cong-van-dai-ly-internet.pdf"
PAPER = """
<style>@page { size: A4; margin: 20mm 18mm 20mm 25mm } body { font: 14pt/1.4 "Tinos", "Liberation Serif", serif }
table { width: 100% } td { width: 50%; text-align: center; vertical-align: top } .v { font-size: 12pt }
p { text-align: justify; text-indent: 10mm; margin: 6pt 0 } .r { text-align: center; margin-left: 50% }</style>
<table><tr><td>ỦY BAN NHÂN DÂN<br>TỈNH BÌNH THUẬN</td>
<td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b></td></tr>
<tr><td>Số: 912/UBND-VX<br><span class="v">V/v kiểm tra hoạt động đại lý Internet<br>trên địa bàn tỉnh</span></td>
<td><i>Bình Thuận, ngày 14 tháng 3 năm 2014</i></td></tr></table>
<div style="margin: 8mm 0 6mm 30mm">Kính gửi:<br>- Sở Thông tin và Truyền thông;<br>
- Ủy ban nhân dân các huyện, thị xã, thành phố.</div>
<p>Để tăng cường quản lý hoạt động của các đại lý Internet trên địa bàn tỉnh, Chủ tịch Ủy ban nhân dân tỉnh giao
Sở Thông tin và Truyền thông chủ trì, phối hợp Ủy ban nhân dân các huyện, thị xã, thành phố kiểm tra hoạt động của
các đại lý Internet; báo cáo kết quả về Ủy ban nhân dân tỉnh trước ngày 11/4/2014./.</p>
<div class="r"><b>TM. ỦY BAN NHÂN DÂN<br>KT. CHỦ TỊCH<br>PHÓ CHỦ TỊCH<br><br>
(Đã ký)<br><br>Đặng Thị Bích Phương</b></div>
"""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its file, who looks (empty: anybody), how wide the screen is, and how the page is reached."""

    name: str
    account: str
    size: tuple[int, int]
    reach: Callable[[Page], None]


def home(page: Page) -> None:
    """What an officer sees first."""
    page.goto("/")


def incoming_list(page: Page) -> None:
    """The list of incoming documents, one row looked at."""
    page.goto("/incoming/")
    page.locator("#rows [data-open]").nth(2).focus()


def record(page: Page) -> None:
    """One document with its instruction, its tasks and its timeline."""
    page.goto("/incoming/?state=in_progress")
    _open(page, page.locator("#rows [data-open]").nth(1))


def registration(page: Page) -> None:
    """The form with what was read from the file, and the file beside it."""
    page.goto("/intake/")
    waiting = page.get_by_role("link", name=PAPER_NAME)
    if not waiting.count():
        page.locator("#drop-files").set_input_files(paper(page))  # a single file opens its form by itself
    else:
        _open(page, waiting.first)
    page.get_by_text("Đề xuất từ văn bản").first.wait_for(timeout=60_000)
    page.wait_for_timeout(1500)  # the first page of the file is drawn on demand


def paper(page: Page) -> FilePayload:
    """Print the invented letter as a PDF, on a page of its own."""
    sheet = page.context.new_page()
    sheet.set_content(PAPER)
    letter = sheet.pdf(prefer_css_page_size=True)
    sheet.close()
    return FilePayload(name=PAPER_NAME, mimeType="application/pdf", buffer=letter)


def instruction(page: Page) -> None:
    """A leader gives work from the telephone, with a template."""
    page.goto("/incoming/?state=in_progress")
    _open(page, page.locator("#rows [data-open]").first)
    page.goto(urljoin(page.url, "instruction/"))
    template = page.locator("#template-choice")
    if template.count():
        template.select_option(index=1)


def programme(page: Page) -> None:
    """How the tasks of a decision stand."""
    page.goto("/programmes/")
    _open(page, page.locator("main [data-open], main td a").first)


def roll_up(page: Page) -> None:
    """How the tasks of each unit stand."""
    page.goto("/programmes/board/?by=unit")


def search(page: Page) -> None:
    """What is found without typing marks."""
    page.goto("/search/?q=dai+ly+internet")


def task(page: Page) -> None:
    """One task of a specialist, with what may be done."""
    page.goto("/")
    _open(page, page.locator("main [data-open]").first)


def signing(page: Page) -> None:
    """A draft before whoever signs it."""
    page.goto("/drafts/?state=signing")
    _open(page, page.locator("#rows [data-open]").first)


def issued(page: Page) -> None:
    """A document that was issued: its pages, where it went, what it answers."""
    page.goto("/outgoing/")
    _open(page, page.locator("#rows [data-open]").nth(1))
    page.wait_for_timeout(1500)  # its first page is drawn on demand


def work_file(page: Page) -> None:
    """A work file with what was put into it."""
    page.goto("/work-files/")
    _open(page, page.locator("main [data-open]").first)


def case(page: Page) -> None:
    """A one-stop case: who has it, until when, what was said, its way."""
    page.goto("/cases/")
    _open(page, page.locator("#rows [data-open]").first)


def counter(page: Page) -> None:
    """The counter: the form of a procedure, the fee and the promise beside it."""
    page.goto("/cases/new/1.001612/")


def procedure(page: Page) -> None:
    """A procedure with its drawn flow."""
    page.goto("/procedures/1.013225/?tab=flow")


def case_figures(page: Page) -> None:
    """Statistics of cases; every figure opens its list."""
    page.goto("/cases/statistics/")


def service(page: Page) -> None:
    """What a citizen finds in plain words, without an account."""
    page.goto("/dich-vu-cong/thu-tuc/?q=mo+cua+hang")
    _open(page, page.locator(".on-case").first)


def units(page: Page) -> None:
    """The tree of units."""
    page.goto("/units/")


SHOTS = (
    Shot("home", "stttt.chuyenvien2b", WIDE, home),
    Shot("list", "stttt.lanhdao1", WIDE, incoming_list),
    Shot("record", "stttt.lanhdao1", (1280, 1000), record),
    Shot("register", "stttt.vanthu", WIDE, registration),
    Shot("programme", "ubnd.lanhdao1", WIDE, programme),
    Shot("roll-up", "ubnd.lanhdao1", (1280, 620), roll_up),
    Shot("assign-phone", "stttt.lanhdao1", PHONE, instruction),
    Shot("home-phone", "stttt.chuyenvien2b", PHONE, home),
    Shot("search", "stttt.lanhdao1", WIDE, search),
    Shot("task", "stttt.chuyenvien2b", WIDE, task),
    Shot("units", "quantri", WIDE, units),
    Shot("sign", "stttt.lanhdao1", WIDE, signing),
    Shot("issued", "stttt.vanthu", WIDE, issued),
    Shot("case", "phanthiet.chuyenvien3a", (1280, 1000), case),
    Shot("counter", "phanthiet.motcua1", WIDE, counter),
    Shot("procedure", "phanthiet.motcua1", (1280, 1000), procedure),
    Shot("case-figures", "ubnd.lanhdao1", WIDE, case_figures),
    Shot("service-phone", "", PHONE, service),
    Shot("work-file", "stttt.chuyenvien2a", WIDE, work_file),
)


def main() -> int:
    """Take every picture, or those that are named; 1 when one failed."""
    parser = argparse.ArgumentParser(prog="bin/screenshots", description="Chụp các trang của bản dùng thử đang chạy.")
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:8000", help="địa chỉ của bản dùng thử")
    parser.add_argument("--password", default="binh-thuan-2014", help="mật khẩu chung của bản dùng thử")
    parser.add_argument("--only", nargs="*", choices=[shot.name for shot in SHOTS], help="chỉ chụp các ảnh này")
    given = parser.parse_args()
    program = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if program is None:
        sys.stderr.write("✗ Máy này không có Chromium. Hãy chạy: sudo apt install chromium\n")
        return 1
    IMAGES.mkdir(exist_ok=True)
    failed = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        for shot in SHOTS:
            if given.only and shot.name not in given.only:
                continue
            try:
                file = take(browser, shot, given.address, given.password)
            except (BrowserError, OSError) as error:
                failed = 1
                sys.stderr.write(f"✗ {shot.name}: {error}\n")
            else:
                sys.stdout.write(f"✓ {file.name:18} {file.stat().st_size // 1000:4} kB\n")
        browser.close()
    return failed


def take(browser: Browser, shot: Shot, address: str, password: str) -> Path:
    """Sign in, reach the page, and write its picture."""
    width, height = shot.size
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        reduced_motion="reduce",
    )
    try:
        page = context.new_page()
        if shot.account:
            sign_in(page, shot.account, password)
        shot.reach(page)
        page.wait_for_load_state("networkidle")
        return write(page.screenshot(), shot.name)
    finally:
        context.close()


def sign_in(page: Page, account: str, password: str) -> None:
    """Come in as an officer."""
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(account)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile(r"^(?!.*login)"))


def write(picture: bytes, name: str) -> Path:
    """Write a picture with as many colours as fit into ``LARGEST`` bytes."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    small = b""
    for colours in COLOURS:
        out = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        small = out.getvalue()
        if len(small) < LARGEST:
            break
    file = IMAGES / f"{name}.png"
    file.write_bytes(small)
    return file


def _open(page: Page, link: Locator) -> None:
    page.goto(link.get_attribute("href") or "/")


if __name__ == "__main__":
    sys.exit(main())
