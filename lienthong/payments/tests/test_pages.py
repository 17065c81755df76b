"""The pages: money at the desk, the payer's page, the sandbox, reconciliation; each refused to whom it is not for."""

from __future__ import annotations

import io
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from lienthong.kernel.clock import local, local_date, now
from lienthong.payments.models import Discrepancy, Payment, Receipt, SandboxOrder
from lienthong.payments.operations.asking import ask_unanswered
from lienthong.payments.statements import read
from lienthong.payments.tests.builders import KIND, THING, begun, charged, paid, said, word
from tests.cast import Cast, Login

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]
SUBJECT = f"/charges/{KIND}/{THING.pk}/"


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_an_officer_takes_the_money_and_prints_the_receipt(cast: Cast, client: Client, login: Login) -> None:
    charges = charged(cast)
    login(client, cast.district_desk_officer)
    assert "Thu 81.000 đ" in text_of(client, SUBJECT)
    form = {"key": str(uuid.uuid4()), "charges": [one.pk for one in charges], "payer": "Ngô Bình", "method": "card"}
    answer = client.post(f"{SUBJECT}desk/", form, follow=True)
    assert "Biên lai số 0000001/" in answer.content.decode()
    again = client.post(f"{SUBJECT}desk/", form)
    assert Receipt.objects.count() == 1
    assert again.status_code == 422, "there is nothing left to tick"
    payment = Payment.objects.get()
    pdf = client.get(f"/payments/{payment.pk}/receipt.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert "Không còn khoản nào phải nộp" in text_of(client, f"{SUBJECT}desk/")
    book = load_workbook(io.BytesIO(client.get("/takings/table.xlsx").content))
    assert any(81_000 in row for row in book.worksheets[0].iter_rows(values_only=True))
    assert "81.000 đ" in text_of(client, "/takings/")
    refund = {"charges": [one.pk for one in charges], "reason": "Rút hồ sơ"}
    assert "Đã hoàn tiền" in client.post(f"/payments/{payment.pk}/refund/", refund, follow=True).content.decode()


def test_a_waiver_is_asked_its_reason(cast: Cast, client: Client, login: Login) -> None:
    first, _ = charged(cast)
    login(client, cast.district_desk_officer)
    assert client.post(f"/charges/{first.pk}/waiver/", {"reason": ""}).status_code == 422
    page = client.post(f"/charges/{first.pk}/waiver/", {"reason": "Hộ nghèo"}, follow=True).content.decode()
    assert "Hộ nghèo" in page


def test_a_payment_is_found_by_its_receipt_or_its_code_in_the_own_agency_alone(
    cast: Cast, client: Client, login: Login
) -> None:
    receipt = paid(charged(cast), cast.district_desk_officer)
    login(client, cast.district_desk_officer)
    for words in ("1", "0000001/2014", receipt.payment.reference.lower()):
        assert receipt.payment.reference in text_of(client, f"/takings/?q={words}")
    for words in ("2", "1/2013", "LT", "'; --", "9" * 60):
        assert "Không tìm thấy" in text_of(client, f"/takings/?q={words}")
    login(client, cast.one_stop_officer)
    assert "Không tìm thấy" in text_of(client, "/takings/?q=1")


@pytest.mark.parametrize("name", ["outsider", "commune_leader", "one_stop_officer"])
def test_others_find_nothing(cast: Cast, client: Client, login: Login, name: str) -> None:
    charges = charged(cast)
    receipt = paid(charges[:1], cast.district_desk_officer)
    login(client, getattr(cast, name))
    addresses = [SUBJECT, f"/payments/{receipt.payment_id}/", f"/payments/{receipt.payment_id}/receipt.pdf"]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    assert client.post(f"{SUBJECT}desk/", {}).status_code in {403, 404}
    assert client.post(f"/charges/{charges[1].pk}/waiver/", {"reason": "x"}).status_code in {403, 404}
    assert client.post(f"/payments/{receipt.payment_id}/refund/", {"reason": "x"}).status_code in {403, 404}


def test_who_only_handles_the_subject_sees_what_is_paid_and_takes_nothing(
    cast: Cast, client: Client, login: Login
) -> None:
    charged(cast)
    login(client, cast.district_leader)
    page = text_of(client, SUBJECT)
    assert "Lệ phí cấp giấy phép" in page
    assert "/desk/" not in page
    assert client.get(f"{SUBJECT}desk/").status_code == 403


@pytest.mark.usefixtures("demo")
def test_a_payer_pays_in_the_sandbox_and_a_silent_bank_is_asked(cast: Cast, client: Client, login: Login) -> None:
    charged(cast)
    login(client, cast.district_desk_officer)
    answer = client.post(f"{SUBJECT}online/", {"key": str(uuid.uuid4()), "gateway": "sandbox"})
    client.logout()
    page = text_of(client, answer["Location"])
    assert "Mã QR của trang thanh toán" in page
    bank = client.get(f"{answer['Location']}cong/")["Location"]
    assert "81.000 đ" in text_of(client, bank)
    assert client.get(bank.replace("amount=81000", "amount=8")).status_code == 409
    back = client.post(bank, {"button": "pay_silently"})["Location"]
    assert Payment.objects.get().state == "started"
    payment = Payment.objects.get()
    assert client.get(back)["Location"] == answer["Location"], "the payer came back: the gateway is asked at once"
    payment.refresh_from_db()
    assert payment.state == "paid"
    assert "Đã nhận 81.000 đ" in text_of(client, answer["Location"])
    assert client.get(f"{answer['Location']}bien-lai.pdf").content.startswith(b"%PDF")
    assert SandboxOrder.objects.get().state == "paid"
    assert ask_unanswered(at=now()) == 0
    listed = client.get("/cong-thanh-toan-thu/bang-ke.csv").content
    assert [line.transaction for line in read(listed)] == [payment.transaction]


@pytest.mark.usefixtures("demo")
def test_a_payment_that_failed_in_the_sandbox_is_begun_again_by_the_payer(cast: Cast, client: Client) -> None:
    payment = begun(charged(cast), gateway="sandbox", at=now())
    address = reverse("payments:pay", args=[payment.token])
    bank = client.get(f"{address}cong/")["Location"]
    client.post(bank, {"button": "fail"})
    page = text_of(client, address)
    assert "chưa thành công" in page
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    first = client.post(f"{address}lam-lai/", {"key": key[1]})["Location"]
    assert client.post(f"{address}lam-lai/", {"key": key[1]})["Location"] == first != address
    assert client.post(f"{address}lam-lai/", {"key": "x"}).status_code == 409


def test_outside_the_demo_there_is_no_sandbox(cast: Cast, client: Client) -> None:
    assert client.get("/cong-thanh-toan-thu/?reference=x").status_code == 404
    assert client.get("/cong-thanh-toan-thu/bang-ke.csv").status_code == 404
    assert client.post("/payments/gateways/sandbox/callback/", b"x", content_type="text/plain").status_code == 404


@pytest.mark.usefixtures("paygov")
def test_a_gateway_calls_back_over_http(cast: Cast, client: Client) -> None:
    payment = begun(charged(cast))
    address, form = "/payments/gateways/paygov/callback/", "application/x-www-form-urlencoded"
    assert client.post(address, word(payment)[:-1], content_type=form).status_code == 403
    assert client.post(address, b"x" * 70_000, content_type=form).status_code == 413
    for _ in range(2):
        assert client.post(address, word(payment), content_type=form).content == b"OK"
    assert client.get(address).status_code == 405
    payment.refresh_from_db()
    assert payment.state == "paid"
    assert client.get(reverse("payments:pay", args=[uuid.uuid4()])).status_code == 404


@pytest.mark.usefixtures("paygov")
def test_a_list_is_compared_and_a_difference_settled(cast: Cast, client: Client, login: Login) -> None:
    payment = begun(charged(cast), at=now())
    login(client, cast.district_leader)
    today = local_date(now())
    text = f"Mã thanh toán,Mã giao dịch,Số tiền,Thời gian\n{payment.reference},B9,81000,{local(now()):%d/%m/%Y %H:%M}\n"
    file = SimpleUploadedFile("k.csv", text.encode())
    period = {"gateway": "paygov", "since": f"{today:%d/%m/%Y}", "until": f"{today:%d/%m/%Y}"}
    page = client.post("/reconciliation/", period | {"file": file}, follow=True).content.decode()
    assert "Cổng có, ta chưa ghi nhận" in page
    bad = client.post("/reconciliation/", period | {"file": SimpleUploadedFile("k.csv", b"PK..")})
    assert (bad.status_code, "không phải tệp CSV" in bad.content.decode()) == (422, True)
    held = Discrepancy.objects.get()
    assert "đúng số tiền thì ghi nhận" in text_of(client, f"/discrepancies/{held.pk}/").lower()
    client.post(f"/discrepancies/{held.pk}/", {"way": "accepted", "note": "Sao kê khớp"})
    payment.refresh_from_db()
    assert payment.state == "paid"
    assert "Không có sai lệch nào chờ xử lý" in text_of(client, "/reconciliation/")
    login(client, cast.leader)
    assert client.get(f"/discrepancies/{held.pk}/").status_code == 404


@pytest.mark.usefixtures("paygov")
def test_lists_of_any_length_cost_the_same(
    cast: Cast, client: Client, login: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for pk in range(1, 8):
        charges = charged(cast, type(THING)(KIND, pk))
        paid(charges[:1], cast.district_desk_officer, at=now())
        said(word(begun(charges[1:]), amount="5", transaction=f"T{pk}"))
    login(client, cast.district_leader)
    for address in ("/takings/", "/reconciliation/", SUBJECT):
        with django_assert_max_num_queries(14):
            client.get(address)
