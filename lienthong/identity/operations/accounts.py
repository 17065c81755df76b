"""Opening and closing accounts, and ending their sessions.

Identity lies below the organisation and does not know who acts: ``organisation.operations.accounts`` asks the policy
and records the event.
"""

from __future__ import annotations

import re

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest

from lienthong.identity.models import User
from lienthong.kernel.refusal import Refusal

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,49}")


@transaction.atomic
def open_account(
    *,
    username: str,
    email: str = "",
    password: str | None = None,
    full_name: str = "",
    is_demo: bool = False,
    is_active: bool = True,
) -> User:
    """Open an account; without a password nobody can sign in with one. Refuses a name or an address already taken."""
    username, email = username.strip().lower(), email.strip().lower()
    if not _USERNAME.fullmatch(username.replace("_", "-")):
        raise Refusal(
            "Tên đăng nhập gồm 3 đến 50 chữ thường không dấu, chữ số, dấu chấm hoặc gạch. Hãy nhập lại.",
            field="username",
        )
    if User.objects.filter(username__iexact=username).exists():
        raise Refusal(f"Tên đăng nhập “{username}” đã có người dùng. Hãy chọn tên khác.", field="username")
    if email:
        require_free_address(email)
    user = User(username=username, email=email, first_name=full_name, is_demo=is_demo, is_active=is_active)
    user.set_password(password)
    user.save(force_insert=True)
    if email:
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=is_active)
    return user


@transaction.atomic
def close_account(user: User) -> None:
    """Shut an account and put its holder out of every session at once."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)


@transaction.atomic
def reopen_account(user: User) -> None:
    """Let the holder of a shut account in again; refuses one that was never accepted."""
    user = User.objects.select_for_update().get(pk=user.pk)
    invitation = getattr(user, "invitation", None)
    if invitation is not None and invitation.accepted_at is None:
        raise Refusal("Người này chưa nhận lời mời. Hãy gửi lại thư mời thay vì mở tài khoản.")
    user.is_active = True
    user.save(update_fields=["is_active"])


def begin_session(request: HttpRequest, user: User) -> None:
    """Sign a user in on this browser without a password, and list the session among theirs (the demo's entrance)."""
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    UserSession.objects.create_from_request(request)


@transaction.atomic
def end_sessions(user: User, *, except_key: str | None = None) -> int:
    """End every session of a user, but perhaps the one at hand; return how many were ended."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=except_key or ""))
    for session in sessions:
        session.end()
    return len(sessions)


@transaction.atomic
def end_session(user: User, pk: int, *, current_key: str) -> UserSession:
    """End one session of a user, and return what it was; refuses the one at hand and one that has ended already."""
    session = UserSession.objects.select_for_update().filter(user=user, pk=pk).first()
    if session is None:
        raise Refusal("Máy này đã đăng xuất từ trước, không cần làm gì thêm.")
    if session.session_key == current_key:
        raise Refusal("Đây là máy đang dùng. Để rời máy này, hãy bấm “Đăng xuất” trong trình đơn tài khoản.")
    session.end()
    return session


def require_free_address(email: str, *, besides: User | None = None) -> None:
    """Refuse what is no address, or the address of another account."""
    try:
        validate_email(email)
    except ValidationError:
        raise Refusal(
            f"“{email}” không phải địa chỉ thư điện tử. Hãy nhập dạng ten@donvi.gov.vn.", field="email"
        ) from None
    taken = EmailAddress.objects.filter(email__iexact=email)
    if besides is not None:
        taken = taken.exclude(user=besides)
    if taken.exists():
        raise Refusal(f"Địa chỉ {email} đã gắn với một tài khoản khác. Hãy dùng địa chỉ khác.", field="email")
