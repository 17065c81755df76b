"""Long and hostile texts: time stays linear, nothing raises, places stay inside the text."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lienthong.documents.extraction import extract, secrecy_mark, tasks
from lienthong.documents.extraction.skeleton import distance, skeleton
from lienthong.documents.tests.extraction_corpus import LETTERS, render

SIZE = 10_000_000
FRAGMENTS = [
    " ", "\n", "1", "| ", "-_", "((((", "Số: ", "Số: a/B-", "ngày 1 tháng ", "trước ngày ", "thời hạn ",
    "trong thời hạn 5 ngày ",
    "cộng hòa xã hội chủ nghĩa ", "SỞ Y TẾ ", "Sở Y tế, ", "giao Sở Y tế chủ trì phối hợp với ",
    "1. Sở Y tế chủ trì\n", "- \n",
    "Nơi nhận: \n", "Nguyễn Văn ", "gửi báo cáo ", "V/v ", "Căn cứ\n", "KT. ", "aA", "\u0301",
]  # fmt: skip


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_ten_megabytes_of_anything_take_seconds_at_most(fragment: str) -> None:
    text = fragment * (SIZE // len(fragment))
    start = time.process_time()
    extract(text)
    tasks.items(text)
    assert time.process_time() - start < 10


def test_a_hundred_pages_take_less_than_a_second() -> None:
    page = render(LETTERS[24], "stacked")
    text = page + (
        "Giao Sở Tài chính chủ trì, phối hợp với UBND các huyện thẩm định, trình UBND tỉnh phê duyệt theo quy định.\n"
        * 3_000
    )
    extract(page)
    start = time.process_time()
    extract(text)
    assert time.process_time() - start < 1


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(LETTERS) - 1), st.randoms(use_true_random=False))
def test_a_letter_torn_to_pieces_is_still_read_without_harm(number: int, chance: random.Random) -> None:
    lines = render(LETTERS[number], "columns").split("\n")
    chance.shuffle(lines)
    text = "\n".join(line[: chance.randint(0, 60)] for line in lines)
    found = extract(text)
    for proposal in (getattr(found, name) for name in found.values()):
        if proposal:
            assert found.text[proposal.start : proposal.end] == proposal.quote


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    extract(text)
    tasks.items(text)
    secrecy_mark(text)
    assert len(skeleton(text)) == len(text)


@given(st.text(alphabet="abc", max_size=6), st.text(alphabet="abc", max_size=6))
def test_distance_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert distance(one, other, 10) == distance(other, one, 10) <= max(len(one), len(other))
    assert (distance(one, other, 10) == 0) == (one == other)
