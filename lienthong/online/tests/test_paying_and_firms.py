"""To the end of the way: a fee paid from the page of what was handed in; an enterprise whose case lies at the desk."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from lienthong.kernel import clock
from lienthong.online.models import Citizen, OwnCase
from lienthong.online.operations import filling as operations
from lienthong.online.operations.submitting import submit_filling
from lienthong.online.tests.builders import a_citizen
from lienthong.online.tests.fillings import ME, a_filling, filled, send
from lienthong.payments.models import Payment
from tests.cast import AT, COMMUNE_CODE, Cast, Login

pytestmark = pytest.mark.django_db
FIRM = {
    "name": "Công ty TNHH Gió Biển",
    "paper_number": "0100109106",
    "representative": "Trần Văn Nam",
    "phone": "0918123456",
    "commune_code": COMMUNE_CODE,
}
GAMES = {
    "ten_diem": "Điểm Gió Biển",
    "dia_diem": {"commune": COMMUNE_CODE, "street": "Thôn Hà Thủy 1"},
    "chu_diem": {"name": "Trần Văn Nam", "id_kind": "cmnd", "id_number": "260123456"},
    "dkkd_so": "48A8001234",
    "khoang_cach": "350",
    "dien_tich": "60",
    "so_may": "20",
}


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: AT)
    settings.DEMO = True
    settings.DATA_DIR = tmp_path
    location = {"location": tmp_path / "files"}
    default = {"BACKEND": "lienthong.files.storage.DurableFileSystemStorage", "OPTIONS": location}
    settings.STORAGES = settings.STORAGES | {"default": default}


@pytest.fixture
def nam(client: Client) -> Citizen:
    """An account that is signed in."""
    citizen = a_citizen()
    client.force_login(citizen.user)
    return citizen


def words(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_fee_is_paid_from_the_page_of_what_was_handed_in(
    cast: Cast, client: Client, nam: Citizen, login: Login
) -> None:
    case = submit_filling(filled(nam), at=AT)
    assert "Nộp 30.000 đ qua Cổng thanh toán thử" in words(client, reverse("online:submitted", args=[case.pk]))
    own = reverse("online:own_case", args=[case.pk])
    press = {"gateway": "sandbox", "key": str(uuid.uuid4())}
    pay = client.post(reverse("online:own_pay", args=[case.pk]), press)["Location"]
    assert client.post(reverse("online:own_pay", args=[case.pk]), press)["Location"] == pay, "a double click"
    assert f'href="{own}"' in words(client, pay), "the payer finds the way back"
    assert f'href="{own}"' not in words(Client(), pay), "who only has the address of the payment learns nothing"
    bank = client.get(f"{pay}cong/")["Location"]
    client.get(client.post(bank, {"button": "pay_silently"})["Location"])
    assert Payment.objects.get().state == "paid"
    page = words(client, own)
    assert "Đã nộp" in page
    assert "Nộp 30.000 đ" not in page
    record = words(login(Client(), cast.district_desk_officer), reverse("cases:show", args=[case.pk]))
    for told in (f"Người nộp nộp hồ sơ {case.code}", "Người nộp bắt đầu thanh toán 30.000 đ", "Hệ thống thu 30.000 đ"):
        assert told in record, told


def test_a_payment_begun_again_leads_back_too(cast: Cast, client: Client, nam: Citizen) -> None:
    case = submit_filling(filled(nam), at=AT)
    press = {"gateway": "sandbox", "key": str(uuid.uuid4())}
    pay = client.post(reverse("online:own_pay", args=[case.pk]), press)["Location"]
    client.post(client.get(f"{pay}cong/")["Location"], {"button": "fail"})
    anew = client.post(f"{pay}lam-lai/", {"key": str(uuid.uuid4())})["Location"]
    assert anew != pay
    assert reverse("online:own_case", args=[case.pk]) in words(client, anew)


def test_an_enterprise_hands_in_and_the_desk_sees_for_whom(
    cast: Cast, client: Client, nam: Citizen, login: Login
) -> None:
    row = a_filling(nam, "1.013792")
    row = operations.keep(row, operations.Said(GAMES, {"a": FIRM, "m": ME}, "enterprise", "w"), at=AT)
    send(row, "dkkd")
    send(row, "giay_to", "cmnd.png", "red")
    case = submit_filling(row, at=AT)
    assert (case.applicant.kind, case.applicant.name) == ("enterprise", "Công ty TNHH Gió Biển")
    assert case.submitter is not None
    assert case.submitter.name == "Trần Văn Nam"
    assert OwnCase.objects.get().citizen == nam
    record = words(login(Client(), cast.district_desk_officer), reverse("cases:show", args=[case.pk]))
    assert "Công ty TNHH Gió Biển" in record
    assert "0100109106" in record
    again = a_filling(nam, "1.013792")
    other = FIRM | {"name": "Công ty TNHH Khác", "paper_number": "0100109106"}
    again = operations.keep(again, operations.Said(GAMES, {"a": other, "m": ME}, "enterprise", "w"), at=AT)
    send(again, "dkkd")
    send(again, "giay_to", "cmnd.png", "red")
    with pytest.raises(Exception, match="đã được ghi nhận với họ tên"):
        submit_filling(again, at=AT)
