"""What the national portal requires, as a table: each fault in words that say what to fill in."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from lienthong.exchange.facts import Asked, Fee, Paper
from lienthong.exchange.partners.contract import ForgedError, RejectedError, TroubledError
from lienthong.exchange.partners.dvcqg import messages, signing, transport
from lienthong.exchange.partners.dvcqg.required import THERE, record_faults
from lienthong.exchange.tests.builders import FACTS, STEP
from lienthong.exchange.tests.stub import REQUIRED
from tests.cast import AT

SYNC, PROGRESS = messages.SYNC, messages.PROGRESS


def test_what_facts_become_lacks_nothing() -> None:
    assert record_faults(SYNC, messages.case(FACTS)) == []
    assert record_faults(PROGRESS, messages.step(STEP)) == []
    assert {service: sorted(names) for service, names in THERE.items()} == {
        service: sorted(names) for service, names in REQUIRED.items()
    }


@pytest.mark.parametrize("status", range(1, 11))
def test_every_status_can_be_told(status: int) -> None:
    received = None if status in (1, 3) else AT
    facts = replace(FACTS, status=status, received_at=received, handed_over_at=AT if status == 10 else None)
    assert record_faults(SYNC, messages.case(facts)) == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"MaHoSo": ""}, "Thiếu mã hồ sơ (MaHoSo)."),
        ({"Email": None}, "Thiếu thư điện tử (Email)."),
        ({"TrangThaiHoSo": "11"}, "Trạng thái hồ sơ (TrangThaiHoSo) phải từ 1 đến 10."),
        ({"LoaiDoiTuong": "3"}, "Loại đối tượng (LoaiDoiTuong) phải là 1 hoặc 2."),
        ({"NgayHenTra": "10/03/2014"}, "Ngày hẹn trả (NgayHenTra) phải viết dạng yyyyMMddHHmmss."),
        ({"NgayTiepNhan": ""}, "Hồ sơ đã tiếp nhận phải có ngày tiếp nhận (NgayTiepNhan)."),
        ({"TrangThaiHoSo": "10"}, "Hồ sơ đã trả kết quả phải có ngày trả (NgayTra)."),
    ],
)
def test_a_fault_is_told_in_words(changed: dict[str, Any], sentence: str) -> None:
    assert record_faults(SYNC, messages.case(FACTS) | changed) == [sentence]


def test_what_hangs_on_a_case_is_written_in_the_portals_fields() -> None:
    asked = Asked(7, "Ngô Thị Sáu", "Bản sao mờ", AT, answered_at=AT + dt.timedelta(days=1), papers=("Bản sao",))
    facts = replace(
        FACTS, fees=(Fee("le_phi", "Lệ phí", 5000),), asked=(asked,), results=(Paper("KQ", "Giấy", "12/GKS"),)
    )
    record = messages.case(facts)
    assert record["DanhSachLePhi"][0]["Gia"] == "5000"
    assert record["DanhSachHoSoBoSung"][0]["NgayTiepNhanBoSung"] == "20140311100000"
    assert record["DanhSachGiayToKetQua"][0]["GiayToId"] == "12/GKS"


def test_what_is_signed_opens_and_what_is_not_does_not() -> None:
    body = b'{"a": 1}'
    said = signing.headers(body, secret="x", unit="H11", at=AT, key="k")
    signing.verify(body, said, "x", AT + dt.timedelta(minutes=9))
    for wrong, secret, at in ((b"{}", "x", AT), (body, "y", AT), (body, "", AT), (body, "x", AT + signing.FRESH * 2)):
        with pytest.raises(ForgedError):
            signing.verify(wrong, said, secret, at)


def test_an_answer_is_well_refused_or_nothing() -> None:
    transport.judge(b'{"error_code": "00"}')
    with pytest.raises(RejectedError, match="05: Sai"):
        transport.judge(b'{"error_code": "05", "message": "Sai"}')
    for nothing in (b"", b"<html>", b"{}", b"[]", b"null"):
        with pytest.raises(TroubledError):
            transport.judge(nothing)
