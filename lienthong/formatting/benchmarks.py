"""``bench render``: processor time of setting one page and ten, beside the typesetter on bare text."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable
from functools import partial

import typst

from lienthong.formatting.official import Official
from lienthong.formatting.setting import fonts, page_count, set_pages
from lienthong.kernel.timing import milliseconds

ROUNDS = 9
WORDS = "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành, địa phương thực hiện nghiêm túc nội dung văn bản và báo cáo."
PARAGRAPHS_A_PAGE = 11
FIRST_PAGE = 5


def prepare(size: int) -> None:
    """Nothing is kept for it."""


def measure(size: int) -> dict[str, object]:  # noqa: ARG001 - the contract of benchmarks: always one page and ten
    """Measure set pages of fresh text (the typesetter remembers what it has set before) and the same words bare."""
    one, ten = _official(FIRST_PAGE, "đo"), _official(FIRST_PAGE + 9 * PARAGRAPHS_A_PAGE, "đo")
    created = dt.datetime(2020, 3, 5, tzinfo=dt.UTC)
    one_ms = _median(lambda turn: set_pages(_official(FIRST_PAGE, f"một {turn}"), created=created))
    ten_ms = _median(
        lambda turn: set_pages(_official(FIRST_PAGE + 9 * PARAGRAPHS_A_PAGE, f"mười {turn}"), created=created)
    )
    floor_ms = _median(lambda turn: _bare(_official(FIRST_PAGE, f"sàn {turn}").body))
    return {
        "pages": [page_count(set_pages(official, created=created)) for official in (one, ten)],
        "one_page_cpu_ms": one_ms,
        "ten_pages_cpu_ms": ten_ms,
        "floor_ms": floor_ms,
        "ratio": round(one_ms / floor_ms, 1) if floor_ms else None,
    }


def _official(paragraphs: int, word: str) -> Official:
    body = "\n".join(f"{number}. {word} {number}: {WORDS} {WORDS}" for number in range(1, paragraphs + 1))
    return Official(
        superior="UBND tỉnh Bình Thuận",
        issuer="Sở Thông tin và Truyền thông",
        symbol="31/BC-STTTT",
        place="Bình Thuận",
        date=dt.date(2020, 3, 5),
        type_name="Báo cáo",
        abstract="Kết quả công tác quý I",
        body=body,
        signing=("GIÁM ĐỐC",),
        signer="Phạm Hoàng Nam",
        recipients=("UBND tỉnh", "Lưu: VT"),
    )


def _bare(text: str) -> bytes:
    """Set bare paragraphs with nothing around them."""
    source = '#set text(font: "Tinos", size: 14pt)\n#for one in sys.inputs.text.split("\\n") [#one #parbreak()]'
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.DIRECTORY)])
    pdf: bytes = typst.compile(source.encode(), sys_inputs={"text": text}, font_paths=found, pdf_standards=["a-2b"])
    return pdf


def _median(work: Callable[[int], object]) -> float:
    times = [milliseconds(partial(work, turn), time.process_time) for turn in range(ROUNDS)]
    return round(statistics.median(times), 1)
