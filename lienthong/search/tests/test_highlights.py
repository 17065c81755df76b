"""What was found is shown in segments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.search.highlights import passage, segments
from lienthong.search.query_text import parse


@pytest.mark.parametrize(
    ("text", "typed", "hits"),
    [
        ("Về Kế hoạch phát triển", "ke hoach", ["Kế hoạch"]),
        ("Kế hoạch, kế toán", "ke", ["Kế", "kế"]),
        ("Đường dây và dường như", "đường", ["Đường"]),
        ("dường như", "đường", ["dường"]),
        ("119/QĐ-UBND", "119 qd ubnd", ["119", "QĐ", "UBND"]),
        ("119/QĐ-UBND", "119/qđ", ["119", "QĐ"]),
        ("119/QĐ-UBND", "qdubnd", ["QĐ"]),
        ("CỘNG HÒA XÃ HỘI. KẾ HOẠCH", "ke hoach", ["KẾ HOẠCH"]),
        ("Hoà Bình", "hòa", ["Hoà"]),
        ("<b>kế</b>", "kế", ["kế"]),
        ("không có", "kế", []),
    ],
)
def test_words_of_the_query_are_hits(text: str, typed: str, hits: list[str]) -> None:
    assert [segment.text for segment in segments(text, parse(typed)) if segment.is_hit] == hits


def test_the_beginning_of_a_word_hits_the_word() -> None:
    assert [s.text for s in segments("Kế hoạch", parse("ke hoa", typing=True)) if s.is_hit] == ["Kế hoạch"]


@given(st.text(alphabet="aăeêoôđ kếhoạc h1/-.", max_size=80))
def test_segments_make_up_the_text(text: str) -> None:
    assert "".join(segment.text for segment in segments(text, parse("kế hoạch 1"))) == text


def test_the_passage_is_where_the_words_stand_together() -> None:
    text = "kế toán trưởng. " + "đoạn khác không liên quan. " * 40 + "Theo Kế hoạch đã duyệt. " + "phần cuối. " * 40
    shown = passage(text, parse("kế hoạch"))
    assert shown[0].text.startswith("… ")
    assert "Kế hoạch" in [segment.text for segment in shown if segment.is_hit]
    assert passage("không có gì", parse("kế hoạch")) == []
