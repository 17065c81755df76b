"""Accounts of officers: inviting, closing, signing out; ``identity`` does it, here it is allowed and recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from lienthong.identity import operations as identity
from lienthong.identity.models import Invitation, User
from lienthong.identity.operations.invitation import Letter
from lienthong.identity.operations.passwords import Link
from lienthong.kernel.clock import local_date
from lienthong.kernel.recording import record
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer, Post
from lienthong.organisation.operations.handing_over import hand_over
from lienthong.organisation.policies import require_inviter
from lienthong.organisation.queries.holdings import in_hand


@transaction.atomic
def invite_officer(officer: Officer, *, username: str, email: str, actor: Actor | None, at: dt.datetime) -> Letter:
    """Open an account for an officer and invite them; refuses one who has an account already."""
    require_inviter(actor)
    officer = _locked(officer)
    if officer.user is not None:
        raise Refusal(f"{officer} đã có tài khoản {officer.user.username}. Hãy gửi lại thư mời nếu cần.")
    letter = identity.invite(username=username, email=email, full_name=officer.full_name, at=at)
    officer.user = letter.invitation.user
    officer.email = letter.invitation.email
    officer.save(update_fields=["user", "email"])
    _tell(officer, "officer.invited", actor, at, username=officer.user.username, email=officer.email)
    return letter


@transaction.atomic
def invite_again(officer: Officer, *, email: str = "", actor: Actor | None, at: dt.datetime) -> Letter:
    """Send a new letter; the former one stops working. Refuses who was never invited or has accepted."""
    require_inviter(actor)
    officer = _locked(officer)
    letter = identity.send_again(_invitation_of(officer), email=email, at=at)
    user = letter.invitation.user
    _tell(officer, "officer.invited", actor, at, username=user.username, email=letter.invitation.email)
    return letter


@transaction.atomic
def withdraw_invitation(officer: Officer, *, actor: Actor | None, at: dt.datetime) -> None:
    """Take the invitation back; refuses one already accepted."""
    require_inviter(actor)
    officer = _locked(officer)
    identity.revoke_invitation(_invitation_of(officer), at=at)
    _tell(officer, "officer.uninvited", actor, at)


@transaction.atomic
def close_officer_account(
    officer: Officer,
    *,
    takers: Mapping[int, Post] | None = None,
    keeps_work: bool = False,
    actor: Actor | None,
    at: dt.datetime,
) -> None:
    """Shut an officer's account and end their sessions at once; refuses one's own.

    ``takers`` says by the key of each post who takes over its open work. Refuses while a post has any and nobody takes
    over, unless the account is shut for a short time only (``keeps_work``: a lost password, say).
    """
    require_inviter(actor)
    officer = _locked(officer)
    if actor is not None and actor.officer.pk == officer.pk:
        raise Refusal("Không tự khóa tài khoản của mình được. Hãy nhờ một người quản trị khác.")
    user = _user_of(officer)
    left = [] if keeps_work else _hand_over_all(officer, takers or {}, actor=actor, at=at)
    if left:
        raise Refusal(f"{officer} còn giữ {'; '.join(left)}. Hãy chọn người nhận bàn giao.", field="taker")
    identity.close_account(user)
    _tell(officer, "officer.account_closed", actor, at, keeps_work=keeps_work)


def _hand_over_all(officer: Officer, takers: Mapping[int, Post], *, actor: Actor | None, at: dt.datetime) -> list[str]:
    """Hand over what each post of an officer has open; return what is left where nobody was named."""
    on = local_date(at)
    posts = list(Post.objects.in_force(on).filter(officer=officer).select_related("unit"))
    held = in_hand(posts, on)
    for post in posts:
        if held[post.pk] and post.pk in takers:
            hand_over(post, takers[post.pk], reason="Khóa tài khoản", actor=actor, at=at)
    return [str(one) for post in posts if post.pk not in takers for one in held[post.pk]]


@transaction.atomic
def reopen_officer_account(officer: Officer, *, actor: Actor | None, at: dt.datetime) -> None:
    """Let an officer in again."""
    require_inviter(actor)
    officer = _locked(officer)
    identity.reopen_account(_user_of(officer))
    _tell(officer, "officer.account_reopened", actor, at)


@transaction.atomic
def sign_out_officer(officer: Officer, *, actor: Actor | None, at: dt.datetime) -> int:
    """End every session of an officer; return how many there were."""
    require_inviter(actor)
    officer = _locked(officer)
    ended = identity.end_sessions(_user_of(officer))
    _tell(officer, "officer.signed_out", actor, at, sessions=ended)
    return ended


@transaction.atomic
def issue_password_link(officer: Officer, *, actor: Actor | None, at: dt.datetime) -> Link:
    """Make a link with which an officer sets a new password, to be handed over in person or by telephone.

    Refuses one's own account (change the password there instead) and one that is shut or not accepted yet.
    """
    require_inviter(actor)
    officer = _locked(officer)
    if actor is not None and actor.officer.pk == officer.pk:
        raise Refusal("Đây là tài khoản của bạn. Hãy đổi mật khẩu ở trang Tài khoản của tôi.")
    link = identity.issue_link(_user_of(officer), at=at)
    _tell(officer, "officer.password_link_issued", actor, at)
    return link


@transaction.atomic
def use_password_link(token: str, *, password: str, at: dt.datetime) -> User:
    """Set a new password with a link; refuses a weak password and a link that no longer opens."""
    user = identity.use_link(token, password=password, at=at)
    officer = Officer.objects.filter(user=user).first()
    if officer is not None:
        _tell(officer, "officer.password_link_used", None, at)
    return user


@transaction.atomic
def forget_second_factors(officer: Officer, *, actor: Actor | None, at: dt.datetime) -> int:
    """Take away the second factors of who lost them; return how many there were. Refuses one's own."""
    require_inviter(actor)
    officer = _locked(officer)
    if actor is not None and actor.officer.pk == officer.pk:
        raise Refusal("Đây là tài khoản của bạn. Hãy đổi xác thực hai lớp ở trang Tài khoản của tôi.")
    count = identity.forget_factors(_user_of(officer))
    _tell(officer, "officer.factors_forgotten", actor, at)
    return count


def _locked(officer: Officer) -> Officer:
    return Officer.objects.select_for_update(of=("self",)).select_related("user__invitation").get(pk=officer.pk)


def _user_of(officer: Officer) -> User:
    if officer.user is None:
        raise Refusal(f"{officer} chưa có tài khoản. Hãy mời lập tài khoản trước.")
    return officer.user


def _invitation_of(officer: Officer) -> Invitation:
    invitation = getattr(_user_of(officer), "invitation", None)
    if invitation is None:
        raise Refusal(f"Tài khoản của {officer} không mở bằng thư mời, nên không có thư để gửi lại.")
    return invitation  # type: ignore[no-any-return]  # a reverse one-to-one read by name


def _tell(officer: Officer, kind: str, actor: Actor | None, at: dt.datetime, **particulars: object) -> None:
    record(Subject("officer", officer.pk), kind, actor=actor, at=at, particulars=particulars)
