from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from lienthong.identity.models import Invitation, User
from lienthong.identity.operations import accept, invite, revoke_invitation, send_again
from lienthong.identity.operations.invitation import open_letter
from lienthong.kernel import clock
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.operations import add_officer
from tests.cast import Cast, Login

STRONG = "con trâu đi trước cái cày theo sau"


def _invite(at: dt.datetime, username: str = "lam.thom") -> tuple[Invitation, str]:
    letter = invite(username=username, email=f"{username}@example.com", full_name="Lâm Thị Thơm", at=at)
    return letter.invitation, letter.token


def test_who_is_invited_sets_a_password_once_and_is_in(db: None, at: dt.datetime, client: Client) -> None:
    invitation, token = _invite(at)
    assert not invitation.user.is_active
    user = accept(token, password=STRONG, at=at)
    assert user.is_active
    assert client.login(username="lam.thom", password=STRONG)
    with pytest.raises(Refusal):
        accept(token, password=STRONG, at=at)


def test_an_old_forged_revoked_or_replaced_letter_opens_nothing(db: None, at: dt.datetime) -> None:
    invitation, token = _invite(at)
    for forged in ("", "x", token[:-1] + ("a" if token[-1] != "a" else "b"), token + "x"):
        with pytest.raises(Refusal):
            open_letter(forged, at=at)
    with pytest.raises(Refusal):
        open_letter(token, at=at + dt.timedelta(days=7))
    newer = send_again(invitation, at=at)
    with pytest.raises(Refusal):
        open_letter(token, at=at)
    assert open_letter(newer.token, at=at).pk == invitation.pk
    revoke_invitation(invitation, at=at)
    with pytest.raises(Refusal):
        open_letter(newer.token, at=at)


def test_a_weak_password_is_refused_and_the_letter_stays_good(db: None, at: dt.datetime) -> None:
    _, token = _invite(at)
    with pytest.raises(Refusal) as refused:
        accept(token, password="12345", at=at)
    assert refused.value.field == "password"
    accept(token, password=STRONG, at=at)


@pytest.mark.parametrize("username", ["", "ab", "Có Dấu", "a b", "x" * 51, "-x-y"])
def test_a_name_that_cannot_be_typed_is_refused(username: str, db: None, at: dt.datetime) -> None:
    with pytest.raises(Refusal):
        invite(username=username, email="a@example.com", full_name="A", at=at)


def test_a_taken_name_or_address_is_refused_beside_its_field(cast: Cast, at: dt.datetime) -> None:
    for username, email, field in (("clerk", "new@example.com", "username"), ("new.one", "clerk@example.com", "email")):
        with pytest.raises(Refusal) as refused:
            invite(username=username, email=email, full_name="A", at=at)
        assert refused.value.field == field


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
    _, token = _invite(clock.now() - dt.timedelta(days=8))
    assert client.get(reverse("administration:invitation", args=[token])).status_code == 409
