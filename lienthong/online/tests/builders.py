"""Citizens for tests, made as they are made in life."""

from __future__ import annotations

from lienthong.online.models import Citizen
from lienthong.online.operations import open_account
from tests.cast import AT


def a_citizen(phone: str = "0918123456", *, name: str = "Trần Văn Nam", email: str = "") -> Citizen:
    """Return an account whose telephone was proved."""
    return open_account(phone=phone, email=email, name=name, at=AT)
