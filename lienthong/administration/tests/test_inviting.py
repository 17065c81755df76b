from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from lienthong.identity.models import User
from lienthong.identity.operations import invite
from lienthong.kernel import clock
from lienthong.organisation.operations import add_officer
from tests.cast import Cast, Login

STRONG = "con trâu đi trước cái cày theo sau"


def test_an_administrator_invites_and_the_person_comes_in_by_the_letter(
    cast: Cast, at: dt.datetime, client: Client, login: Login
) -> None:
    officer = add_officer(full_name="Lâm Thị Thơm", actor=None, at=at)
    login(client, cast.administrator)
    page = client.get(reverse("administration:officer_invitation", args=[officer.pk]))
    assert "lamthi.thom" in page.text
    client.post(page.request["PATH_INFO"], {"username": "lamthi.thom", "email": "thom@example.com"})
    address = re.search(r"https?://\S+/invitations/\S+/", str(mail.outbox[0].body))
    assert address is not None
    path = address[0].split("testserver", 1)[1]
    client.logout()
    assert "lamthi.thom" in client.get(path).text
    wrong = client.post(path, {"password": STRONG, "again": "khác hẳn"})
    assert wrong.status_code == 422
    assert client.post(path, {"password": STRONG, "again": STRONG}).status_code == 302
    assert client.get(path).status_code == 409
    assert client.login(username="lamthi.thom", password=STRONG)


def test_only_an_inviter_invites(cast: Cast, at: dt.datetime, client: Client, login: Login) -> None:
    officer = add_officer(full_name="Lâm Thị Thơm", actor=None, at=at)
    address = reverse("administration:officer_invitation", args=[officer.pk])
    answer = login(client, cast.leader).post(address, {"username": "lam.thom", "email": "thom@example.com"})
    assert answer.status_code == 403
    assert not User.objects.filter(username="lam.thom").exists()
    assert not mail.outbox


def test_nobody_signs_up_by_themselves(db: None, client: Client) -> None:
    answer = client.post(
        reverse("account_signup"), {"username": "moi", "email": "moi@example.com", "password1": STRONG}
    )
    assert not User.objects.filter(username="moi").exists()
    assert "thư mời" in answer.text


def test_the_clock_of_the_request_decides_whether_a_letter_is_old(db: None, client: Client) -> None:
    letter = invite(
        username="lam.thom", email="thom@example.com", full_name="Thơm", at=clock.now() - dt.timedelta(days=8)
    )
    assert client.get(reverse("administration:invitation", args=[letter.token])).status_code == 409


def test_without_a_mail_server_the_inviter_is_told_to_hand_the_address_over(
    cast: Cast, at: dt.datetime, client: Client, login: Login, settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    officer = add_officer(full_name="Lâm Thị Thơm", actor=None, at=at)
    login(client, cast.administrator)
    sent = {"username": "lamthi.thom", "email": "thom@example.com"}
    page = client.post(reverse("administration:officer_invitation", args=[officer.pk]), sent, follow=True)
    assert "Máy chủ chưa cài gửi thư" in page.text
    assert "/invitations/" in page.text
    assert "đã gửi tới" not in page.text


def test_a_new_person_and_a_new_unit_are_shown_at_once(
    cast: Cast, at: dt.datetime, client: Client, login: Login
) -> None:
    login(client, cast.administrator)
    page = client.post(reverse("administration:new_officer"), {"full_name": "Lâm Thị Thơm"}, follow=True)
    assert "Bước tiếp" in page.text
    assert "Mời lập tài khoản" in page.text
    sent = {"name": "Phòng Thử", "kind": "division", "order": "0", "valid_from": f"{at:%d/%m/%Y}"}
    page = client.post(reverse("administration:new_unit"), sent, follow=True)
    assert "Phòng Thử" in page.text
    assert "Thêm đơn vị trực thuộc" in page.text


def test_the_page_of_signing_in_tells_how_the_first_account_is_made(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cast.clerk.officer.user is not None
    assert "bin/manage administrator" not in client.get("/accounts/login/").text
    monkeypatch.setattr("lienthong.administration.templatetags.accounts.has_accounts", lambda: False)
    assert "bin/manage administrator" in client.get("/accounts/login/").text
