"""The pages that the system sets, read back from the PDF and held against pages set by hand after the decree."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lienthong.formatting import benchmarks
from lienthong.formatting.official import Appendix, Official
from lienthong.formatting.setting import page_count, preview_png, set_pages
from lienthong.formatting.setting.fonts import letters, unprintable
from lienthong.formatting.tests.papers import ALL, CREATED, DECISION, INVITATION, LETTER, PROPOSAL, REPORT
from lienthong.formatting.tests.positions import Line, fonts, lines, shapes, text_of

BY_HAND: dict[str, Any] = tomllib.loads((Path(__file__).parent / "set_by_hand.toml").read_text(encoding="utf-8"))
ACROSS, DOWN = BY_HAND["tolerance"]["across"], BY_HAND["tolerance"]["down"]
SENTENCE = "Trong năm, các cơ quan đã phối hợp thực hiện nghiêm túc các nhiệm vụ được giao theo kế hoạch. "


def pages(official: Official) -> bytes:
    return set_pages(official, created=CREATED)


def found(official: Official, text: str, page: int = 1) -> Line:
    return next(line for line in lines(pages(official)) if line.page == page and line.text.startswith(text))


@pytest.mark.parametrize("name", ALL)
def test_every_element_stands_where_a_hand_would_set_it(name: str) -> None:
    read = lines(pages(ALL[name]))
    for element in BY_HAND[name]:
        near = [one for one in read if one.page == element.get("page", 1) and one.text.startswith(element["text"])]
        assert near, f"{element['text']} is not on its page"
        line = near[0]
        assert (line.size, line.style) == (element["size"], element["style"]), line
        for edge in ("left", "right", "centre"):
            assert abs(getattr(line, edge) - element.get(edge, getattr(line, edge))) <= ACROSS, (edge, line)
        assert abs(line.base - element.get("base", line.base)) <= DOWN, line


@pytest.mark.parametrize("name", ALL)
def test_nothing_but_the_page_number_and_the_address_stands_in_the_margins(name: str) -> None:
    for line in lines(pages(ALL[name])):
        assert line.left > 29.5, line
        assert line.right < 195.5, line
        if not line.text.isdigit() and not line.text.startswith("Địa chỉ"):
            assert 23 < line.base < 277, line


@pytest.mark.parametrize("name", ALL)
def test_everything_is_set_in_one_font_in_the_sizes_of_the_decree(name: str) -> None:
    pdf = pages(ALL[name])
    assert fonts(pdf) <= {"Tinos", "Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}
    assert {line.size for line in lines(pdf)} <= {11, 12, 13, 14}


def test_the_motto_has_a_rule_of_its_own_length_and_the_issuer_one_of_a_third_to_a_half() -> None:
    motto, issuer = found(LETTER, "Độc lập"), found(LETTER, "VÀ TRUYỀN THÔNG")
    rules = [shape for shape in shapes(pages(LETTER)) if shape.bottom - shape.top < 0.5]
    under_motto = next(rule for rule in rules if 0 < rule.top - motto.base < 3 and rule.left > 100)
    assert abs(under_motto.left - motto.left) < 0.5
    assert abs(under_motto.right - motto.right) < 0.5
    under_issuer = next(rule for rule in rules if 0 < rule.top - issuer.base < 3 and rule.right < 100)
    assert 1 / 3 <= under_issuer.width / (issuer.right - issuer.left) <= 1 / 2
    assert abs((under_issuer.left + under_issuer.right) / 2 - issuer.centre) < 0.5


def test_the_abstract_of_a_decision_has_a_rule_of_a_third_to_a_half() -> None:
    abstract = found(DECISION, "Về việc ban hành")
    rule = next(one for one in shapes(pages(DECISION)) if 0 < one.top - abstract.base < 3)
    assert 1 / 3 <= rule.width / (abstract.right - abstract.left) <= 1 / 2


@pytest.mark.parametrize(
    ("urgency", "words", "width"),
    [("express", "HỎA TỐC", 30), ("very_urgent", "THƯỢNG KHẨN", 40), ("urgent", "KHẨN", 20)],
)
def test_the_stamp_of_urgency_has_the_size_of_the_decree(urgency: str, words: str, width: float) -> None:
    urgent = replace(LETTER, urgency=urgency)
    stamp = found(urgent, words)
    box = next(one for one in shapes(pages(urgent)) if one.top < stamp.base < one.bottom and one.left < stamp.left)
    assert abs(box.width - width) < 0.5
    assert abs(box.bottom - box.top - 8) < 0.5


def test_lines_and_paragraphs_of_the_body_are_as_far_apart_as_the_decree_allows() -> None:
    body = [line for line in lines(pages(REPORT)) if line.page == 1 and line.base > 85]
    steps = [after.base - before.base for before, after in pairwise(body)]
    line, paragraph = 14 * 1.149 * 1.15 * 25.4 / 72, 6 * 25.4 / 72
    assert all(min(abs(step - line), abs(step - line - paragraph)) < 0.2 for step in steps), steps


def test_a_table_over_pages_repeats_its_head() -> None:
    heads = [line.page for line in lines(pages(REPORT)) if line.text == "Đơn vị chủ trì" and line.style == "Bold"]
    assert len(heads) >= 2
    assert heads == sorted(set(heads))


BROAD = "\n".join(
    [
        "| TT | Tên cơ quan | " + " | ".join(f"Chỉ tiêu {number}" for number in range(1, 13)) + " |",
        "|---" * 14 + "|",
        *(f"| {row} | Sở Thông tin và Truyền thông |" + " 1.000.000 |" * 12 for row in range(1, 30)),
    ]
)


def test_a_broad_table_has_smaller_letters_and_an_appendix_of_it_lies_on_its_side() -> None:
    broad = (Appendix(caption="Biểu tổng hợp", body=BROAD), Appendix(caption="Danh mục", body="Một."))
    pdf = pages(replace(LETTER, body=BROAD, appendices=broad))
    read = lines(pdf)
    assert all(8 <= line.size <= 14 and line.right < 195.5 for line in read if line.page == 1)
    with pypdfium2.PdfDocument(pdf) as document:
        turned = [page.get_width() > page.get_height() for page in document]
    assert turned[0] is False
    assert any(turned)
    assert turned[-1] is False


def test_a_row_of_a_table_stays_on_its_page() -> None:
    cell = "Phối hợp thực hiện các nhiệm vụ được giao theo kế hoạch của tỉnh và báo cáo kết quả."
    rows = "\n".join(f"| {row} | đầu{row} {cell} cuối{row} |" for row in range(1, 60))
    read = lines(pages(replace(LETTER, body=f"| TT | Việc |\n|---|---|\n{rows}\nHết.")))
    for row in range(1, 60):
        first = next(line.page for line in read if f"đầu{row} " in f"{line.text} ")
        assert first == next(line.page for line in read if f"cuối{row} " in f"{line.text} ")


def test_each_appendix_counts_its_own_pages() -> None:
    long = "\n".join(SENTENCE * 3 for _ in range(24))
    official = replace(DECISION, appendices=tuple(replace(one, body=long) for one in DECISION.appendices))
    numbers = [(line.page, line.text) for line in lines(pages(official)) if line.base < 18]
    assert [text for _page, text in numbers] == ["2", "3", "2", "3"]


@pytest.mark.parametrize("sentences", range(14, 44, 2))
@pytest.mark.parametrize("parts", [1, 7])
def test_the_signing_block_never_stands_alone_on_a_page(sentences: int, parts: int) -> None:
    paragraph = (SENTENCE * (sentences // parts)).strip()
    read = lines(pages(replace(LETTER, body="\n".join([paragraph] * parts))))
    page = next(line.page for line in read if line.text.startswith("KT. GIÁM ĐỐC"))
    assert page == next(line.page for line in read if line.text.startswith("Trần Thị"))
    assert any(line.page == page and line.size == 14 and line.text.endswith("kế hoạch.") for line in read)


@pytest.mark.parametrize("rows", range(24, 40, 3))
def test_after_a_table_the_signing_block_has_its_last_row_beside_it(rows: int) -> None:
    body = "| TT | Tên |\n|---|---|\n" + "\n".join(f"| {row} | Dòng |" for row in range(1, rows + 1))
    read = lines(pages(replace(LETTER, body=body)))
    page = next(line.page for line in read if line.text.startswith("KT. GIÁM ĐỐC"))
    assert page == next(line.page for line in read if line.text == str(rows) and line.size == 13)


def test_hundreds_of_recipients_run_over_pages() -> None:
    official = replace(LETTER, recipients=tuple(f"Đơn vị {number}" for number in range(1, 151)))
    read = lines(pages(official))
    assert sum(line.text.startswith("- Đơn vị") for line in read) == 150
    assert max(line.base for line in read) < 278


@pytest.mark.parametrize("name", ALL)
def test_the_same_document_is_the_same_bytes_and_pdf_a(name: str) -> None:
    pdf = pages(ALL[name])
    assert pdf == pages(ALL[name])
    assert pdf.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf
    assert pdf != set_pages(ALL[name], created=CREATED + dt.timedelta(days=1))


def test_vietnamese_can_be_copied_and_searched() -> None:
    text = text_of(pages(DECISION))
    for words in ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;", "Nguyễn Đức Hòa", "HỎA TỐC"):
        assert words in text


def test_what_was_typed_never_runs() -> None:
    typed = '#read("/etc/passwd") $x^2$ @nhan `ma` #import "a.typ" \\ {{ 7*7 }} <nhan> // hết'
    text = text_of(pages(replace(LETTER, body=typed, abstract=typed, signer=typed)))
    assert text.count("#read(") == 3
    assert "root:" not in text


def test_a_letter_without_a_shape_is_shown_as_such_and_named() -> None:
    assert 0x1EC7 in letters()
    assert unprintable("Việc 😀 và ✓ 漢") == "😀漢"
    assert "□" in text_of(pages(replace(LETTER, body="Việc 😀 và 漢")))


def test_a_draft_leaves_room_for_number_and_day() -> None:
    draft = found(INVITATION, "Số:")
    symbol = found(INVITATION, "/GM-VP")
    assert symbol.base == pytest.approx(draft.base)
    assert symbol.left - draft.right > 5


def test_an_older_paper_has_its_page_number_where_the_circular_of_2011_had_it() -> None:
    old = lines(pages(replace(REPORT, date=dt.date(2014, 1, 22))))
    number = next(line for line in old if line.page == 2 and line.text == "2" and line.size == 14)
    assert number.base > 277
    assert abs(number.right - 195) < ACROSS


def test_four_hundred_pages_are_set() -> None:
    body = "\n".join(f"{number}. {SENTENCE * 5}" for number in range(3_000))
    assert page_count(pages(replace(REPORT, body=body))) > 400


def test_a_page_is_shown_as_a_picture() -> None:
    assert preview_png(PROPOSAL, 1, 1.0, created=CREATED).startswith(b"\x89PNG")
    assert preview_png(PROPOSAL, 99, 0.2, created=CREATED).startswith(b"\x89PNG")


TYPED = st.text(
    st.one_of(st.sampled_from("#$*_|\\<>@`[]{}\n\u0301\u200b😀"), st.characters(codec="utf-8")), max_size=60
)


@settings(max_examples=60, deadline=None)
@given(TYPED, TYPED, TYPED)
def test_any_text_can_be_set(body: str, words: str, names: str) -> None:
    official = Official(
        superior=words,
        issuer=words,
        symbol=names,
        place=names,
        date=None,
        type_name=names,
        abstract=words,
        addressees=(names, words),
        body=body,
        signing=(words,),
        signer=names,
        recipients=(names, words),
        contact=names,
    )
    assert page_count(pages(official)) >= 1


def test_the_benchmark_measures_one_page_and_ten() -> None:
    measured = benchmarks.measure(1)
    assert measured["pages"] == [1, 10]
