"""What changed between two texts, by lines and by words."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.formatting.differences import Change, Words, compare, words_of


def kinds(old: str, new: str) -> list[str]:
    return [change.kind for change in compare(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a\nb\nc", "a\nb\nc", []),
        ("một\nhai\nba", "một\nba", ["removed"]),
        ("một\nba", "một\nhai\nba", ["added"]),
        ("Gửi trước ngày 20 tháng 3", "Gửi trước ngày 25 tháng 3", ["changed"]),
        ("Đề nghị Sở A báo cáo", "Giao phòng họp tối nay", ["added", "removed"]),
        ("hòa bình", "hoà bình", []),
        ("Hòa bình", "hoà bình", ["changed"]),
        (unicodedata.normalize("NFD", "Việt Nam"), "Việt Nam", []),
        ("đ  b ", "đ b", []),
        ("", "một", ["added"]),
        ("một", "", ["removed"]),
        ("một\n\n\nhai", "một\nhai", []),
    ],
)
def test_which_lines_changed(old: str, new: str, expected: list[str]) -> None:
    assert kinds(old, new) == expected


def test_in_a_changed_line_the_words_are_told() -> None:
    (change,) = compare("Báo cáo trước ngày 20 tháng 3 năm 2020.", "Báo cáo trước ngày 25 tháng 4 năm 2020.")
    assert change.words == (
        Words("same", "Báo cáo trước ngày "),
        Words("removed", "20"),
        Words("added", "25"),
        Words("same", " tháng "),
        Words("removed", "3"),
        Words("added", "4"),
        Words("same", " năm 2020."),
    )


def test_neighbouring_changed_words_are_one_change() -> None:
    assert words_of("giao Sở Nội vụ chủ trì", "giao Văn phòng tỉnh chủ trì") == (
        Words("same", "giao "),
        Words("removed", "Sở Nội vụ"),
        Words("added", "Văn phòng tỉnh"),
        Words("same", " chủ trì"),
    )


def test_lines_are_named_by_their_places() -> None:
    assert compare("a\nb", "a\nx y\nb") == (Change("added", new="x y", new_line=2),)
    whole = compare("một hai\nb", "một ba\nb", whole=True)
    assert [(change.kind, change.old_line, change.new_line) for change in whole] == [("changed", 1, 1), ("same", 2, 2)]


def test_a_changed_line_among_removed_ones_finds_its_partner() -> None:
    old = "Điều 1. Ban hành quy chế quản lý\nĐiều 2. Bãi bỏ quyết định cũ\nĐiều 3. Hiệu lực thi hành"
    new = "Điều 1. Ban hành quy chế quản lý\nĐiều 2. Hiệu lực thi hành kể từ ngày ký"
    changes = compare(old, new)
    assert [change.kind for change in changes] == ["removed", "changed"]
    assert changes[1].old == "Điều 3. Hiệu lực thi hành"


TEXTS = st.lists(st.text(st.sampled_from("ab đô\u0300Ô1."), max_size=8), max_size=12).map("\n".join)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_told_from_the_whole(old: str, new: str) -> None:
    whole = compare(old, new, whole=True)
    before = [change.old for change in whole if change.old_line is not None]
    after = [change.new for change in whole if change.new_line is not None]
    assert [line for line in before if line.strip()] == [
        line for line in unicodedata.normalize("NFC", old).splitlines() if line.strip()
    ]
    assert [line for line in after if line.strip()] == [
        line for line in unicodedata.normalize("NFC", new).splitlines() if line.strip()
    ]
    for change in whole:
        if change.kind == "changed":
            assert "".join(words.text for words in change.words if words.kind != "removed") == change.new


@pytest.mark.parametrize("numbered", ["", "number"])
def test_four_hundred_pages_are_compared_at_once(numbered: str) -> None:
    sentence = "Các cơ quan phối hợp thực hiện nghiêm túc nhiệm vụ được giao theo kế hoạch của tỉnh. " * 5
    old = [f"{number if numbered else numbered} {sentence}" for number in range(3_000)]
    new = [line.replace("tỉnh", "huyện") if place % 7 == 0 else line for place, line in enumerate(old)]
    started = time.process_time()
    changes = compare("\n".join(old), "\n".join(new))
    assert len([change for change in changes if change.kind == "changed"]) >= 400
    assert time.process_time() - started < 20
