from lienthong.organisation.operations.absences import cancel_absence, record_absence
from lienthong.organisation.operations.delegation import delegate, revoke_delegation
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
    "close_unit",
    "delegate",
    "end_post",
    "end_signing_authority",
    "found_unit",
    "give_code",
    "grant_signing_authority",
    "move_unit",
    "record_absence",
    "rename_unit",
    "revoke_delegation",
    "succeed",
]
