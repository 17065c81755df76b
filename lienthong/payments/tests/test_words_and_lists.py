"""Pure rules: money in words, signing, a gateway's list read."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kernel.refusal import Refusal
from lienthong.payments.gateways import signing
from lienthong.payments.gateways.told import ForgedError, UnreadableError
from lienthong.payments.money_words import in_words
from lienthong.payments.statements import read


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (105, "Một trăm lẻ năm đồng"),
        (75_000, "Bảy mươi lăm nghìn đồng"),
        (1_205_000, "Một triệu hai trăm lẻ năm nghìn đồng"),
        (1_000_005, "Một triệu không trăm lẻ năm đồng"),
        (2_010_001_000, "Hai tỷ không trăm mười triệu không trăm lẻ một nghìn đồng"),
        (10**12, "Một nghìn tỷ đồng"),
    ],
)
def test_money_is_said_as_people_say_it(amount: int, said: str) -> None:
    assert in_words(amount) == said


@given(st.dictionaries(st.sampled_from("abcdef"), st.text(max_size=20), min_size=1))
def test_what_was_signed_opens_and_nothing_else_does(fields: dict[str, str]) -> None:
    body = signing.signed(fields, "s").encode("utf-8", "surrogatepass")
    try:
        assert signing.opened(body, "s") == fields
    except UnreadableError:
        assert any("\ud800" <= letter <= "\udfff" for value in fields.values() for letter in value)
    for secret in ("t", ""):
        with pytest.raises((ForgedError, UnreadableError)):
            signing.opened(body, secret)


HEAD = "STT;Mã thanh toán;Mã giao dịch;Số tiền (VND);Thời gian giao dịch;Trạng thái\n"


def test_a_list_is_read_by_its_headings() -> None:
    lines = "1;LT1;GD1;75.000;10/03/2014 09:30:00;Thành công\n2;LT2;GD2;5000;10/03/2014;Thất bại\n"
    text = f"BẢNG KÊ THÁNG 3\n\n{HEAD}{lines}"
    (line,) = read(("\ufeff" + text).encode())
    assert (line.reference, line.transaction, line.amount, line.line) == ("LT1", "GD1", 75_000, 4)
    assert line.at == dt.datetime(2014, 3, 10, 2, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "hàng tiêu đề"),
        (b"PK\x03\x04", "không phải tệp CSV"),
        (b"a,b\n1,2\n", "Mã thanh toán, Mã giao dịch"),
        ("Mã".encode("utf-16"), "không phải"),
        (HEAD.encode(), "không có giao dịch"),
        ((HEAD + "1;LT1;GD1;bảy nghìn;10/03/2014;").encode(), "Dòng 2: không đọc được số tiền"),
        ((HEAD + "1;LT1;GD1;7000;hôm qua;").encode(), "Dòng 2: không đọc được thời gian"),
        ((HEAD + "1;LT1;;7000;10/03/2014;").encode(), "Dòng 2: thiếu mã"),
    ],
)
def test_what_is_no_such_list_is_refused_with_the_line(content: bytes, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        read(content)
