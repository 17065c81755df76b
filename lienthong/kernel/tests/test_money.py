"""Money as people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kernel.money import read_dong


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("0", 0), ("1200000", 1_200_000), ("1.200.000", 1_200_000), ("1 200 000 đ", 1_200_000),
        ("1.200.000 đồng", 1_200_000), ("1200000VNĐ", 1_200_000), ("50 triệu", 50_000_000), ("50tr", 50_000_000),
        ("50 TRIỆU ĐỒNG", 50_000_000), ("50 trieu", 50_000_000), ("1,5 tỷ", 1_500_000_000),
        ("1.5 tỉ", 1_500_000_000), ("2 tỷ 350 triệu", 2_350_000_000), ("500 nghìn", 500_000),
        ("500 ngàn đồng", 500_000), ("500k", 500_000), ("1.200 tỷ", 1_200_000_000_000),
        ("1.234.567,5 triệu", 1_234_567_500_000),
        ("1 tỷ 200 triệu 500 nghìn", 1_200_500_000), ("-5.000", -5_000), ("3 triệu 250000", 3_250_000),
    ],
)  # fmt: skip
def test_it_is_read_as_it_is_said(said: str, amount: int) -> None:
    assert read_dong(said) == amount


@pytest.mark.parametrize(
    "said",
    ["", " ", "đồng", "năm mươi triệu", "1.20.000", "12.00", "1,5", "0,5 đồng", "2 triệu 1 tỷ", "1 tỷ 2 tỷ", "5 trieux",
     "1,2345678911 tỷ", "1 tỷ 2", "1e9", "--5", "5-", "1.5", "1..000", "tỷ", "1,5,5 tỷ", "٣ tỷ"],
)  # fmt: skip
def test_what_is_no_whole_amount_is_none(said: str) -> None:
    assert read_dong(said) is None


@given(st.integers(0, 10**15 - 1))
def test_what_is_printed_is_read_again(amount: int) -> None:
    assert read_dong(f"{amount:,} đ".replace(",", ".")) == amount


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(said: str) -> None:
    assert read_dong(said) is None or isinstance(read_dong(said), int)
