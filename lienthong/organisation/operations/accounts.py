"""Accounts of officers: inviting, closing, signing out; ``identity`` does it, here it is allowed and recorded."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.identity import operations as identity
from lienthong.identity.models import Invitation, User
from lienthong.identity.operations.invitation import Letter
from lienthong.kernel.recording import record
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer
from lienthong.organisation.policies import require_inviter


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
def close_officer_account(officer: Officer, *, actor: Actor | None, at: dt.datetime) -> None:
    """Shut an officer's account and end their sessions at once; refuses one's own."""
    require_inviter(actor)
    officer = _locked(officer)
    if actor is not None and actor.officer.pk == officer.pk:
        raise Refusal("Không tự khóa tài khoản của mình được. Hãy nhờ một người quản trị khác.")
    identity.close_account(_user_of(officer))
    _tell(officer, "officer.account_closed", actor, at)


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
