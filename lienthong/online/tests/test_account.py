"""The account of a citizen: how it is reached, who is signed in, a second factor, its end."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.test import Client
from pytest_django import Settings

from lienthong.identity.models import User
from lienthong.kernel import clock
from lienthong.notifications.models import ContactWish, Delivery
from lienthong.online.models import Citizen
from lienthong.online.tests.builders import a_citizen
from lienthong.online.tests.test_sign_in import CODE, HOME, PHONE, ask, code_sent
from tests.cast import AT

pytestmark = pytest.mark.django_db
ACCOUNT = "/dich-vu-cong/tai-khoan/"
FACTOR = f"{ACCOUNT}lop-hai/"


@pytest.fixture(autouse=True)
def _sms(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SMS_GATEWAY = "lienthong.notifications.gateways.LogGateway"
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def citizen(client: Client) -> Citizen:
    found = a_citizen()
    client.post(CODE, {"code": ask(client)})
    return found


def totp(secret: str) -> str:
    """Return what the app on the telephone shows now."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def test_a_mailbox_is_added_only_after_its_code(client: Client, citizen: Citizen) -> None:
    where = f"{ACCOUNT}lien-he/thu-dien-tu/"
    assert client.post(where, {"address": "0918000000"}).status_code == 422
    assert client.post(where, {"address": "nam@example.com"})["Location"] == f"{where}ma/"
    assert client.post(f"{where}ma/", {"code": "x"}).status_code == 422
    citizen.refresh_from_db()
    assert citizen.email == ""
    assert client.post(f"{where}ma/", {"code": code_sent("nam@example.com")})["Location"] == ACCOUNT
    citizen.refresh_from_db()
    assert citizen.email == "nam@example.com"


def test_the_old_telephone_is_told_when_it_is_changed(client: Client, citizen: Citizen) -> None:
    where = f"{ACCOUNT}lien-he/dien-thoai/"
    client.post(where, {"address": "0977123456"})
    client.post(f"{where}ma/", {"code": code_sent("0977123456")})
    citizen.refresh_from_db()
    assert citizen.phone == "0977123456"
    told = Delivery.objects.get(address=PHONE, is_secret=False)
    assert "0977***456" in told.text


def test_a_telephone_of_another_account_is_not_taken(client: Client, citizen: Citizen) -> None:
    a_citizen("0977123456")
    where = f"{ACCOUNT}lien-he/dien-thoai/"
    assert client.post(where, {"address": "0977123456"}).status_code == 302, "who asks is not told before the proof"
    answer = client.post(f"{where}ma/", {"code": code_sent("0977123456")})
    assert "một tài khoản khác" in answer.content.decode()
    citizen.refresh_from_db()
    assert citizen.phone == PHONE


def test_a_code_to_sign_in_changes_no_contact(client: Client, citizen: Citizen) -> None:
    assert client.post(f"{ACCOUNT}lien-he/dien-thoai/ma/", {"code": "123456"})["Location"] == ACCOUNT
    assert client.get(f"{ACCOUNT}lien-he/khac/").status_code == 404


def test_name_and_wish_are_kept(client: Client, citizen: Citizen) -> None:
    assert client.post(f"{ACCOUNT}ho-ten/", {"name": "Trần Văn  Nam Anh"})["Location"] == ACCOUNT
    assert client.post(f"{ACCOUNT}cach-bao-tin/", {"phone": "zalo"})["Location"] == ACCOUNT
    assert ContactWish.objects.get(address=PHONE).way == "zalo"
    page = client.get(ACCOUNT).content.decode()
    assert "Trần Văn Nam Anh" in page
    assert "Zalo" in page
    assert client.post(f"{ACCOUNT}cach-bao-tin/", {"phone": "email"}).status_code == 422


def test_other_browsers_are_listed_and_put_out(client: Client, citizen: Citizen) -> None:
    other = Client()
    other.post(CODE, {"code": ask(other)})
    assert other.get(ACCOUNT).status_code == 200
    page = client.get(f"{ACCOUNT}cac-may/").content.decode()
    assert page.count("Đăng xuất ") >= 1
    assert client.post(f"{ACCOUNT}cac-may/dang-xuat/").status_code == 302
    assert other.get(ACCOUNT).status_code == 302
    assert client.get(ACCOUNT).status_code == 200


def test_nobody_ends_a_session_of_somebody_else(client: Client, citizen: Citizen) -> None:
    a_citizen("0977123456")
    other = Client()
    other.post(CODE, {"code": ask(other, "0977123456")})
    pk = UserSession.objects.get(user__citizen__phone="0977123456").pk
    client.post(f"{ACCOUNT}cac-may/{pk}/dang-xuat/")
    assert other.get(ACCOUNT).status_code == 200


def test_a_second_factor_is_asked_for_after_the_code(client: Client, citizen: Citizen) -> None:
    client.get(FACTOR)
    secret = client.session["mfa.totp.secret"]
    assert client.post(FACTOR, {"code": "000"}).status_code == 422
    page = client.post(FACTOR, {"code": totp(secret)}).content.decode()
    assert "mã dự phòng" in page
    visitor = Client()
    answer = visitor.post(CODE, {"code": ask(visitor)})
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert visitor.get(ACCOUNT).status_code == 302
    assert visitor.get(answer["Location"]).status_code == 200
    spare = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert visitor.post(answer["Location"], {"code": spare})["Location"] == HOME
    assert visitor.get(ACCOUNT).status_code == 200


def test_a_second_factor_is_taken_away_only_with_a_code(client: Client, citizen: Citizen) -> None:
    client.get(FACTOR)
    client.post(FACTOR, {"code": totp(client.session["mfa.totp.secret"])})
    assert client.get(FACTOR)["Location"] == f"{FACTOR}tat/"
    assert client.post(f"{FACTOR}tat/", {"code": "1"}).status_code == 422
    spare = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert client.post(f"{FACTOR}tat/", {"code": spare})["Location"] == ACCOUNT
    assert not Authenticator.objects.exists()


def test_an_account_is_closed_for_good(client: Client, citizen: Citizen) -> None:
    where = f"{ACCOUNT}dong/"
    assert client.post(where, {"sure": ""}).status_code == 422
    assert client.post(where, {"sure": "on"})["Location"] == HOME
    assert not Citizen.objects.exists()
    assert not User.objects.filter(username__startswith="cd-").exists()
    assert client.get(ACCOUNT).status_code == 302
