from __future__ import annotations

import datetime as dt

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.conf import LazySettings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from lienthong.identity.operations import close_account
from lienthong.organisation.models import Officer
from lienthong.organisation.operations import sign_out_officer
from tests.cast import PASSWORD, Cast, Login

SIGN_IN = "/accounts/login/"


@pytest.fixture(autouse=True)
def fresh_cache(db: None) -> None:
    """Rate limits count from nothing in each test."""
    cache.clear()


def _try(client: Client, login: str, password: str) -> int:
    return client.post(SIGN_IN, {"login": login, "password": password}).status_code


@pytest.mark.parametrize("name", ["clerk", "clerk@example.com", "Clerk@Example.com"])
def test_one_signs_in_by_name_or_address(name: str, cast: Cast, client: Client) -> None:
    assert _try(client, name, PASSWORD) == 302
    assert client.get(reverse("administration:account")).status_code == 200


def test_a_wrong_name_and_a_wrong_password_look_alike(cast: Cast, client: Client) -> None:
    pages = [
        client.post(SIGN_IN, {"login": name, "password": "sai mat khau"}).text for name in ("clerk", "nobody.here")
    ]
    notices = [page.split('role="alert"')[1].split("</div></div>")[0] for page in pages]
    assert notices[0] == notices[1]
    assert "không đúng" in notices[0]


def test_failed_sign_ins_lock_the_name_for_a_while(cast: Cast, client: Client) -> None:
    for _ in range(5):
        assert _try(client, "clerk", "sai mat khau") == 200
    page = client.post(SIGN_IN, {"login": "clerk", "password": PASSWORD})
    assert page.status_code == 200
    assert "quá nhiều lần" in page.text
    assert _try(client, "leader", PASSWORD) == 302


def test_a_forgotten_password_tells_nothing_about_who_has_an_account(cast: Cast, client: Client) -> None:
    answers = [
        client.post(reverse("account_reset_password"), {"email": email}, follow=True).text.split("<main")[1]
        for email in ("clerk@example.com", "nobody@example.com")
    ]
    assert answers[0] == answers[1]
    assert [letter.to for letter in mail.outbox] == [["clerk@example.com"]]
    assert "đặt lại mật khẩu" in mail.outbox[0].body


def test_a_shut_account_is_out_at_once(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.clerk)
    assert client.get(reverse("administration:account")).status_code == 200
    assert cast.clerk.officer.user is not None
    close_account(cast.clerk.officer.user)
    assert client.get(reverse("administration:account")).status_code == 302
    assert _try(client, "clerk", PASSWORD) in {200, 302}
    assert client.get(reverse("administration:account")).status_code == 302


def test_an_administrator_signs_a_person_out_everywhere(cast: Cast, at: dt.datetime) -> None:
    first, second = Client(), Client()
    for client in (first, second):
        assert _try(client, "clerk", PASSWORD) == 302
    officer = Officer.objects.get(pk=cast.clerk.officer.pk)
    assert sign_out_officer(officer, actor=cast.administrator, at=at) == 2
    for client in (first, second):
        assert client.get(reverse("administration:account")).status_code == 302


def test_one_ends_the_other_sessions_and_keeps_this_one(cast: Cast) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        _try(client, "clerk", PASSWORD)
    here.post(reverse("administration:sign_out_elsewhere"), {"next": "/account/"})
    assert here.get(reverse("administration:account")).status_code == 200
    assert there.get(reverse("administration:account")).status_code == 302


def test_one_ends_a_single_session_from_the_list(cast: Cast) -> None:
    here, there, elsewhere = Client(), Client(), Client()
    for client in (here, there, elsewhere):
        _try(client, "clerk", PASSWORD)
    page = here.get(reverse("usersessions_list")).text
    assert page.count("Đăng xuất máy này</") == 2
    session = UserSession.objects.get(session_key=there.session.session_key)
    address = reverse("administration:sign_out_one", args=[session.pk])
    assert address in page
    assert here.get(address).status_code == 405
    assert "Đã đăng xuất khỏi" in here.post(address, follow=True).text
    assert there.get(reverse("administration:account")).status_code == 302
    for client in (here, elsewhere):
        assert client.get(reverse("administration:account")).status_code == 200
    assert "đã đăng xuất từ trước" in here.post(address, follow=True).text


def test_nobody_ends_the_session_at_hand_or_of_somebody_else_from_the_list(cast: Cast) -> None:
    here, other = Client(), Client()
    _try(here, "clerk", PASSWORD)
    _try(other, "leader", PASSWORD)
    for client, told in ((here, "Đây là máy đang dùng"), (other, "đã đăng xuất từ trước")):
        session = UserSession.objects.get(session_key=client.session.session_key)
        answer = here.post(reverse("administration:sign_out_one", args=[session.pk]), follow=True)
        assert told in answer.text
        assert client.get(reverse("administration:account")).status_code == 200


def test_a_second_factor_is_asked_after_the_password(cast: Cast, client: Client) -> None:
    user = cast.clerk.officer.user
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    assert _try(client, "clerk", PASSWORD) == 302
    assert client.get(reverse("administration:account")).status_code == 302
    page = client.get(reverse("mfa_authenticate"))
    assert "xác thực hai lớp" in page.text
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert client.get(reverse("administration:account")).status_code == 302
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert client.get(reverse("administration:account")).status_code == 200


def test_an_administrator_without_a_second_factor_sets_it_up_first(
    cast: Cast, client: Client, login: Login, settings: LazySettings
) -> None:
    settings.SECOND_FACTOR_FOR_ADMINISTRATORS = True
    login(client, cast.administrator)
    assert client.get(reverse("administration:units"))["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
    Authenticator.objects.create(
        user=cast.administrator.officer.user,
        type=Authenticator.Type.TOTP,
        data={"secret": get_adapter().encrypt(generate_totp_secret())},
    )
    assert client.get(reverse("administration:units")).status_code == 200
    client.logout()
    login(client, cast.clerk)
    assert client.get(reverse("administration:units")).status_code == 200


def test_the_pages_of_the_account_speak_vietnamese(cast: Cast, client: Client) -> None:
    _try(client, "clerk", PASSWORD)
    for name in ("account_change_password", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "usersessions_list"):
        page = client.get(reverse(name), follow=True).text
        for english in ("Password", "Sign ", "Security", "Your ", "Please", "Change", "Add ", "Browser"):
            assert english not in page.split("<main")[1], (name, english)
