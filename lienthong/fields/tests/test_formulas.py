"""Fees by formula: whole numbers, and every mistake in the text has its column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.fields import conditions, formulas
from lienthong.kernel.faults import Faults

KINDS = {"so_ban": "number", "dien_tich": "number", "gia": "money", "thanh_vien": "group", "ten": "text"}


@pytest.mark.parametrize(
    ("text", "values", "amount"),
    [
        ("15000 * so_ban", {"so_ban": 3}, 45_000),
        ("15000 * so_ban + min(200000, dien_tich * 500)", {"so_ban": 1, "dien_tich": 100}, 65_000),
        ("min(200000, dien_tich * 500)", {"dien_tich": 1_000}, 200_000),
        ("round(gia / 3, 1000)", {"gia": 10_000}, 3_000),
        ("round(gia * 15 / 100, 1)", {"gia": 10}, 2),
        ("gia / 0", {"gia": 10}, 0),
        ("10 - 20", {}, 0),
        ("2 + 3 * (4 - 1)", {}, 11),
        ("8 / 2 / 2", {}, 2),
        ("50_000 * count(thanh_vien)", {"thanh_vien": [{}, {}]}, 100_000),
        ("1000 * so_ban", {}, 0),
        ("1000 * dien_tich", {"dien_tich": "2,5"}, 2_500),
        ("max(so_ban - 5, 0) * 1000", {"so_ban": 7}, 2_000),
    ],
)
def test_formulas_come_to_whole_dong(text: str, values: dict[str, object], amount: int) -> None:
    assert formulas.read(text, known=KINDS).value(values) == amount


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "cột 1"),
        ("15000 *", "cột 8"),
        ("15000 so_ban", "cột 7: không hiểu “so_ban”"),
        ("15000 * ten", "cột 9: “ten” không phải là trường số"),
        ("15000 * khac", "cột 9"),
        ("min(1", "thiếu dấu “)”"),
        ("round(1)", "round cần 2"),
        ("tong(1)", "không có hàm “tong”"),
        ("count(ten)", "count cần tên một nhóm"),
        ("1 ; 2", "không hiểu “;”"),
        ("__import__('os')", "không hiểu “_”"),
        ("(" * 50 + "1" + ")" * 50, "quá nhiều ngoặc"),
    ],
)
def test_what_is_wrong_in_a_formula_is_told_with_its_column(text: str, words: str) -> None:
    with pytest.raises(Faults) as caught:
        formulas.read(text, known=KINDS)
    assert words in str(caught.value)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 10**4))
def test_rounding_goes_to_the_nearest_unit(base: int, more: int, unit: int) -> None:
    value = formulas.read(f"round(gia + {more}, {unit})", known=KINDS).value({"gia": base})
    assert value % unit == 0
    assert abs(value - base - more) * 2 <= unit


@pytest.mark.parametrize(
    ("raw", "holds"),
    [
        ({"field": "ten", "is": "Ba"}, True),
        ({"field": "ten", "in": ["Tư", "Ba"]}, True),
        ({"field": "so_ban", "at_least": 3}, True),
        ({"field": "so_ban", "at_most": 2}, False),
        ({"field": "dien_tich", "filled": False}, True),
        ({"case": "channel", "is": "online"}, True),
        ([{"field": "ten", "is": "Ba"}, {"field": "so_ban", "at_least": 4}], False),
        ({"any": [{"field": "ten", "is": "Tư"}, {"field": "so_ban", "at_least": 3}]}, True),
        ({"not": {"field": "ten", "is": "Ba"}}, False),
        ({"field": "chu.sex", "is": "female"}, True),
        ({"field": "chon", "is": "b"}, True),
        ({"field": "thieu", "at_least": 1}, False),
        ({"field": "ngay", "at_least": "2014-01-01"}, True),
    ],
)
def test_conditions_hold_by_values_and_facts(raw: object, holds: bool) -> None:  # noqa: FBT001 - a table
    values = {"ten": "Ba", "so_ban": 3, "chu": {"sex": "female"}, "chon": ["a", "b"], "ngay": "2014-03-10"}
    condition = conditions.read(raw, facts=("channel",))
    assert condition.holds(values, {"channel": "online"}) is holds
