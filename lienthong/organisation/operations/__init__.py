from lienthong.organisation.operations.absences import cancel_absence, record_absence
from lienthong.organisation.operations.accounts import (
    close_officer_account,
    forget_second_factors,
    invite_again,
    invite_officer,
    issue_password_link,
    reopen_officer_account,
    sign_out_officer,
    use_password_link,
    withdraw_invitation,
)
from lienthong.organisation.operations.delegation import delegate, revoke_delegation
from lienthong.organisation.operations.handing_over import (
    cancel_take_over,
    carry_out,
    hand_back,
    hand_over,
    note_failure,
)
from lienthong.organisation.operations.importing import import_organisation
from lienthong.organisation.operations.people import add_officer, amend_officer
from lienthong.organisation.operations.posts import appoint, end_post, reopen_post
from lienthong.organisation.operations.signing import end_signing_authority, grant_signing_authority
from lienthong.organisation.operations.succession import succeed
from lienthong.organisation.operations.units import close_unit, found_unit, give_code, move_unit, rename_unit

__all__ = [
    "add_officer",
    "amend_officer",
    "appoint",
    "cancel_absence",
    "cancel_take_over",
    "carry_out",
    "close_officer_account",
    "close_unit",
    "delegate",
    "end_post",
    "end_signing_authority",
    "forget_second_factors",
    "found_unit",
    "give_code",
    "grant_signing_authority",
    "hand_back",
    "hand_over",
    "import_organisation",
    "invite_again",
    "invite_officer",
    "issue_password_link",
    "move_unit",
    "note_failure",
    "record_absence",
    "rename_unit",
    "reopen_officer_account",
    "reopen_post",
    "revoke_delegation",
    "sign_out_officer",
    "succeed",
    "use_password_link",
    "withdraw_invitation",
]
