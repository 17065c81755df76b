from lienthong.organisation.operations.absences import cancel_absence, record_absence
from lienthong.organisation.operations.accounts import (
    close_officer_account,
    invite_again,
    invite_officer,
    reopen_officer_account,
    sign_out_officer,
    withdraw_invitation,
)
from lienthong.organisation.operations.delegation import delegate, revoke_delegation
from lienthong.organisation.operations.importing import import_organisation
from lienthong.organisation.operations.people import add_officer, amend_officer
from lienthong.organisation.operations.posts import appoint, end_post
from lienthong.organisation.operations.signing import end_signing_authority, grant_signing_authority
from lienthong.organisation.operations.succession import succeed
from lienthong.organisation.operations.units import close_unit, found_unit, give_code, move_unit, rename_unit

__all__ = [
    "add_officer",
    "amend_officer",
    "appoint",
    "cancel_absence",
    "close_officer_account",
    "close_unit",
    "delegate",
    "end_post",
    "end_signing_authority",
    "found_unit",
    "give_code",
    "grant_signing_authority",
    "import_organisation",
    "invite_again",
    "invite_officer",
    "move_unit",
    "record_absence",
    "rename_unit",
    "reopen_officer_account",
    "revoke_delegation",
    "sign_out_officer",
    "succeed",
    "withdraw_invitation",
]
