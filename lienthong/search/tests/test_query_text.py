"""What was typed is read as it was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.search.query_text import MAX_WORDS, parse


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("kế hoạch", ["ke", "hoach"]),
        ("KẾ HOẠCH", ["ke", "hoach"]),
        ("  kế   hoạch ", ["ke", "hoach"]),
        ("so 119 qd ubnd", ["119", "qd", "ubnd"]),
        ("Số: 119/QĐ-UBND", ["119", "qd", "ubnd"]),
        ("119qd", ["119", "qd"]),
        ("0119/QĐ-UBND", ["119", "qd", "ubnd"]),
        ("sổ số", ["so", "so"]),
        ("số liệu", ["so", "lieu"]),
        ("22/01/2014", ["22", "1", "2014"]),
        ("đường", ["duong"]),
        ("", []),
        ("!@#$ %^&*()", []),
        ("'; DROP TABLE x --", ["drop", "table", "x"]),
        ("00", ["0"]),
    ],
)
def test_words_are_read_without_marks_and_labels(typed: str, words: list[str]) -> None:
    assert [word.plain for word in parse(typed).words] == words


def test_both_tone_placements_are_the_same_word() -> None:
    assert parse("hoà bình") == parse("hòa bình")


def test_composed_and_decomposed_letters_are_the_same_word() -> None:
    assert parse("k\u0065\u0302\u0301 hoa\u0323ch") == parse("kế hoạch")


@pytest.mark.parametrize(
    ("typed", "prefix"),
    [
        ("ke hoa", "hoa"),
        ("ke hoa ", ""),
        ("ke h", ""),
        ("k", ""),
        ("1", "1"),
        ("119/", ""),
        ("119/Q", ""),
        ("đườ", "duo"),
    ],
)
def test_while_typing_the_last_word_is_a_beginning(typed: str, prefix: str) -> None:
    assert parse(typed, typing=True).prefix == prefix


def test_one_letter_alone_is_nothing_to_look_for() -> None:
    assert not parse("k", typing=True)


@pytest.mark.parametrize(
    ("typed", "symbol"), [("119/QĐ-UBND", "119qdubnd"), ("119", ""), ("kế hoạch", ""), ("qd 119", "qd119")]
)
def test_a_number_with_other_parts_may_be_a_symbol(typed: str, symbol: str) -> None:
    assert parse(typed).symbol == symbol


@given(st.text())
def test_anything_can_be_typed(typed: str) -> None:
    query = parse(typed, typing=True)
    assert len(query.words) <= MAX_WORDS
    assert all(word.plain for word in query.words)
