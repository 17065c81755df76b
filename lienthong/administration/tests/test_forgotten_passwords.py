"""Who forgot a password or lost the second factor comes in again, and nobody else by it."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from lienthong.identity.models import PasswordLink
from lienthong.identity.operations.passwords import LASTS
from lienthong.journal.models import Event
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.operations import (
    close_officer_account,
    forget_second_factors,
    issue_password_link,
    use_password_link,
)
from tests.cast import Cast, Login

STRONG = "con trâu đi trước cái cày theo sau"


def issued(cast: Cast, client: Client) -> str:
    """Return the path of a link that the administrator makes for the clerk on the page."""
    answer = client.post(reverse("administration:officer_password_link", args=[cast.clerk.officer.pk]))
    address = re.search(r"https?://testserver(/passwords/[^<\s]+/)", html.unescape(answer.text))
    assert address is not None
    assert "no-store" in answer["Cache-Control"]
    return address[1]


def test_a_forgotten_password_is_set_anew_once_and_every_session_ends(cast: Cast, client: Client, login: Login) -> None:
    user = cast.clerk.officer.user
    assert user is not None
    elsewhere = Client()
    elsewhere.force_login(user)
    path = issued(cast, login(client, cast.administrator))
    client.logout()
    assert user.username in client.get(path).text
    weak = client.post(path, {"password": "123", "again": "123"})
    assert weak.status_code == 422
    assert "ít nhất 10 ký tự" in weak.text
    assert client.post(path, {"password": STRONG, "again": STRONG}).status_code == 302
    again = client.post(path, {"password": STRONG, "again": STRONG})
    assert again.status_code == 409
    assert "Hãy nhờ người quản trị tạo đường dẫn mới" in again.text
    assert client.login(username=user.username, password=STRONG)
    assert elsewhere.get(reverse("administration:account")).status_code == 302
    told = Event.objects.filter(subject_kind="officer", subject_id=cast.clerk.officer.pk).order_by("-pk")[:2]
    assert [event.kind for event in told] == ["officer.password_link_used", "officer.password_link_issued"]


def test_a_new_link_makes_the_former_void_and_a_day_ends_it(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.administrator)
    first, second = issued(cast, client), issued(cast, client)
    assert client.get(first).status_code == 409
    assert client.get(second).status_code == 200
    assert PasswordLink.objects.filter(used_at=None, is_void=False).count() == 1
    row = PasswordLink.objects.latest("pk")
    with time_machine.travel(row.expires_at + dt.timedelta(seconds=1), tick=False):
        assert client.get(second).status_code == 409
    assert row.expires_at - row.issued_at == LASTS


@pytest.mark.parametrize("token", ["x", "WzEsIngiXQ:1abc:forged"])
def test_a_forged_link_opens_nothing(token: str, db: None, at: dt.datetime) -> None:
    with pytest.raises(Refusal, match="không còn dùng được"):
        use_password_link(token, password=STRONG, at=at)


def test_a_link_of_an_account_shut_meanwhile_opens_nothing(cast: Cast, at: dt.datetime) -> None:
    link = issue_password_link(cast.clerk.officer, actor=cast.administrator, at=at)
    close_officer_account(cast.clerk.officer, actor=cast.administrator, at=at)
    with pytest.raises(Refusal, match="không còn dùng được"):
        use_password_link(link.token, password=STRONG, at=at)
    with pytest.raises(Refusal, match="đang khóa"):
        issue_password_link(cast.clerk.officer, actor=cast.administrator, at=at)


def test_only_an_inviter_makes_a_link_and_not_for_oneself(
    cast: Cast, at: dt.datetime, client: Client, login: Login
) -> None:
    for act in (issue_password_link, forget_second_factors):
        with pytest.raises(Forbidden):
            act(cast.clerk.officer, actor=cast.leader, at=at)
        with pytest.raises(Refusal, match="tài khoản của bạn"):
            act(cast.administrator.officer, actor=cast.administrator, at=at)
    address = reverse("administration:officer_password_link", args=[cast.clerk.officer.pk])
    assert login(client, cast.leader).post(address).status_code == 403


def test_lost_second_factors_are_taken_away_and_told(cast: Cast, client: Client, login: Login) -> None:
    user = cast.clerk.officer.user
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    login(client, cast.administrator)
    address = reverse("administration:account_change", args=[cast.clerk.officer.pk, "no-factors"])
    assert "Đã bỏ xác thực hai lớp" in client.post(address, follow=True).text
    assert not Authenticator.objects.filter(user=user).exists()
    assert "chưa bật xác thực hai lớp" in client.post(address, follow=True).text
    page = client.get(reverse("administration:officer", args=[cast.clerk.officer.pk])).text
    assert "bỏ xác thực hai lớp của người này" in page


@pytest.mark.parametrize("name", ["account_reset_password", "account_reset_password_done"])
def test_a_letter_is_promised_only_where_letters_leave(
    name: str, db: None, client: Client, settings: LazySettings
) -> None:
    settings.EMAIL_HOST = ""
    page = client.get(reverse(name)).text
    assert "nhờ người quản trị" in page
    assert 'name="email"' not in page
    settings.EMAIL_HOST = "mail.example.com"
    assert "thư" in client.get(reverse(name)).text
