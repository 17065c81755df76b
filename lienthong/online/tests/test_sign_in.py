"""Citizens sign in by a code: once, in the browser that asked, and nobody learns who has an account."""

from __future__ import annotations

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from lienthong.kernel import clock
from lienthong.kernel.refusal import Refusal
from lienthong.notifications.models import Delivery
from lienthong.online.addresses import Address, parse
from lienthong.online.models import Citizen, OneTimeCode
from lienthong.online.operations import codes
from lienthong.online.tests.builders import a_citizen
from tests.cast import AT, PASSWORD, Cast, Login

pytestmark = pytest.mark.django_db
HOME, SIGN_IN = "/dich-vu-cong/", "/dich-vu-cong/dang-nhap/"
CODE, NAME = f"{SIGN_IN}ma/", f"{SIGN_IN}ten/"
PHONE = "0918123456"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _sms(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SMS_GATEWAY = "lienthong.notifications.gateways.LogGateway"
    monkeypatch.setattr(clock, "now", lambda: AT)


def code_sent(address: str = PHONE) -> str:
    """Return the newest code that lies in the outbox for an address."""
    return Delivery.objects.filter(address=address, is_secret=True).order_by("-pk")[0].text[:6]


def ask(client: Client, address: str = PHONE) -> str:
    answer = client.post(SIGN_IN, {"address": address})
    assert answer.status_code == 302, answer.content.decode()
    return code_sent(parse(address).text)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0918 123 456", PHONE), ("+84 918.123.456", PHONE), ("84918123456", PHONE), ("0084918123456", PHONE),
        ("  Nam@Example.COM ", "nam@example.com"),
    ],
)  # fmt: skip
def test_addresses_have_one_way_of_writing(typed: str, kept: str) -> None:
    assert parse(typed).text == kept


@pytest.mark.parametrize("typed", ["", "123", "abc", "nam@", "a b@c.d", "09181234567890", "٠٩١٨١٢٣٤٥٦", "đ@ví.vn"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        parse(typed)


def test_the_first_time_one_says_a_name_and_is_in(client: Client) -> None:
    code = ask(client)
    answer = client.post(CODE, {"code": f"{code[:3]} {code[3:]}"})
    assert answer["Location"] == NAME
    assert client.post(NAME, {"name": ""}).status_code == 422
    assert client.post(NAME, {"name": " Trần  Văn Nam "})["Location"] == HOME
    citizen = Citizen.objects.get()
    assert (citizen.phone, citizen.name, citizen.user.email) == (PHONE, "Trần Văn Nam", "")
    assert not citizen.user.has_usable_password()
    assert "Trần Văn Nam" in client.get(HOME).content.decode()


def test_who_is_known_comes_in_and_goes_where_they_wanted(client: Client) -> None:
    a_citizen()
    assert client.get("/ho-so-cua-toi/")["Location"] == f"{SIGN_IN}?next=/ho-so-cua-toi/"
    client.get(f"{SIGN_IN}?next=/ho-so-cua-toi/")
    assert client.post(CODE, {"code": ask(client)})["Location"] == "/ho-so-cua-toi/"
    assert client.get("/ho-so-cua-toi/").status_code == 200
    assert client.post("/dich-vu-cong/dang-xuat/").status_code == 302
    assert client.get("/ho-so-cua-toi/").status_code == 302


def test_nobody_is_sent_to_another_site(client: Client) -> None:
    a_citizen()
    client.get(f"{SIGN_IN}?next=https://xau.example/")
    assert client.post(CODE, {"code": ask(client)})["Location"] == HOME


def test_the_answer_is_the_same_with_and_without_an_account(client: Client) -> None:
    a_citizen()
    pages = []
    for address in (PHONE, "0918000000"):
        visitor = Client()
        answer = visitor.post(SIGN_IN, {"address": address})
        page = visitor.get(CODE).content.decode()
        pages.append((answer.status_code, answer["Location"], page.replace(Address(address).masked, "…")))
    hide = [(status, where, _without_token(page)) for status, where, page in pages]
    assert hide[0] == hide[1]


def _without_token(page: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=|data-csrf=)"[^"]+"', "", page)


def test_codes_are_not_guessed(client: Client) -> None:
    code = ask(client)
    for left in (4, 3, 2, 1):
        answer = client.post(CODE, {"code": wrong(code)})
        assert answer.status_code == 422
        assert f"còn {left} lần thử" in answer.content.decode()
    assert "không còn dùng được" in client.post(CODE, {"code": wrong(code)}).content.decode()
    assert "không còn dùng được" in client.post(CODE, {"code": code}).content.decode(), "the right one comes too late"
    assert not client.session.get("_auth_user_id")


def test_a_code_is_good_once_and_in_one_browser(client: Client) -> None:
    a_citizen()
    code = ask(client)
    thief = Client()
    thief.post(SIGN_IN, {"address": "0918000000"})
    assert thief.post(CODE, {"code": code}).status_code == 422
    ticket = client.session["citizen_code"]["ticket"]
    assert client.post(CODE, {"code": code}).status_code == 302
    with pytest.raises(Refusal, match="không còn dùng được"):
        codes.prove(ticket, code, purpose="sign_in", at=AT)


def test_a_code_lives_ten_minutes_and_for_its_purpose() -> None:
    for purpose, later in (("sign_in", 10 * MINUTE), ("change", MINUTE)):
        asked = codes.send_code(Address(PHONE), purpose="sign_in", sender="1.2.3.4", at=AT)
        with pytest.raises(Refusal):
            codes.prove(asked.ticket, asked.code, purpose=purpose, at=AT + later)
    assert codes.prove(asked.ticket, asked.code, purpose="sign_in", at=AT + 9 * MINUTE) == Address(PHONE)


def test_few_codes_are_sent_to_an_address_and_for_a_sender() -> None:
    for _ in range(5):
        codes.send_code(Address(PHONE), purpose="sign_in", sender="1.2.3.4", at=AT)
    with pytest.raises(Refusal, match="đợi một giờ"):
        codes.send_code(Address(PHONE), purpose="sign_in", sender="5.6.7.8", at=AT + 59 * MINUTE)
    codes.send_code(Address(PHONE), purpose="sign_in", sender="5.6.7.8", at=AT + 61 * MINUTE)
    for number in range(55):
        codes.send_code(Address(f"09{number:08d}"), purpose="sign_in", sender="1.2.3.4", at=AT)
    with pytest.raises(Refusal, match="Mạng này"):
        codes.send_code(Address("0977000000"), purpose="sign_in", sender="1.2.3.4", at=AT)


def test_nothing_in_the_database_opens_a_door(client: Client) -> None:
    code = ask(client)
    row = OneTimeCode.objects.get()
    assert code not in row.digest
    assert row.digest != codes._digest("", code)
    assert client.session["citizen_code"]["shown"] == ""
    assert code not in client.get(CODE).content.decode()


def test_in_the_demo_the_page_shows_the_code_and_says_why(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    code = ask(client)
    page = client.get(CODE).content.decode()
    assert code in page
    assert "bản dùng thử" in page


def test_without_a_gateway_a_telephone_is_refused_in_words(client: Client, settings: Settings) -> None:
    settings.SMS_GATEWAY = ""
    answer = client.post(SIGN_IN, {"address": PHONE})
    assert "Hãy dùng thư điện tử" in answer.content.decode()
    assert ask(client, "nam@example.com")


def test_the_session_is_a_new_one_after_signing_in(client: Client) -> None:
    a_citizen()
    code = ask(client)
    before = client.session.session_key
    client.post(CODE, {"code": code})
    assert client.session.session_key != before
    fixed = Client()
    fixed.cookies["sessionid"] = before or ""
    assert fixed.get("/ho-so-cua-toi/").status_code == 302


def test_a_code_is_sent_within_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(14):
        codes.send_code(Address(PHONE), purpose="sign_in", sender="1.2.3.4", at=AT)


def test_officers_and_citizens_are_kept_apart(client: Client, cast: Cast, login: Login) -> None:
    login(client, cast.clerk)
    for address in ("/dich-vu-cong/tai-khoan/", "/ho-so-cua-toi/"):
        assert client.get(address).status_code == 403
    head = client.get(HOME).content.decode()
    assert "Bàn làm việc" in head
    visitor = Client()
    visitor.force_login(a_citizen().user)
    assert visitor.get("/")["Location"] == HOME
    for address in ("/tasks/", "/cases/", "/documents/incoming/", "/account/", "/units/"):
        assert visitor.get(address).status_code in {302, 403, 404}, address
    for address in ("/accounts/password/set/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/signup/"):
        assert visitor.get(address)["Location"] == "/dich-vu-cong/tai-khoan/", address
    page = visitor.get("/ho-so-cua-toi/").content.decode()
    assert 'id="rail"' not in page


def test_an_officers_mailbox_proved_by_code_opens_a_citizens_account_of_its_own(client: Client, cast: Cast) -> None:
    user = cast.clerk.officer.user
    assert user is not None
    user.email = "van.thu@example.com"
    user.save(update_fields=["email"])
    assert client.post(CODE, {"code": ask(client, user.email)})["Location"] == NAME
    client.post(NAME, {"name": "Nguyễn Thị Thư"})
    assert int(client.session["_auth_user_id"]) != user.pk
    assert client.get("/ho-so-cua-toi/").status_code == 200
    assert client.get("/tasks/").status_code in {302, 403, 404}


def test_a_citizen_has_no_way_in_by_password(client: Client) -> None:
    citizen = a_citizen(email="nam@example.com")
    for typed in (citizen.user.username, citizen.email, citizen.phone):
        client.post("/accounts/login/", {"login": typed, "password": PASSWORD})
        assert not client.session.get("_auth_user_id")
    client.post("/accounts/password/reset/", {"email": citizen.email})
    assert not Delivery.objects.exists()


def test_an_account_that_was_shut_is_not_entered(client: Client) -> None:
    citizen = a_citizen()
    citizen.user.is_active = False
    citizen.user.save(update_fields=["is_active"])
    client.post(CODE, {"code": ask(client)})
    assert not client.session.get("_auth_user_id")


@pytest.mark.django_db(transaction=True)
def test_of_two_tries_at_the_same_moment_one_wins(settings: Settings) -> None:
    asked = codes.send_code(Address(PHONE), purpose="sign_in", sender="1.2.3.4", at=AT)

    def attempt(_: int) -> bool:
        try:
            codes.prove(asked.ticket, asked.code, purpose="sign_in", at=AT)
        except Refusal:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(attempt, range(8))) == 1


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_are_all_counted() -> None:
    asked = codes.send_code(Address(PHONE), purpose="sign_in", sender="1.2.3.4", at=AT)

    def attempt(_: int) -> None:
        try:
            codes.prove(asked.ticket, wrong(asked.code), purpose="sign_in", at=AT)
        except Refusal:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(attempt, range(8)))
    assert OneTimeCode.objects.get().tries == codes.TRIES
