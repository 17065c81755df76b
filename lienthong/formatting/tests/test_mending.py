"""One click mends what is certain: what was found is gone, nothing new appears, all else stays as it was."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from functools import lru_cache

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lienthong.formatting.checking import Finding, check, rules
from lienthong.formatting.mending import mend_docx, mend_official
from lienthong.formatting.mending.wording import WORDINGS
from lienthong.formatting.official import Official
from lienthong.formatting.reading.measure_docx import measure_docx
from lienthong.formatting.reading.measure_text import measure_official
from lienthong.formatting.tests.papers import DECISION, LETTER
from lienthong.formatting.tests.wrong_papers import MANY, PAIRS, paragraphs, parts_of, right
from lienthong.kernel.refusal import Refusal

TODAY = dt.date(2026, 11, 23)
CERTAIN = [rule.id for rule in rules(TODAY) if rule.mend]
"""The rules whose breach one click mends."""


@lru_cache(maxsize=512)
def findings(content: bytes) -> tuple[Finding, ...]:
    return check(measure_docx(io.BytesIO(content)), on=TODAY)


@lru_cache(maxsize=512)
def words(content: bytes) -> list[str]:
    return [line.words for line in measure_docx(io.BytesIO(content)).lines]


@pytest.mark.parametrize("name", CERTAIN)
def test_a_mended_paper_has_no_fault_left_and_no_new_one(name: str) -> None:
    wrong = PAIRS[name].wrong
    before = findings(wrong)
    after = findings(mend_docx(wrong, before))
    assert [one.rule for one in after if one.mend] == []
    assert {one.rule for one in after} <= {one.rule for one in before if not one.mend}


@pytest.mark.parametrize("name", CERTAIN)
def test_mending_leaves_the_other_parts_byte_for_byte(name: str) -> None:
    wrong = PAIRS[name].wrong
    before, after = parts_of(wrong), parts_of(mend_docx(wrong, findings(wrong)))
    free = {"word/document.xml"}
    if name.startswith("page.number"):
        free |= {part for part in after if "header" in part or "footer" in part or part.endswith(".rels")}
        free |= {"[Content_Types].xml"}
    if name == "file.tracking":
        free |= {"word/settings.xml"}
    assert {part for part in before if part not in free and before[part] != after[part]} == set()
    assert set(after) - set(before) <= free


@pytest.mark.parametrize("name", CERTAIN)
def test_a_mended_paper_opens_and_says_the_same(name: str) -> None:
    pair = PAIRS[name]
    mended = mend_docx(pair.wrong, findings(pair.wrong))
    docx.Document(io.BytesIO(mended))
    assert words(mended) == words(pair.right) or name in {
        "recipients.ends",
        "type.style",
        "issuer.style",
        "superior.style",
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    names=st.lists(st.sampled_from([name for name in CERTAIN if PAIRS[name].paper is LETTER]), min_size=2, max_size=6)
)
def test_several_mistakes_at_once_are_mended_together(names: list[str]) -> None:
    document = docx.Document(io.BytesIO(right(LETTER)))
    for name in dict.fromkeys(names):
        try:
            PAIRS[name].change(document)
        except (AssertionError, StopIteration, AttributeError):
            continue  # the mistake before it has left nothing to make wrong here
    target = io.BytesIO()
    document.save(target)
    wrong = target.getvalue()
    before = findings(wrong)
    after = findings(mend_docx(wrong, before))
    assert [one.rule for one in after if one.mend] == []


def test_only_what_was_asked_for_is_mended() -> None:
    document = docx.Document(io.BytesIO(right(LETTER)))
    PAIRS["nation.size"].change(document)
    PAIRS["body.size"].change(document)
    target = io.BytesIO()
    document.save(target)
    wrong = target.getvalue()
    asked = [one for one in findings(wrong) if one.rule == "nation.size"]
    assert [one.rule for one in findings(mend_docx(wrong, asked))] == ["body.size"]


def test_a_paper_without_findings_stays_the_same_bytes() -> None:
    content = right(DECISION)
    assert mend_docx(content, ()) == content
    assert mend_docx(content, findings(PAIRS["nation.size"].wrong)) == content


def test_tracked_changes_stay_for_their_author_to_decide() -> None:
    wrong = PAIRS["file.tracked"].wrong
    mended = mend_docx(wrong, findings(wrong))
    assert b"<w:ins " in parts_of(mended)["word/document.xml"]
    assert words(mended) == words(wrong)


def test_mended_words_keep_the_look_of_their_letters() -> None:
    document = docx.Document(io.BytesIO(right(LETTER)))
    paragraph = next(paragraphs(document, "Kết quả"))
    run = paragraph.add_run("  rất  gấp.")
    run.bold = True
    target = io.BytesIO()
    document.save(target)
    mended = mend_docx(target.getvalue(), findings(target.getvalue()))
    after = next(paragraphs(docx.Document(io.BytesIO(mended)), "Kết quả"))
    assert after.text.endswith("để tổng hợp./. rất gấp./.")
    assert after.runs[-1].bold
    assert not after.runs[0].bold


def test_a_head_typed_with_tabs_is_mended_in_its_own_half() -> None:
    document = docx.Document()
    for section in document.sections:
        section.page_width, section.page_height = docx.shared.Mm(210), docx.shared.Mm(297)
    for line in (
        "UBND TỈNH BÌNH THUẬN\tCỘNG HÒA XÃ HỘI CHỦ NGHIÃ VIỆT NAM",
        "SỞ NỘI VỤ\tĐộc lập-Tự do-Hạnh phúc",
        "Số: 5/SNV-VP\tBình Thuận, ngày 5 tháng 2 năm 2021",
        "Kính gửi: Sở Tài chính",
    ):
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    mended = mend_docx(target.getvalue(), findings(target.getvalue()))
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(mended)).paragraphs]
    assert texts[:3] == [
        "UBND TỈNH BÌNH THUẬN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc",
        "Số: 05/SNV-VP\tBình Thuận, ngày 05 tháng 02 năm 2021",
    ]


def test_page_numbers_are_put_where_there_were_none() -> None:
    wrong = PAIRS["page.number.present"].wrong
    measured = measure_docx(io.BytesIO(mend_docx(wrong, findings(wrong))))
    assert [(one.where, one.align, one.size, one.on_first) for one in measured.numbers] == [
        ("top", "center", 14, False)
    ]
    assert words(mend_docx(wrong, findings(wrong))) == words(right(MANY))


def test_what_is_not_a_docx_is_refused() -> None:
    with pytest.raises(Refusal):
        mend_docx(b"PK", ())


@pytest.mark.parametrize(
    ("mend", "wrong", "wanted"),
    [
        ("symbol", "Số 5 / QĐ – UBND", "Số: 05/QĐ-UBND"),
        ("symbol", "Số:      /GM-VP", "Số:      /GM-VP"),
        ("symbol", "Số: 4532/UBND- KSTTHC", "Số: 4532/UBND-KSTTHC"),
        ("symbol", "Số 2276 /VP-TH", "Số: 2276/VP-TH"),
        ("symbol", "Số: 01/2011/TT-BNV", "Số: 01/2011/TT-BNV"),
        ("symbol", "Số: 3176B/QĐ-SYT", "Số: 3176B/QĐ-SYT"),
        ("date", "Huế, ngày 5 tháng 2 năm 2021", "Huế, ngày 05 tháng 02 năm 2021"),
        ("date", "Huế, ngày 15 tháng 03 năm 2021", "Huế, ngày 15 tháng 3 năm 2021"),
        ("prefix", "K/T CHỦ TỊCH", "KT. CHỦ TỊCH"),
        ("prefix", "TUQ.CHỦ TỊCH", "TUQ. CHỦ TỊCH"),
        ("prefix", "TLỆ", "TLỆ"),
        ("about", "v/v: rà soát", "V/v rà soát"),
        ("addressees", "Kính gửi Sở Nội vụ", "Kính gửi: Sở Nội vụ"),
        ("article", "Điều 1: Ban hành", "Điều 1. Ban hành"),
        ("closing", "chịu trách nhiệm thi hành.", "chịu trách nhiệm thi hành./."),
        ("closing", "thi hành ./.", "thi hành./."),
        ("spaces", "một  hai\u00a0 ba", "một hai ba"),
        ("spaces", "ngày ......  tháng", "ngày ......  tháng"),
        ("marks", "một , hai ; ba .", "một, hai; ba."),
    ],
)
def test_words_are_mended_and_right_words_stay(mend: str, wrong: str, wanted: str) -> None:
    assert WORDINGS[mend](wrong) == wanted
    assert WORDINGS[mend](wanted) == wanted


@given(st.text(alphabet="Số:/-. 05QĐUBND–…_", max_size=30))
def test_mending_a_symbol_twice_changes_nothing_more(text: str) -> None:
    once = WORDINGS["symbol"](text)
    assert WORDINGS["symbol"](once) == once


WRONG_TEXTS = {
    "typing.spaces": replace(LETTER, body=LETTER.body.replace("Sở Thông", "Sở   Thông")),
    "typing.marks": replace(LETTER, body=LETTER.body.replace(", Sở", " , Sở")),
    "closing.mark": replace(LETTER, body=LETTER.body.removesuffix("/.")),
    "basis.ends": replace(DECISION, body=DECISION.body.replace("2015;", "2015,")),
    "article.stop": replace(DECISION, body=DECISION.body.replace("Điều 1.", "Điều 1:")),
    "abstract.stop": replace(DECISION, abstract=DECISION.abstract + "."),
    "signing.prefix": replace(DECISION, signing=("TM ỦY BAN NHÂN DÂN", "K/T CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    "symbol.zero": replace(DECISION, symbol="9/QĐ-UBND"),
    "symbol.spaces": replace(DECISION, symbol="139 /QĐ- UBND"),
}


@pytest.mark.parametrize("name", WRONG_TEXTS)
def test_the_text_form_is_mended_too(name: str) -> None:
    wrong: Official = WRONG_TEXTS[name]
    found = check(measure_official(wrong), on=TODAY)
    assert name in {one.rule for one in found}
    mended = mend_official(wrong, found)
    assert check(measure_official(mended), on=TODAY) == ()
    assert mend_official(mended, found) == mended
