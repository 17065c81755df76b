"""Where a search looks first, and that it looks everywhere once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.search.lexemes import body_lexemes, quoted, slice_lexemes, title_lexemes, vector
from lienthong.search.query_text import parse
from lienthong.search.tiers import reach, sweeps


@given(st.integers(1, 20_000_000), st.data())
def test_the_newest_part_is_never_almost_empty_and_each_holds_the_one_before(newest: int, data: st.DataObject) -> None:
    pk = data.draw(st.integers(max(newest - 1023, 1), newest))
    mine = slice_lexemes(pk)
    assert all(not part or any(quoted(lexeme) in part for lexeme in mine) for part in reach(newest))
    assert reach(newest)[-1] == ""
    assert len(reach(newest)) <= 5


@pytest.mark.parametrize(
    ("typed", "count"), [("cua", 2), ("ke hoach", 3), ("kế hoạch", 6), ("119/qd", 5), ("đường", 4)]
)
def test_sweeps_are_as_many_as_the_query_can_tell_apart(typed: str, count: int) -> None:
    assert len(sweeps(parse(typed))) == count


def test_an_apostrophe_in_a_lexeme_is_quoted() -> None:
    assert quoted("a'b\\c") == "'a''b\\\\c'"
    assert vector(["b", "a"], "A") == "'a':1A 'b':1A"


def test_a_title_gives_words_marks_beginnings_and_neighbours() -> None:
    assert title_lexemes("Kế hoạch", "") == {
        "ke", "hoach", "=kế", "=hoạch", "^ke", "^ho", "^hoa", "^hoac", "^hoach", "+ke_hoach",
    }  # fmt: skip


def test_a_symbol_gives_its_parts_and_their_runs() -> None:
    assert {lexeme for lexeme in title_lexemes("", "119/QĐ-UBND") if lexeme[0] in "/1qu="} == {
        "119", "qd", "=qđ", "ubnd", "/119qd", "/qdubnd", "/119qdubnd", "//119qdubnd",
    }  # fmt: skip


@given(st.text(max_size=300))
def test_no_text_makes_a_lexeme_that_could_be_taken_for_a_reader(text: str) -> None:
    assert not [lexeme for lexeme in title_lexemes(text, text) | body_lexemes(text) if re.match(r"[@#*~%]", lexeme)]


def test_a_text_of_a_million_words_is_cut() -> None:
    letters = "abcdefghiklmnopqrstuvxy"
    text = " ".join(a + b + c + d for a in letters for b in letters for c in letters for d in "ab")
    assert len(vector(body_lexemes(text), "D")) < 100_000
