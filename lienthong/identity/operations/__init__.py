from lienthong.identity.operations.accounts import (
    begin_session,
    close_account,
    end_session,
    end_sessions,
    open_account,
    reopen_account,
)
from lienthong.identity.operations.demo import mark_as_demo, require_demo_user
from lienthong.identity.operations.invitation import accept, invite, revoke_invitation, send_again
from lienthong.identity.operations.passwords import forget_factors, issue_link, use_link

__all__ = [
    "accept",
    "begin_session",
    "close_account",
    "end_session",
    "end_sessions",
    "forget_factors",
    "invite",
    "issue_link",
    "mark_as_demo",
    "open_account",
    "reopen_account",
    "require_demo_user",
    "revoke_invitation",
    "send_again",
    "use_link",
]
