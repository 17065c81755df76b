from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from lienthong.identity.models import Invitation
from lienthong.identity.operations import accept, invite, revoke_invitation, send_again
from lienthong.identity.operations.invitation import open_letter
from lienthong.kernel.refusal import Refusal
from tests.cast import Cast

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
