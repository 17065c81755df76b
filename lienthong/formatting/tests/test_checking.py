"""Each rule of form holds against a right paper and a wrong one; what a check says is short, plain and in order."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from functools import lru_cache

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lienthong.formatting.checking import Finding, Rule, check, identify, rules
from lienthong.formatting.checking.kinds import KINDS
from lienthong.formatting.checking.rules import editions
from lienthong.formatting.mending.docx import MENDS, mend_docx
from lienthong.formatting.reading.measure_docx import measure_docx
from lienthong.formatting.reading.measure_pdf import family, measure_pdf
from lienthong.formatting.reading.measure_text import measure_official, measure_text
from lienthong.formatting.reading.measured import Box, Letters, Line, Measured
from lienthong.formatting.setting import set_pages
from lienthong.formatting.tests.papers import ALL, CREATED, DECISION, LETTER
from lienthong.formatting.tests.wrong_papers import MANY, PAIRS, PAPERS, right
from lienthong.formatting.tests.wrong_pdfs import ONLY_IN_WORD, WRONG_PAGES
from lienthong.kernel.refusal import Refusal

TODAY = dt.date(2026, 11, 23)
ELEMENTS = (
    "superior", "issuer", "symbol", "dateline", "type_name", "abstract", "signing", "signer", "recipients",
)  # fmt: skip
RULES = {rule.id: rule for rule in rules(TODAY)}
CASES = [
    (edition, rule.id)
    for edition, day in (("tt-01-2011", dt.date(2014, 3, 5)), ("nd-30-2020", TODAY))
    for rule in rules(day)
]
"""Every rule of every edition, with those of files that hold at all times."""


@lru_cache(maxsize=512)
def found(content: bytes) -> dict[str, Finding]:
    return {finding.rule: finding for finding in check(measure_docx(io.BytesIO(content)), on=TODAY)}


def test_every_rule_of_every_edition_has_a_right_and_a_wrong_paper_in_word_and_in_pdf() -> None:
    known = {rule.id for edition in editions().values() for rule in edition}
    assert set(PAIRS) == known
    assert set(WRONG_PAGES) | set(ONLY_IN_WORD) == known
    assert not set(WRONG_PAGES) & set(ONLY_IN_WORD)
    assert all(ONLY_IN_WORD.values())
    assert {name for name, _id in CASES} == {"tt-01-2011", "nd-30-2020"}
    assert len(CASES) > 200


def test_every_rule_is_written_in_the_known_words() -> None:
    for edition in editions().values():
        for rule in edition:
            assert rule.kind in KINDS, rule.id
            assert rule.mend is None or rule.mend in MENDS, rule.id
            assert rule.severity in {"error", "advice"}
            assert rule.message.endswith((".", ")"))
        assert len({rule.id for rule in edition}) == len(edition)


def measured_word(content: bytes, on: dt.date) -> dict[str, Finding]:
    return {finding.rule: finding for finding in check(measure_docx(io.BytesIO(content)), on=on)}


def measured_pages(content: bytes, on: dt.date) -> dict[str, Finding]:
    return {finding.rule: finding for finding in check(measure_pdf(content), on=on)}


def own_day(edition: str, name: str) -> dt.date | None:
    """Return a day on which the edition held; none for the papers as they are, of 2020."""
    if edition == "nd-30-2020":
        return None
    return dt.date(2014, 2, 5) if name == "dateline.month" else dt.date(2014, 3, 5)


def asked(edition: str, name: str) -> tuple[dt.date, Rule]:
    on = own_day(edition, name) or (LETTER.date if name == "dateline.future" else None) or TODAY
    return on, next(rule for rule in rules(on) if (rule.edition, rule.id) in {(edition, name), ("file", name)})


def hold(finding: Finding, rule: Rule, mend: str | None) -> None:
    assert "{" not in finding.message
    assert finding.where
    assert (finding.article, finding.severity, finding.mend) == (rule.reference, rule.severity, mend)


@pytest.mark.parametrize(("edition", "name"), CASES)
def test_in_word_the_right_paper_breaks_no_rule_and_the_wrong_one_just_this(edition: str, name: str) -> None:
    pair = PAIRS[name]
    on, rule = asked(edition, name)
    if day := own_day(edition, name):
        pair = replace(pair, paper=replace(pair.paper, date=day))
    assert measured_word(pair.right, on) == {}
    wrong = measured_word(pair.wrong, on)
    assert list(wrong) == [name]
    hold(wrong[name], rule, rule.mend)


@pytest.mark.parametrize(("edition", "name"), [case for case in CASES if case[1] not in ONLY_IN_WORD])
def test_in_pdf_the_right_pages_break_no_rule_and_the_wrong_ones_just_this(edition: str, name: str) -> None:
    pages = WRONG_PAGES[name]
    on, rule = asked(edition, name)
    day = own_day(edition, name)
    assert measured_pages(pages.right(day), on) == {}
    wrong = measured_pages(pages.wrong(day), on)
    assert list(wrong) == [name]
    hold(wrong[name], rule, None)


@pytest.mark.parametrize("name", ALL)
def test_what_the_system_sets_has_no_fault(name: str) -> None:
    assert check(measure_pdf(set_pages(ALL[name], created=CREATED)), on=TODAY) == ()
    assert check(measure_official(ALL[name], created=CREATED), on=TODAY) == ()


@pytest.mark.parametrize("name", PAPERS)
def test_the_elements_are_the_same_in_word_and_in_the_pdf(name: str) -> None:
    paper = PAPERS[name]
    word = identify(measure_docx(io.BytesIO(right(paper))))
    pages = identify(measure_pdf(set_pages(paper, created=CREATED)))
    for element in ELEMENTS:
        assert word.text(element) == pages.text(element), element


def test_a_document_is_held_against_the_rules_of_its_own_day() -> None:
    old = {rule.id: rule for rule in rules(dt.date(2014, 1, 22))}
    assert old["nation.words"].article == "Điều 6"
    assert "Thông tư 01/2011/TT-BNV" in old["nation.words"].reference
    assert "closing.mark" not in old
    paper = replace(LETTER, date=dt.date(2014, 1, 22), body=LETTER.body.removesuffix("/."))
    assert check(measure_official(paper), on=TODAY) == ()
    assert [one.rule for one in check(measure_official(replace(paper, date=dt.date(2020, 3, 5))), on=TODAY)] == [
        "closing.mark"
    ]


def test_before_the_first_edition_the_first_holds() -> None:
    assert {rule.edition for rule in rules(dt.date(2007, 1, 1))} == {"tt-01-2011", "file"}


def test_an_article_that_was_not_held_against_the_text_says_so() -> None:
    assert RULES["nation.words"].reference.endswith("(cần đối chiếu)")
    margins = next(rule for rule in rules(dt.date(2014, 1, 1)) if rule.id == "page.margin.left")
    assert margins.reference == "Điều 5, khoản 3, Thông tư 01/2011/TT-BNV (19/01/2011)"


def test_the_same_fault_of_many_paragraphs_is_one_finding_with_its_count() -> None:
    paper = replace(LETTER, body="\n".join(["Nội  dung này đã được rà soát."] * 37) + "\nTrân trọng./.")
    finding = found(right(paper))["typing.spaces"]
    assert finding.count == 37
    assert "(ở 37 chỗ)" in finding.message


def test_findings_stand_in_the_order_of_the_page() -> None:
    measured = measure_docx(io.BytesIO(PAIRS["nation.size"].wrong))
    broken = replace_size(measured, 20)
    order = [finding.rule for finding in check(broken, on=TODAY)]
    assert (
        order.index("nation.size") < order.index("symbol.size") < order.index("body.size") < order.index("signing.size")
    )


def replace_size(measured: Measured, size: float) -> Measured:
    lines = tuple(
        replace(line, letters=tuple(replace(run, size=size) for run in line.letters)) for line in measured.lines
    )
    return replace(measured, lines=lines)


def test_the_abbreviations_of_the_catalogue_decide() -> None:
    measured = measure_official(DECISION)
    assert check(measured, on=TODAY, abbreviations={"quyet dinh": "QĐ"}) == ()
    finding = check(measured, on=TODAY, abbreviations={"quyet dinh": "QDI"})[0]
    assert finding.rule == "symbol.type"
    assert "QDI" in finding.message


def test_a_scan_says_that_it_cannot_be_checked() -> None:
    finding = check(Measured("pdf", (), (), is_scan=True), on=TODAY)[0]
    assert finding.rule == "scan"
    assert "bản quét" in finding.message


def test_a_paragraph_that_goes_on_over_a_page_is_not_a_new_one() -> None:
    pages = measure_pdf(set_pages(MANY, created=CREATED))
    assert pages.page_count == 5
    assert check(pages, on=TODAY) == ()


def test_a_picture_of_a_page_is_a_scan_even_with_words_laid_over_it() -> None:
    picture = io.BytesIO()
    Image.new("L", (1240, 1754), 255).save(picture, "PDF", resolution=150)
    measured = measure_pdf(picture.getvalue())
    assert measured.is_scan
    assert [one.rule for one in check(measured, on=TODAY)] == ["scan"]


@pytest.mark.parametrize(
    "name", ["TimesNewRomanPS-BoldMT", "TimesNewRomanPSMT", "TimesNewRoman,Italic", "TimesNewRoman", "Times New Roman"]
)
def test_the_names_that_a_pdf_gives_a_font_are_one_family(name: str) -> None:
    assert family(name) == "Times New Roman"


def test_a_hand_typed_word_file_has_the_faults_that_it_has() -> None:
    document = docx.Document()
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "UBND TỈNH BÌNH THUẬN\nSỞ NỘI VỤ\n-------"
    head.cell(0, 1).text = "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------"
    head.cell(1, 0).text = "Số: 123/SNV-TCBC\nV/v rà soát biên chế"
    head.cell(1, 1).text = "Phan Thiết, ngày 15 tháng 4 năm 2021"
    document.add_paragraph("Kính gửi: Sở Thông tin và Truyền thông")
    document.add_paragraph("Sở Nội vụ đề nghị Quý Sở rà soát biên chế. " * 5)
    document.add_paragraph("Trân trọng./.")
    end = document.add_table(rows=1, cols=2)
    end.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT, TCBC."
    end.cell(0, 1).text = "GIÁM ĐỐC\n\n\nLê Văn Quang"
    target = io.BytesIO()
    document.save(target)
    rules_broken = set(found(target.getvalue()))
    assert rules_broken >= {
        "page.paper",
        "page.margin.right",
        "letters.font",
        "nation.style",
        "nation.size",
        "body.size",
    }
    assert rules_broken >= {
        "body.justified",
        "body.indent",
        "dateline.style",
        "signing.style",
        "recipients.label.style",
    }
    assert not {one for one in rules_broken if one.endswith((".words", ".present", ".rule", ".pattern", ".archive"))}
    mended = mend_docx(target.getvalue(), check(measure_docx(target), on=TODAY))
    assert [one.rule for one in check(measure_docx(io.BytesIO(mended)), on=TODAY) if one.mend] == []


def test_an_empty_file_says_that_there_is_nothing_to_check() -> None:
    assert [one.rule for one in check(measure_text(""), on=TODAY)] == ["unknown"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"PK\x03\x04", b"\x00" * 100])
def test_what_is_neither_pdf_nor_docx_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal):
        measure_pdf(content)
    with pytest.raises(Refusal):
        measure_docx(io.BytesIO(content))


def test_a_head_typed_as_plain_text_is_known() -> None:
    parts = identify(
        measure_text(
            "ỦY BAN NHÂN DÂN | CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nTỈNH BÌNH THUẬN | Độc lập - Tự do - Hạnh phúc\n"
            "Số: 47/2007/QĐ-UBND | Phan Thiết, ngày 14 tháng 9 năm 2007 |\nQUYẾT ĐỊNH\nVề việc một cửa\n"
            "Căn cứ Luật Thanh tra;\nXét đề nghị của Sở,\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành./.\n"
            "Nơi nhận: | TM. ỦY BAN NHÂN DÂN\n"
            "- Như trên; | CHỦ TỊCH\n- Lưu: VT. | Huỳnh Tấn Thành"
        )
    )
    assert parts.text("issuer") == "TỈNH BÌNH THUẬN"
    assert parts.text("symbol") == "Số: 47/2007/QĐ-UBND"
    assert parts.text("dateline") == "Phan Thiết, ngày 14 tháng 9 năm 2007"
    assert parts.text("type_name") == "QUYẾT ĐỊNH"
    assert parts.text("signing") == "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"
    assert parts.text("signer") == "Huỳnh Tấn Thành"
    assert len(parts["basis"]) == 2


WORDS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 5/", "QUYẾT ĐỊNH", "ngày 99 tháng 13 năm 0000", "Nơi nhận:", "KT.",
         "Căn cứ Luật;", "Điều 99999999. ", "Kính gửi", "Phụ lục", "(Kèm theo", "V/v", "Độc lập - Tự do - Hạnh phúc"]
    ),
)  # fmt: skip
LETTERS = st.builds(
    Letters,
    text=WORDS,
    font=st.sampled_from(["", "Arial", ".VnTime", "Times New Roman"]),
    size=st.one_of(st.none(), st.floats(0, 100)),
    bold=st.sampled_from([None, True, False]),
    italic=st.sampled_from([None, True, False]),
    colour=st.sampled_from(["", "000000", "ff0000", "auto", "zz"]),
)
LINES = st.builds(
    Line,
    place=st.integers(0, 50),
    letters=st.lists(LETTERS, max_size=3).map(tuple),
    page=st.integers(1, 3),
    side=st.sampled_from(["", "left", "right"]),
    area=st.sampled_from(["text", "cell", "grid"]),
    align=st.sampled_from(["", "left", "center", "both"]),
    first=st.one_of(st.none(), st.floats(-10, 50)),
    box=st.one_of(st.none(), st.builds(Box, *(st.floats(0, 300),) * 4)),
)


@settings(max_examples=150, deadline=None)
@given(lines=st.lists(LINES, max_size=25), origin=st.sampled_from(["docx", "pdf", "text"]))
def test_no_document_whatever_makes_a_check_fail(lines: list[Line], origin: str) -> None:
    for finding in check(Measured(origin, (), tuple(lines)), on=TODAY):  # type: ignore[arg-type]  # one of the three
        assert finding.message
