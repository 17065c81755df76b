"""Inviting people to their accounts: a letter with a signed token, good once and for a week."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction

from lienthong.identity.models import Invitation, User
from lienthong.identity.operations.accounts import open_account, require_free_address
from lienthong.kernel.refusal import Refusal

LASTS = dt.timedelta(days=7)
SALT = "lienthong.identity.invitation"
GONE = "Thư mời này không còn dùng được. Hãy nhờ quản trị gửi lại thư mời."


@dataclass(frozen=True, slots=True)
class Letter:
    """What must be sent: to whom, and the token of the address in it."""

    invitation: Invitation
    token: str


@transaction.atomic
def invite(*, username: str, email: str, full_name: str, at: dt.datetime) -> Letter:
    """Open an account that cannot be used yet and invite its holder; refuses a name or an address already taken."""
    if not email:
        raise Refusal("Hãy nhập địa chỉ thư điện tử để gửi thư mời.", field="email")
    user = open_account(username=username, email=email, full_name=full_name, is_active=False)
    invitation = Invitation.objects.create(
        user=user, email=user.email, nonce=secrets.token_urlsafe(32), sent_at=at, expires_at=at + LASTS
    )
    return Letter(invitation, token_of(invitation))


@transaction.atomic
def send_again(invitation: Invitation, *, email: str = "", at: dt.datetime) -> Letter:
    """Make a new letter, to another address if given; the former one stops working. Refuses one already accepted."""
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("user").get(pk=invitation.pk)
    if invitation.accepted_at is not None:
        raise Refusal("Người này đã nhận lời mời và có tài khoản. Nếu quên mật khẩu, hãy dùng “Quên mật khẩu”.")
    email = email.strip().lower() or invitation.email
    if email != invitation.email:
        require_free_address(email, besides=invitation.user)
        EmailAddress.objects.filter(user=invitation.user).update(email=email)
        invitation.user.email = email
        invitation.user.save(update_fields=["email"])
    invitation.email, invitation.nonce = email, secrets.token_urlsafe(32)
    invitation.sent_at, invitation.expires_at, invitation.revoked_at = at, at + LASTS, None
    invitation.sent_count += 1
    invitation.save(update_fields=["email", "nonce", "sent_at", "expires_at", "revoked_at", "sent_count"])
    return Letter(invitation, token_of(invitation))


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, at: dt.datetime) -> None:
    """Take an invitation back; refuses one already accepted."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at is not None:
        raise Refusal("Người này đã nhận lời mời. Hãy khóa tài khoản thay vì thu hồi thư mời.")
    if invitation.revoked_at is None:
        invitation.revoked_at = at
        invitation.save(update_fields=["revoked_at"])


def open_letter(token: str, *, at: dt.datetime) -> Invitation:
    """Return the invitation that a token opens; refuses forged, old, used, withdrawn ones all alike."""
    try:
        pk, nonce = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise Refusal(GONE) from None
    invitation = Invitation.objects.select_related("user").filter(pk=pk).first()
    if (
        invitation is None
        or not secrets.compare_digest(invitation.nonce, str(nonce))
        or invitation.accepted_at is not None
        or invitation.revoked_at is not None
        or invitation.expires_at <= at
    ):
        raise Refusal(GONE)
    return invitation


@transaction.atomic
def accept(token: str, *, password: str, at: dt.datetime) -> User:
    """Set the password of an invited account and open it; refuses weak passwords and what ``open_letter`` refuses."""
    invitation = open_letter(token, at=at)
    Invitation.objects.select_for_update().get(pk=invitation.pk)
    invitation = open_letter(token, at=at)
    user = invitation.user
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages), field="password") from None
    user.set_password(password)
    user.is_active = True
    user.save(update_fields=["password", "is_active"])
    EmailAddress.objects.filter(user=user).update(verified=True)
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    return user


def token_of(invitation: Invitation) -> str:
    """Return the token that stands in the letter."""
    return signing.dumps([invitation.pk, invitation.nonce], salt=SALT)
