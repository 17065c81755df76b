"""The public address of a case: who holds the paper may see where it stands, without an account."""

from __future__ import annotations

from django.core import signing

from lienthong.cases.models import Case

SALT = "lienthong.cases.tracking"


def token_of(case: Case) -> str:
    """Return the token that stands on the papers of a case; it never changes and cannot be guessed."""
    return signing.Signer(salt=SALT).sign(str(case.pk)).replace(":", ".")


def key_of(token: str) -> int | None:
    """Return the key of the case whose token it is; None for what nobody was given."""
    pk, _, mark = token.partition(".")
    try:
        return int(signing.Signer(salt=SALT).unsign(f"{pk}:{mark}"))
    except (signing.BadSignature, ValueError):
        return None


def address_of(case: Case) -> str:
    """Return the path of the page on which a case is followed."""
    return f"/tra-cuu/{token_of(case)}/"
