"""A way back in for who forgot a password or lost the second factor, where no letter can reach them."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction

from lienthong.identity.models import PasswordLink, User
from lienthong.identity.operations.accounts import end_sessions
from lienthong.kernel.refusal import Refusal

LASTS = dt.timedelta(hours=24)
SALT = "lienthong.identity.password"
GONE = "Đường dẫn này không còn dùng được. Hãy nhờ người quản trị tạo đường dẫn mới."


@dataclass(frozen=True, slots=True)
class Link:
    """What must be handed over: the row, and the token of the address."""

    row: PasswordLink
    token: str


@transaction.atomic
def issue_link(user: User, *, at: dt.datetime) -> Link:
    """Make a new link for an account; the former one stops working. Refuses an account that is shut or not accepted."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise Refusal("Tài khoản này đang khóa hoặc chưa nhận lời mời. Hãy mở tài khoản hoặc gửi lại thư mời trước.")
    user.password_links.filter(used_at=None, is_void=False).update(is_void=True)
    row = PasswordLink.objects.create(user=user, nonce=secrets.token_urlsafe(32), issued_at=at, expires_at=at + LASTS)
    return Link(row, signing.dumps([row.pk, row.nonce], salt=SALT))


def open_link(token: str, *, at: dt.datetime) -> PasswordLink:
    """Return the link that a token opens; refuses forged, old, used, void ones and those of shut accounts alike."""
    try:
        pk, nonce = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise Refusal(GONE) from None
    row = PasswordLink.objects.select_related("user").filter(pk=pk).first()
    if (
        row is None
        or not secrets.compare_digest(row.nonce, str(nonce))
        or row.used_at is not None
        or row.is_void
        or row.expires_at <= at
        or not row.user.is_active
    ):
        raise Refusal(GONE)
    return row


@transaction.atomic
def use_link(token: str, *, password: str, at: dt.datetime) -> User:
    """Set a new password and end every session; refuses weak passwords and what ``open_link`` refuses."""
    PasswordLink.objects.select_for_update().get(pk=open_link(token, at=at).pk)
    row = open_link(token, at=at)
    user = row.user
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages), field="password") from None
    user.set_password(password)
    user.save(update_fields=["password"])
    row.used_at = at
    row.save(update_fields=["used_at"])
    end_sessions(user)
    return user


@transaction.atomic
def forget_factors(user: User) -> int:
    """Take away code app, passkeys and spare codes of an account, end its sessions; return how many there were."""
    factors = Authenticator.objects.filter(user=user)
    count: int = factors.count()
    if not count:
        raise Refusal("Tài khoản này chưa bật xác thực hai lớp, không có gì để bỏ.")
    factors.delete()
    end_sessions(user)
    return count
