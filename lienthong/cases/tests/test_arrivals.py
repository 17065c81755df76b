"""Cases that were handed in at the national portal come before a desk here, each once; what is wrong is answered."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from lienthong.applicants.models import Applicant
from lienthong.cases.models import Case
from lienthong.cases.tests.builders import VALUES, citizen
from lienthong.exchange.models import Arrival
from lienthong.exchange.operations import deliver_due
from lienthong.exchange.partners.dvcqg import signing
from lienthong.exchange.tests.conftest import partner
from lienthong.exchange.tests.stub import SECRET, UNIT, Stub
from tests.cast import AT, Cast, Login

__all__ = ["partner"]
pytestmark = pytest.mark.usefixtures("on_monday", "partner", "coded")
THEIRS = "G22.99-140310-0007"
RECORD: dict[str, Any] = {
    "MaHoSo": THEIRS, "MaTTHC": "1.001193", "MaDonVi": "H11.30.05", "ChuHoSo": "Trần Văn Nam", "LoaiDoiTuong": "1",
    "MaDoiTuong": "260123456", "SoDienThoai": "0918123456", "Email": "nam@example.com", "HinhThuc": "0",
    "TrichYeuHoSo": "Khai sinh cho con", "ThongTinKhac": json.dumps(VALUES),
    "TaiLieuNop": [{"MaThanhPhanHoSo": "to_khai", "TenTepDinhKem": "to-khai.pdf",
                    "DuongDanTaiTepTin": "https://cong.example/f/1"}],
}  # fmt: skip


def send(client: Client, *records: Any, updating: str = "False", secret: str = SECRET) -> tuple[int, dict[str, Any]]:
    """Post as the portal does."""
    body = json.dumps({"service": "DongBoHoSoMC", "isUpdating": updating, "data": list(records)}).encode()
    said = signing.headers(body, secret=secret, unit=UNIT, at=AT, key="k")
    answer = client.post("/exchange/dvcqg/messages/", body, content_type="application/json", headers=said)
    return answer.status_code, answer.json()


def test_a_case_comes_before_its_desk_and_the_portal_learns_its_code(cast: Cast, client: Client, partner: Stub) -> None:
    status, answer = send(client, RECORD)
    case = Case.objects.get()
    assert (status, answer["error_code"], answer["result"][0]["MaHoSoDiaPhuong"]) == (200, "00", case.code)
    assert (case.status, case.channel, case.receiving_unit) == (Case.Status.NEW, "online", cast.commune_desk)
    assert (case.applicant.name, case.contact_email) == ("Trần Văn Nam", "nam@example.com")
    assert case.papers.get(key="to_khai").note == "to-khai.pdf https://cong.example/f/1"
    assert deliver_due(clock=lambda: AT) == 2
    assert partner.of(case.code) == ["1", "bước"]


def test_the_same_again_is_the_same_case_and_the_same_answer(cast: Cast, client: Client) -> None:
    first, again = send(client, RECORD), send(client, RECORD)
    assert first == again
    assert (Case.objects.count(), Applicant.objects.count()) == (1, 1)
    assert list(Arrival.objects.order_by("pk").values_list("outcome", flat=True)) == ["taken", "repeated"]


def test_a_known_applicant_is_not_entered_twice(cast: Cast, client: Client) -> None:
    known = citizen(cast.commune_desk_officer)
    send(client, RECORD)
    assert Case.objects.get().applicant == known


@pytest.mark.parametrize(
    ("changed", "code", "words"),
    [
        ({"MaTTHC": ""}, "01", "Thiếu mã thủ tục hành chính (MaTTHC)."),
        ({"MaHoSo": ""}, "01", "Thiếu mã hồ sơ"),
        ({"LoaiDoiTuong": "5"}, "01", "phải là 1 hoặc 2"),
        ({"ThongTinKhac": "{"}, "01", "phải là một đối tượng JSON"),
        ({"MaTTHC": "9.999999"}, "02", "Không có thủ tục 9.999999"),
        ({"MaDonVi": "H99"}, "02", "mã định danh H99"),
        ({"ThongTinKhac": ""}, "04", "Nội dung khai chưa đúng"),
        ({"LoaiDoiTuong": "2", "MaDoiTuong": ""}, "04", "không dành cho"),
    ],
)
def test_what_is_wrong_is_refused_with_a_code_and_a_sentence(
    cast: Cast, client: Client, changed: dict[str, Any], code: str, words: str
) -> None:
    status, answer = send(client, RECORD | changed)
    assert (status, answer["error_code"]) == (200, code)
    assert words in answer["message"]
    assert not Case.objects.exists()
    assert not Applicant.objects.exists()
    assert Arrival.objects.get().outcome == "refused"


def test_a_number_that_comes_with_other_words_is_refused_and_so_is_anothers_paper(cast: Cast, client: Client) -> None:
    send(client, RECORD)
    assert send(client, RECORD | {"TrichYeuHoSo": "Khác"})[1]["error_code"] == "05"
    other = RECORD | {"MaHoSo": "G22.99-140310-0008", "ChuHoSo": "Lê Thị Khác"}
    assert "là của người khác" in send(client, other)[1]["message"]
    assert Case.objects.count() == 1


def test_one_wrong_record_does_not_stop_the_others(cast: Cast, client: Client) -> None:
    _, answer = send(client, RECORD | {"MaHoSo": "A", "MaTTHC": "x"}, RECORD)
    assert [one["error_code"] for one in answer["result"]] == ["02", "00"]
    assert Case.objects.count() == 1


def test_what_is_taken_back_over_there_is_taken_back_here(cast: Cast, client: Client) -> None:
    back = {"MaHoSo": THEIRS, "TrangThaiHoSo": "7", "GhiChu": "Nộp nhầm"}
    assert send(client, back, updating="True")[1]["error_code"] == "02"
    send(client, RECORD)
    assert send(client, back, updating="True")[1]["error_code"] == "00"
    assert send(client, back, updating="True")[1]["error_code"] == "00"
    case = Case.objects.get()
    assert (case.status, case.withdrawal.reason) == (Case.Status.WITHDRAWN, "Nộp nhầm")
    other = back | {"TrangThaiHoSo": "4"}
    assert send(client, other, updating="True")[1]["error_code"] == "01"


def test_what_the_portal_did_not_sign_and_what_is_no_message_is_not_taken(cast: Cast, client: Client) -> None:
    assert send(client, RECORD, secret="khác")[0] == 403
    assert send(client)[0] == 400
    assert send(client, "x")[0] == 400
    assert client.post("/exchange/khac/messages/", b"{}", content_type="application/json").status_code == 404
    assert not Arrival.objects.exists()


def test_an_administrator_sees_what_came_and_what_it_was_answered(cast: Cast, client: Client, login: Login) -> None:
    send(client, RECORD)
    send(client, RECORD | {"MaHoSo": "G22.99-140310-0009", "MaDonVi": "H99"})
    page = login(client, cast.administrator).get("/exchange/arrivals/").content.decode()
    assert THEIRS in page
    assert "Không có đơn vị nào mang mã định danh H99." in page
